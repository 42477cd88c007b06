"""What a start, the idle bot and the help load, and what they leave until it is needed."""

import subprocess
import sys

import pytest

from tests.modules import ROOT, is_part, modules

HEAVY = (
    "numpy",
    "PIL",
    "pypdfium2",
    "trafilatura",
    "mammoth",
    "docx",
    "alembic",
    "psycopg",
    "simcord",
    "aiohttp.web",
    "jinja2",
    "tokenizers",
    "onnxruntime",
)


OF_A_LANGUAGE_MODEL = (
    "bot.services.language_model",
    "bot.services.summaries.sorting",
    "bot.services.summaries.returning_themes",
    "bot.services.drafted_questions",
    "bot.summaries.language_model",
    "bot.library.drafted_questions",
)


def loaded_after(code: str) -> set[str]:
    """The names of all modules that are loaded in a new process after it ran the code."""
    shown = "import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{shown}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_idle_bot_loads_nothing_that_few_need() -> None:
    loading = "import importlib, bot.cli.run\nfor name in bot.client.EXTENSIONS: importlib.import_module(name)"
    assert not {"sentencex", "sqlalchemy.dialects.postgresql"} & loaded_after(loading)


def test_a_bot_without_a_language_model_loads_nothing_that_asks_one_even_for_a_summary() -> None:
    loading = """
import importlib, bot.cli.run
for name in bot.client.EXTENSIONS: importlib.import_module(name)
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
thread = Thread("1", "What helps?", (Message("1", "a", "More notice of the rota."), Message("2", "b", "The rota.")))
assert not check_summary(summarise(thread), thread)
"""
    loaded = loaded_after(loading)
    assert "bot.services.summaries.generation" in loaded
    assert [name for name in loaded if any(is_part(name, part) for part in OF_A_LANGUAGE_MODEL)] == []
    held = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in modules()}
    assert set(OF_A_LANGUAGE_MODEL) <= held  # under these very names


@pytest.mark.sampled(0)
def test_every_module_of_the_cogs_can_be_loaded_first() -> None:
    names = [path.removesuffix(".py").replace("/", ".") for path in modules() if path.startswith("cogs/")]
    loading = f"""
import importlib, sys
for name in {names}:
    for loaded in [each for each in sys.modules if each.split(".")[0] == "cogs"]:
        del sys.modules[loaded]
    importlib.import_module(name)
"""
    assert {"cogs.board.commands", "cogs.review.desk"} < set(names)
    assert loaded_after(loading)


@pytest.mark.sampled(0)
def test_the_bot_starts_without_the_heavy_libraries() -> None:
    load = "import importlib, bot.client\nfor name in bot.client.EXTENSIONS: importlib.import_module(name)"
    assert loaded_after(load).isdisjoint(HEAVY)


def test_help_loads_neither_discord_nor_the_database() -> None:
    code = "from bot.cli.group import group\ngroup(['--help'], standalone_mode=False)"
    assert loaded_after(code).isdisjoint({"discord", "sqlalchemy", "dotenv", "rich", "asyncio", *HEAVY})
