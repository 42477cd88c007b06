"""The arrows of the design: who may import what, who may look at the environment and the clock."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.modules import ROOT, is_part, modules

SHARED = ("bot.models", "bot.errors", "bot.text", "bot.render")


"""What any rule may import."""


RULES: dict[str, tuple[str, ...]] = {
    "library": (),
    "prompts": (),
    "replies": (),
    "summaries": ("bot.replies.redaction",),
    "outcomes": ("bot.summaries",),
    "checks": ("bot.summaries", "bot.replies"),
    "board": ("bot.checks", "bot.summaries", "bot.replies", "bot.library.readers.packed"),
    "subject_access": (),
    "governance": (),
    "views": ("bot.summaries", "bot.replies"),
}


"""The rules: no Discord, no SQL, no clock, no environment; and what each may import besides what all may."""


"""What asks a language model, and what prepares and proves it; a bot without WARD_LLM_URL loads none of it."""


# A path that ends with a slash is a folder.
MAY_IMPORT = {
    "discord": (
        "cogs/",
        "bot/client.py",
        "bot/discord_errors.py",
        "bot/gateway.py",
        "bot/cli/login.py",
        "bot/cli/run.py",
        "bot/cli/doctor/at_discord.py",
        "bot/demo/",
    ),
    "sqlalchemy": ("bot/store/",),
    "alembic": ("bot/store/",),
    "aiosqlite": ("bot/store/",),
    "sqlite3": ("bot/store/",),
    "psycopg": ("bot/store/postgres/",),
    "bot.store.postgres": ("bot/store/",),
    "bot.store.sqlite.engine": ("bot/store/",),
    "bot.store.engine": ("bot/store/",),
    "simcord": ("bot/demo/",),
    "cogs": ("cogs/", "bot/cli/run.py", "bot/cli/doctor/at_discord.py", "bot/demo/"),
    "bot.demo": ("bot/demo/", "bot/cli/demo.py"),
    "bot.cli": ("bot/cli/", "bot/__main__.py"),
    "bot.config": ("bot/config/", "bot/cli/"),
    "jinja2": ("bot/render/",),
    "csv": ("bot/text/spreadsheet.py",),
}


# The demo's command asks whether there is a display; that is no setting of ours.
MAY_LOOK_AT_THE_ENVIRONMENT = ("bot/config/environment.py", "bot/cli/demo.py")


CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns", "time.monotonic", "time.perf_counter"),
}


PORTABLE = set("aAwdbBmyYHIpMSfzZjUWcxXGuV%")


"""What Python's documents promise of strftime on every system."""


ENVIRONMENT = {"os.environ", "os.getenv", "os.environb"}


def imported(path: str, tree: ast.AST) -> Iterator[str]:
    """The full names of what a module imports, at its top or later; for "from a import b" both a and a.b."""
    package = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            outer = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*outer, *([node.module] if node.module else [])])
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


@cache
def imports() -> dict[str, frozenset[str]]:
    """What every module of the product imports, by its path: many rules ask, and to read it takes a second."""
    return {path: frozenset(imported(path, tree)) for path, tree in modules().items()}


@cache
def uses() -> dict[str, frozenset[str]]:
    """The dotted names that every module of the product uses, by its path."""
    return {path: frozenset(used(tree)) for path, tree in modules().items()}


def used(tree: ast.AST) -> Iterator[str]:
    """Dotted names of two parts as they are written, such as "os.environ", and those imported from a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            yield f"{owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(path: str, places: tuple[str, ...]) -> bool:
    return any(path.startswith(place) if place.endswith("/") else path == place for place in places)


@pytest.mark.parametrize("package", MAY_IMPORT)
@pytest.mark.sampled(3)
def test_a_package_is_imported_only_where_the_design_says(package: str) -> None:
    places = MAY_IMPORT[package]
    found = [
        path
        for path, names in imports().items()
        if not is_in(path, places) and any(is_part(name, package) for name in names)
    ]
    assert found == []


def strays(folder: str, allowed: tuple[str, ...]) -> list[str]:
    """The modules of ours that a folder imports, but for those of the allowed packages."""
    return [
        f"{path} imports {name}"
        for path, names in imports().items()
        if path.startswith(f"{folder}/")
        for name in sorted(names)
        if is_part(name, "bot") and name != "bot" and not any(is_part(name, package) for package in allowed)
    ]


@pytest.mark.parametrize("step", RULES)
def test_rules_know_only_what_all_may_know_and_the_rules_that_they_build_on(step: str) -> None:
    assert strays(f"bot/{step}", (*SHARED, f"bot.{step}", *RULES[step])) == []


def test_models_know_only_models() -> None:
    assert strays("bot/models", ("bot.models",)) == []


def test_words_and_pictures_know_nothing_of_the_loop() -> None:
    assert strays("bot/text", ("bot.text", "bot.errors")) == []
    assert strays("bot/render", ("bot.render", "bot.text", "bot.errors")) == []


def test_the_proof_of_a_summary_never_asks_the_engine_that_made_it() -> None:
    proof = {path: names for path, names in imports().items() if path.startswith("bot/summaries/proof/")}
    assert proof
    assert [path for path, names in proof.items() if any(is_part(name, "bot.summaries.engine") for name in names)] == []


def test_the_store_knows_no_use_case_and_services_know_no_screen() -> None:
    upper = (
        *("bot.services", "bot.client", "bot.discord_errors", "bot.events", "bot.cli", "bot.demo", "bot.config"),
        *("bot.board", "bot.governance"),
    )
    store = {path: names for path, names in imports().items() if path.startswith("bot/store/")}
    assert [path for path, names in store.items() if any(is_part(name, each) for name in names for each in upper)] == []
    services = {path: names for path, names in imports().items() if path.startswith("bot/services/")}
    assert services
    assert not [
        path for path, names in services.items() if any(is_part(name, each) for name in names for each in upper[1:7])
    ]


def test_only_the_settings_look_at_the_environment() -> None:
    found = [
        path
        for path, names in uses().items()
        if path not in MAY_LOOK_AT_THE_ENVIRONMENT and not ENVIRONMENT.isdisjoint(names)
    ]
    assert found == []


def test_every_group_of_commands_is_a_cog_put_together_of_its_parts() -> None:
    """One form for all: a ``GroupCog`` with mix-ins, which counts its commands and its buttons alike."""
    assert [path for path, names in uses().items() if "app_commands.Group" in names] == []


def test_a_first_answer_is_given_in_one_place_which_knows_that_discord_may_have_it_already() -> None:
    answers = {f"response.{name}" for name in ("defer", "send_message", "send_modal", "edit_message")}
    places = [path for path, names in uses().items() if not answers.isdisjoint(names)]
    assert places == ["bot/discord_errors.py", "cogs/core/answers.py"]


def test_rows_are_counted_in_one_place_which_takes_what_both_engines_count_right() -> None:
    """The engines count what they insert in bulk with the drivers themselves, and so does the server of the keys."""
    places = [path for path in sorted((ROOT / "bot").rglob("*.py")) if ".rowcount" in path.read_text(encoding="utf-8")]
    assert [str(path.relative_to(ROOT / "bot/store")) for path in places] == [
        "postgres/engine.py",
        "postgres/erasure_table.py",
        "repository.py",
        "sqlite/engine.py",
    ]


def test_rules_read_no_clock() -> None:
    rules = tuple(f"bot/{step}/" for step in ("models", "render", "text", *RULES))
    found = [path for path, names in uses().items() if is_in(path, rules) and not CLOCKS.isdisjoint(names)]
    assert found == []


def formats(tree: ast.AST) -> Iterator[str]:
    """The formats that a module writes times with: behind the colon of an f-string, and given to strftime."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            yield "".join(str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("strftime", "strptime"):
            yield from (str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant))


def unportable(tree: ast.AST) -> list[str]:
    """Those among them that only some systems know, such as glibc's "%-d" for a day without a zero."""
    return [text for text in formats(tree) if set(re.findall(r"%(.)", text)) - PORTABLE]


def test_times_are_written_in_forms_that_every_system_knows() -> None:
    assert {path: found for path, tree in modules().items() if (found := unportable(tree))} == {}
    assert unportable(ast.parse("f'{day:%-d %B}'\nday.strftime('%e')")) == ["%e", "%-d %B"]
    assert unportable(ast.parse("f'{day:%A %H:%M}'\nday.strftime('%Y%m%d')\nf'{share:.0%}'")) == []


def circles(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """What is left of the arrows when all that lead to an end are gone: modules that import each other."""
    while ends := {name for name, others in arrows.items() if not others}:
        arrows = {name: others - ends for name, others in arrows.items() if name not in ends}
    return arrows


def test_no_measurement_imports_one_that_imports_it() -> None:
    paths = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "benchmarks").rglob("*.py")}
    names = {path.removesuffix(".py").replace("/", "."): path for path in paths}
    arrows = {
        name: {other for other in imported(path, ast.parse(paths[path].read_bytes())) if other in names} - {name}
        for name, path in names.items()
    }

    assert arrows["benchmarks.growth"]
    assert circles(arrows) == {}


def modules_imported(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """The modules among the names that a module imports: of "from a import b" a.b where that is one, or else a."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom):
            full = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from {name if name in names else str(node.module) for name in full} & names


def test_no_module_of_the_program_imports_one_that_imports_it() -> None:
    trees = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): modules()[path] for path in modules()
    }
    arrows = {name: set(modules_imported(tree, set(trees))) - {name} for name, tree in trees.items()}

    assert {"bot.cli.program", "bot.cli.group"} <= arrows["bot.cli"]
    assert "bot.cli" in arrows["bot.__main__"]
    assert circles(arrows) == {}


def test_the_arrows_are_looked_for_in_the_whole_product() -> None:
    assert {"bot/client.py", "bot/store/database.py", "bot/models/prompts.py", "bot/prompts/schedule.py"} < set(
        modules()
    )
    tree = ast.parse("from . import a\nfrom ..store import b\nimport os\nos.environ['x']\ndatetime.datetime.now()")
    assert {"bot.cli.a", "bot.store", "bot.store.b", "os"} <= set(imported("bot/cli/x.py", tree))
    assert {"os.environ", "datetime.now"} <= set(used(tree))
