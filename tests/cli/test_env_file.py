"""Every command takes --env-file, before its name or after it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cli.program import COMMANDS
from bot.store import open_store
from tests.cli.commands import Done, run
from tests.cli.settings_files import keys_beside, write_settings
from tests.databases import prepare
from tests.servers.fake_gateway import GOOD_TOKEN
from tests.world import DATA_KEY

NEEDED = {
    "import": ("report.txt",),
    "board": ("weekly",),
    "person": ("export", "100000000000000001"),
    "backup": ("copy.db",),
    "restore": ("copy.db",),
}
"""What has to be typed after the name of a command."""
REFUSED = "There’s no file prod.env. Check --env-file, or make the file with: python -m bot init --env-file prod.env\n"


def orders(name: str, file: str) -> list[tuple[str, ...]]:
    """Every order in which people may type a command and the option."""
    words, option = (name, *NEEDED.get(name, ())), ("--env-file", file)
    return [(*words[:place], *option, *words[place:]) for place in range(len(words) + 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database, a report, and nothing by the name of .env."""
    folder = tmp_path / "data"
    folder.mkdir()
    prepare(folder / "test.db")

    async def use() -> None:
        store = await open_store(folder / "test.db", DATA_KEY, prompt_keys=keys_beside(folder))
        await store.close()

    asyncio.run(use())
    (folder / "report.txt").write_text("Rest\n" + "Staff need time to rest between shifts. " * 9, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"init"}))
def test_a_named_file_that_is_not_there_is_refused_by_every_command_in_any_order(folder: Path, name: str) -> None:
    for typed in orders(name, "prod.env"):
        assert run(folder, *typed) == Done(2, "", REFUSED), typed


@pytest.mark.parametrize("name", ["verify", "tidy", "rotate-key", "person"])
def test_a_named_file_is_used_in_any_order(folder: Path, name: str) -> None:
    write_settings(folder / "prod.env")
    assert "WARD_DATA_KEY isn’t set" in run(folder, name, *NEEDED.get(name, ())).stderr
    for typed in orders(name, "prod.env"):
        assert run(folder, *typed).returncode == 0, typed


def test_of_two_files_the_one_nearer_to_the_command_is_used(folder: Path) -> None:
    write_settings(folder / "prod.env")
    write_settings(folder / "broken.env", WARD_LOG_LEVEL="loud")
    assert run(folder, "--env-file", "broken.env", "verify", "--env-file", "prod.env").returncode == 0
    assert run(folder, "--env-file", "prod.env", "verify", "--env-file", "broken.env").returncode == 2


def test_a_report_is_tried_with_the_settings_of_a_named_file(folder: Path) -> None:
    write_settings(folder / "broken.env", WARD_WORKER_SECONDS="soon")
    done = run(folder, "import", "report.txt", "--dry-run", "--env-file", "broken.env")
    assert done.returncode == 2
    assert done.stderr.startswith("WARD_WORKER_SECONDS")


def test_a_discussion_is_summarised_with_the_model_of_a_named_file_unless_another_is_named(folder: Path) -> None:
    (folder / "model").mkdir()
    write_settings(folder / "prod.env", WARD_MODEL="model")
    thread = '{"id": 1, "prompt": "Rest?", "messages": []}'
    for typed in orders("summarise", "prod.env"):
        assert "has no onnx/model.onnx" in run(folder, *typed, stdin=thread).stderr
    other = run(folder, "summarise", "--env-file", "prod.env", "--model", "nowhere", stdin=thread)
    assert (other.returncode, "onnx/model.onnx" in other.stderr) == (2, False)
    assert run(folder, "summarise", stdin=thread).returncode == 0


def test_init_writes_the_named_file_in_any_order_and_says_how_it_is_used(folder: Path) -> None:
    for number, option in enumerate(("--env-file", "--file")):
        done = run(folder, "init", option, f"my {number}.env", stdin=GOOD_TOKEN)
        assert f"Start the bot with: python -m bot run --env-file 'my {number}.env'\n" in done.stdout
    assert run(folder, "--env-file", "third.env", "init", stdin=GOOD_TOKEN).returncode == 0
    assert GOOD_TOKEN in (folder / "third.env").read_text()


def test_help_names_the_option_for_the_program_and_for_every_command(folder: Path) -> None:
    for words in ([], *([name] for name in COMMANDS), ["person"], ["person", "export"], ["person", "erase"]):
        assert "--env-file" in run(folder, *words, "--help").stdout, words
