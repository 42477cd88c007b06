"""The import command, as a person runs it in a terminal."""

import asyncio
import base64
import json
from pathlib import Path

import pytest

from bot.store import open_store
from tests.cli import commands
from tests.cli.commands import Done
from tests.library.documents import docx, paragraph, pdf, sentence

KEY = bytes(range(32))


def run(folder: Path, *arguments: str, **environ: str) -> Done:
    return commands.run(folder, "import", *arguments, **environ)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report and with settings that hold no token."""
    (tmp_path / "report.txt").write_text(f"Rotas and rest\n{paragraph(1)}\n{paragraph(2)}\n", encoding="utf-8")
    (tmp_path / ".env").touch(mode=0o600)
    (tmp_path / ".env").write_text(f"WARD_DATA_KEY={base64.b64encode(KEY).decode()}\n", encoding="utf-8")
    return tmp_path


def join_servers(folder: Path, *guild_ids: int) -> None:
    async def join() -> None:
        store = await open_store(folder / "data/ward-to-board.db", KEY)
        await store.settings.join(guild_ids)
        await store.close()

    asyncio.run(join())


def stored(folder: Path, guild_id: int) -> list[str]:
    async def read() -> list[str]:
        store = await open_store(folder / "data/ward-to-board.db", KEY)
        found = await store.library.excerpts(guild_id)
        await store.close()
        return [excerpt.passage.text for excerpt in found]

    return asyncio.run(read())


def test_a_dry_run_prints_the_excerpts_as_json_and_stores_nothing(tmp_path: Path) -> None:
    lines = [("Heading1", "Boards"), ("Normal", paragraph(1))]
    (tmp_path / "report.docx").write_bytes(docx(lines, title="Rest"))
    done = run(tmp_path, "report.docx", "--dry-run", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["source"]["title"] == "Rest"
    assert answer["excerpts"] == [
        {
            "position": 1,
            "heading": "Boards",
            "page_from": None,
            "page_to": None,
            "words": len(paragraph(1).split()),
            "text": paragraph(1),
        }
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["report.docx"]


def test_a_dry_run_lists_the_excerpts_for_a_person_without_characters_that_a_terminal_obeys(tmp_path: Path) -> None:
    page = [(f"{sentence(1, 9)}", 72.0, 700.0, 11.0, "Helvetica")]
    (tmp_path / "report.pdf").write_bytes(pdf([page], title="Rest \x1b[31m"))
    done = run(tmp_path, "report.pdf", "--dry-run")
    assert done.returncode == 0
    assert f"1. page 1 · 9 words\n{sentence(1, 9)}" in done.stdout
    assert "1 excerpt. Nothing was stored." in done.stdout
    assert "\x1b" not in done.stdout


def test_a_report_is_stored_in_the_only_server_and_the_same_one_only_once(folder: Path) -> None:
    join_servers(folder, 41)
    first, second = run(folder, "report.txt"), run(folder, "report.txt")
    assert first.stdout == "“Rotas and rest” is in the library now, with 2 excerpts.\n"
    assert second.stdout == "“Rotas and rest” is in the library already. Nothing was added.\n"
    assert stored(folder, 41) == [paragraph(1), paragraph(2)]


def test_where_there_are_several_servers_one_has_to_be_named(folder: Path) -> None:
    join_servers(folder, 41, 42)
    unnamed, wrong = run(folder, "report.txt"), run(folder, "report.txt", "--server", "7")
    assert (unnamed.returncode, wrong.returncode) == (2, 2)
    assert "41, 42" in unnamed.stderr
    assert "41, 42" in wrong.stderr
    assert run(folder, "report.txt", "--server", "42").returncode == 0
    assert (stored(folder, 41), len(stored(folder, 42))) == ([], 2)


def test_without_a_server_the_person_is_told_what_to_do_first(folder: Path) -> None:
    done = run(folder, "report.txt")
    assert done.returncode == 2
    assert "invite it first" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.pdf", "--dry-run"], "can’t be read"),
        (["empty.txt", "--dry-run"], "is empty"),
        (["large.txt", "--dry-run"], "11.0 MiB"),
        (["cut.docx", "--dry-run"], "damaged"),
        (["report.txt", "--json"], "Add --dry-run"),
    ],
)
def test_what_cannot_be_done_ends_in_one_clear_sentence(folder: Path, arguments: list[str], says: str) -> None:
    (folder / "empty.txt").touch()
    with (folder / "large.txt").open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    (folder / "cut.docx").write_bytes(docx([("Normal", paragraph(1))])[:-80])
    done = run(folder, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_of_far_more_text_than_a_report_is_refused_in_a_sentence(folder: Path) -> None:
    (folder / "report.txt").write_text(" ".join(sentence(number) for number in range(80_000)), encoding="utf-8")
    done = run(folder, "report.txt", "--dry-run")
    assert done.returncode == 2
    assert "5,000,000 characters" in done.stderr
