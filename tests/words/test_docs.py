"""The docs speak of every command and every setting, and of nothing that does not exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from discord import app_commands

from bot.cli.group import LazyGroup
from bot.cli.program import COMMANDS
from bot.config import SETTINGS
from bot.models.settings import SETTINGS as SERVER_SETTINGS
from cogs.private_replies.forms import PROMISE as FORM_PROMISE
from cogs.views.cards import PROMISE as TAP_PROMISE
from tests.words.reading_ease import measure, measure_paragraphs, unwrap
from tests.world import World

ROOT = Path(__file__).parents[2]
ROOT_PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
PAGES = (*(ROOT / name for name in ROOT_PAGES), *sorted((ROOT / "docs").glob("*.md")))
SLASH = re.compile(r"`/([a-z]+(?: [a-z][a-z-]*)?)")
PROGRAM = re.compile(r"python -m bot ([a-z]+(?:-[a-z]+)*)((?: +(?:--?[a-z][a-z-]*|[A-Z]+|-))*)")
SETTING = re.compile(r"\b(?:WARD|DISCORD)_[A-Z_]+\b")
ROOM = re.compile(r"(?m)^    ((?:bot|cogs|tests)/[\w/]*) +\S")
TO_HEADING = re.compile(r"\]\((?!https?:)([^)#]*)#([^)]+)\)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
LEAST_EASE_OF_DOCS, MOST_GRADE_OF_DOCS = 50.0, 10.0
"""For a paragraph of a page, which may name offices and laws; a card has no room for them."""


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The text of every page, by its path in the project."""
    return {str(page.relative_to(ROOT)): read(page) for page in PAGES}


def leaves(commands: list[app_commands.Command | app_commands.Group]) -> Iterator[str]:  # type: ignore[type-arg]
    for command in commands:
        if isinstance(command, app_commands.Group):
            yield from leaves(command.commands)
        elif isinstance(command, app_commands.Command):
            yield command.qualified_name


async def test_every_slash_command_is_in_the_docs_and_none_besides(world: World, pages: dict[str, str]) -> None:
    real = set(leaves(list(world.bot.tree.get_commands())))  # type: ignore[arg-type]
    groups = {name.split()[0] for name in real}

    named = {match for text in pages.values() for match in SLASH.findall(text)}

    assert real - named == set()
    assert named - real - groups == set()


async def test_every_command_in_a_menu_is_in_the_guide_and_the_reference(world: World, pages: dict[str, str]) -> None:
    menus = [one for one in world.bot.tree.get_commands() if isinstance(one, app_commands.ContextMenu)]

    assert menus
    for page in ("docs/facilitators.md", "docs/reference.md"):
        assert all(f'"{menu.name}"' in pages[page] for menu in menus), page


def test_every_command_of_the_program_is_in_the_docs_and_none_besides(pages: dict[str, str]) -> None:
    found = [match for text in pages.values() for match in PROGRAM.findall(text)]

    assert {name for name, _ in found} == set(COMMANDS)
    for name, words in found:
        assert {word for word in words.split() if word.startswith("--")} <= set(options(name)), name


def test_every_option_of_the_program_is_in_the_docs(pages: dict[str, str]) -> None:
    everything = "\n".join(pages.values())

    for name in COMMANDS:
        for option in options(name):
            assert not option.startswith("--") or option in everything, f"{name} {option}"


def options(name: str) -> Iterator[str]:
    """The options of a command of the program, those of the commands within it too, such as "person export"."""
    command = LazyGroup().get_command(click.Context(click.Command("bot")), name)
    assert command is not None
    within = command.commands.values() if isinstance(command, click.Group) else ()
    for one in (command, *within):
        yield from (option for parameter in one.params for option in parameter.opts)


def test_what_the_program_says_of_its_commands_has_typographic_apostrophes() -> None:
    for name in COMMANDS:
        command = LazyGroup().get_command(click.Context(click.Command("bot")), name)
        assert command is not None
        assert not re.search(r"\w'\w", command.help or ""), name


def test_every_setting_is_in_the_docs_and_none_besides(pages: dict[str, str]) -> None:
    admins = pages["docs/admins.md"]
    named = {match for text in pages.values() for match in SETTING.findall(text)}

    assert {setting.name for setting in SETTINGS} == named
    for setting in SETTINGS:
        nothing = "none, required" if setting.default is None else "none"
        assert f"`{setting.name}` | {f'`{setting.default}`' if setting.default else nothing} |" in admins


def test_every_setting_of_a_server_is_in_the_docs(pages: dict[str, str]) -> None:
    rows = dict(re.findall(r"(?m)^\| ([^|]+) \| ([^|]+) \|$", pages["docs/admins.md"]))

    for name, setting in SERVER_SETTINGS.items():
        is_command = setting.docs.startswith("`/")
        assert any(setting.docs in text for text in pages.values()) if is_command else setting.docs in rows, name
        if setting.docs in rows and setting.default:
            assert f"{setting.default}" in rows[setting.docs], name


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target in LINK.findall(read(page)):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def anchors(text: str) -> set[str]:
    """The names by which links lead to the headings of a page, as GitHub makes them."""
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_to_a_heading_finds_it_in_its_own_page_and_in_others(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        for target, heading in TO_HEADING.findall(text):
            page = (ROOT / name).parent / target if target else ROOT / name
            assert heading in anchors(read(page)), f"{name} links to {target}#{heading}"


def test_every_picture_is_there_and_says_in_words_what_it_shows(pages: dict[str, str]) -> None:
    tags = [(name, tag) for name, text in pages.items() for tag in re.findall(r"<img\b[^>]*>", text)]

    assert tags
    for name, tag in tags:
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        assert ((ROOT / name).parent / attributes["src"]).is_file(), f"{name}: {tag}"
        assert len(attributes["alt"].split()) > 3, f"{name}: {tag}"
    for name, text in pages.items():
        assert all(len(alt.split()) > 3 for alt in re.findall(r"!\[([^\]]*)\]", text)), name


def test_the_guide_for_facilitators_stays_short_enough_to_read(pages: dict[str, str]) -> None:
    words = re.sub(r"<img\b[^>]*>|\]\([^)]*\)|[|#]", " ", pages["docs/facilitators.md"]).split()

    assert len(words) <= 2_500


def folders(top: str, kind: str) -> set[str]:
    """The folders below one, itself among them, in which files of a kind are; as they are written in the docs."""
    return {f"{path.parent.relative_to(ROOT).as_posix()}/" for path in (ROOT / top).rglob(kind)}


def mirrored(folder: str) -> str:
    """The folder whose tests are in a folder of tests."""
    inner = folder.removeprefix("tests/")
    return inner if inner.startswith("cogs/") else f"bot/{inner}"


def test_the_drawing_of_the_rooms_shows_every_folder_once_and_none_that_does_not_exist(pages: dict[str, str]) -> None:
    drawn = ROOM.findall(pages["docs/contributing.md"])
    real = folders("bot", "*.py") | folders("cogs", "*.py")

    assert len(drawn) == len(set(drawn))
    assert real - set(drawn) == set()
    assert [folder for folder in drawn if not (ROOT / folder).is_dir()] == []
    assert [folder for folder in folders("tests", "*.py") - set(drawn) if mirrored(folder) not in real] == []


def test_the_page_for_staff_reads_easily(pages: dict[str, str]) -> None:
    page = unwrap(pages["docs/staff.md"])
    paragraphs = list(measure_paragraphs(page))

    assert measure(page).is_plain
    assert len(paragraphs) > 60
    assert [each for each in paragraphs if each.ease < LEAST_EASE_OF_DOCS or each.grade > MOST_GRADE_OF_DOCS] == []


def spoken() -> str:
    """All texts of the program's code, one a line."""
    trees = (ast.parse(read(path)) for top in ("bot", "cogs") for path in (ROOT / top).rglob("*.py"))
    constants = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return "\n".join(constant for constant in constants if isinstance(constant, str))


def test_whatever_the_guide_puts_in_straight_quotation_marks_is_a_text_of_the_program(pages: dict[str, str]) -> None:
    guide = re.sub(r"<img\b[^>]*>", "", pages["docs/facilitators.md"])
    labels = [label for part in re.split(r"\n\n|\n(?=[-|\d])", guide) for label in re.findall(r'"([^"]+)"', part)]
    known = spoken()

    assert len(labels) > 80
    for label in (re.sub(r"\s+", " ", label) for label in labels):
        assert all(piece in known for piece in label.split("…")), label


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "## [Unreleased]" in read(ROOT / "CHANGELOG.md")


def test_every_supported_python_is_tried_by_ci_and_by_the_workflow() -> None:
    supported = re.findall(r'requires-python = ">=(.+?)"', read(ROOT / "pyproject.toml"))
    tried = re.findall(r"(?m)^for version in (.+); do$", read(ROOT / ".ci/run"))[0].split()
    matrix = re.findall(r"python: \[(.+)\]", read(ROOT / ".github/workflows/test.yml"))[0]

    assert tried[-1:] == supported
    assert re.findall(r'"(.+?)"', matrix) == tried[::-1]


@pytest.mark.parametrize(
    "limit",
    [
        "The bot counts accounts. So four people who compare notes, or somebody with four accounts, can tell",
        "If the bot is off on that day, they could until it next starts.",
        "No program can rule out that somebody copied all the bot's files before that day",
        "Copies of all the bot's files that somebody made before that date can still be traced.",
        "nobody can, unless they copied all the bot's files before.",
    ],
)
def test_staff_read_where_a_promise_ends(pages: dict[str, str], limit: str) -> None:
    assert limit.casefold() in " ".join(pages["docs/staff.md"].split()).casefold()


def test_the_forms_and_the_promises_say_that_copies_from_before_the_end_can_be_traced() -> None:
    promises = (ROOT / "bot" / "governance" / "promises.toml").read_text(encoding="utf-8")

    assert "unless they copied all its files before" in FORM_PROMISE
    assert "unless they copied all the bot’s files before" in TAP_PROMISE
    assert "Whoever copied the database and the file of prompt keys before the end can still tell" in promises
