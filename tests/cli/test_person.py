"""``python -m bot person`` gives or erases what is stored about one person, for requests from outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from bot.cli.person import AT_ONCE, NOTHING, command
from bot.models.actions import EXPORTED_BY_PROGRAM, PERSON_ERASED
from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.models.prompts import Prompt
from bot.store import Store, open_store
from bot.store.sqlite.lock import hold_lock
from bot.summaries.lifecycle.record import Record
from tests.cli.settings_files import environment, run_command, store
from tests.store.people.test_choices import ADA, BEN, everything
from tests.store.samples import GUILD
from tests.world import DATA_KEY

__all__ = ["environment", "store"]

SAID = "Rotas come late."


async def stored(store: Store) -> Prompt:
    """Something of everything, to a prompt that is open today too: a command closes first what is due."""
    return await everything(store, closes_at=datetime(2100, 1, 1, tzinfo=UTC))


async def person(environment: Path, *arguments: object, answer: str = "") -> Result:
    return await run_command(environment, command, *arguments, answer=answer)


async def test_an_export_holds_what_is_stored_beside_a_running_bot(environment: Path, store: Store) -> None:
    await stored(store)
    folder = environment.parent / "for them"

    result = await person(environment, "export", ADA, "--to", folder)

    assert result.exit_code == 0, result.output
    data, page = folder / f"person-in-{GUILD}.json", folder / f"person-in-{GUILD}.html"
    assert f"{data}\n" in result.output
    assert "Nobody can tell who wrote" in result.output
    told = json.loads(data.read_text(encoding="utf-8"))
    assert [reply["words"] for reply in told["prompts"][0]["replies"]] == [SAID, "By the form."]
    assert [reply["words"] for reply in told["prompts"][0]["private_replies"]] == ["In private."]
    assert SAID in page.read_text(encoding="utf-8")
    assert "Parking" not in page.read_text(encoding="utf-8")
    assert data.stat().st_mode & 0o077 == 0
    assert [action.action for action in await store.audit_log.of_guild(GUILD)] == [EXPORTED_BY_PROGRAM]


async def test_erasing_beside_a_running_bot_erases_and_lets_the_bot_know(environment: Path, store: Store) -> None:
    prompt = await stored(store)

    with hold_lock(environment.parent / "test.db"):
        result = await person(environment, "erase", ADA, "--yes")

    assert result.exit_code == 0, result.output
    assert AT_ONCE in result.output
    assert "https://discord.com/channels" not in result.output
    assert await store.replies.of_person(GUILD, ADA) == ()
    assert set(await store.outside.take()) == {
        OutsideChange(OutsideKind.ERASED, GUILD, prompt.id),
        OutsideChange(OutsideKind.POST_LEFT, GUILD, prompt.id, 30),
    }


async def test_erasing_reaches_replies_summaries_and_drafts_and_leaves_no_words(
    environment: Path, store: Store
) -> None:
    prompt = await stored(store)
    await store.close()

    asked = await person(environment, "erase", ADA, answer="n\n")
    result = await person(environment, "erase", ADA, answer="y\n")
    again = await person(environment, "erase", ADA, "--yes")

    assert asked.exit_code == 1
    assert (
        f"Server {GUILD}: replies: 2, private replies: 1, private replies in checks: 0, taps: 0, reactions: 1, "
        "answers to summaries: 1" in result.output
    )
    assert f"https://discord.com/channels/{GUILD}/{prompt.thread_id}/30" in result.output
    assert NOTHING in again.output
    store = await open_store(environment.parent / "test.db", DATA_KEY)
    (shared,) = await store.summaries.shared(prompt.id)
    assert [point.statement for point in Record.from_json(shared.body).summary.points] == ["Parking is full."]
    assert [reply.text for reply in await store.replies.of_prompt(prompt.id)] == ["Parking is full."]
    assert [action.action for action in await store.audit_log.of_guild(GUILD)] == [PERSON_ERASED]
    assert {action.person for action in await store.audit_log.of_guild(GUILD)} == {""}
    await store.close()


async def test_erasing_leaves_no_row_of_the_person_in_any_file(environment: Path, store: Store) -> None:
    await stored(store)
    code = (await store.people.of(GUILD, ADA)).person.encode()
    await store.close()
    files = [environment.parent / name for name in ("test.db", "test.db-wal")]
    assert any(code in file.read_bytes() for file in files if file.exists())

    await person(environment, "erase", ADA, "--yes")

    assert not any(code in file.read_bytes() for file in files if file.exists())


async def test_one_server_can_be_named(environment: Path, store: Store) -> None:
    await stored(store)
    await store.settings.join([100_000_000_000_000_000])
    await store.close()

    nothing = await person(environment, "erase", ADA, "--yes", "--server", 100_000_000_000_000_000)
    unknown = await person(environment, "erase", ADA, "--yes", "--server", 100_000_000_000_000_001)

    assert NOTHING in nothing.output
    assert str(unknown.exception) == "Nothing is stored about a server with this id. Check --server."


@pytest.mark.parametrize("odd", ["Ada", "<@900000000000000001>", "9e17", "٩" * 18, "", "1" * 30, "9" * 19])
async def test_an_id_in_an_odd_form_gets_a_sentence(environment: Path, store: Store, odd: str) -> None:
    result = await person(environment, "export", odd)

    assert str(result.exception).startswith("USER_ID is Discord’s number for an account")


async def test_a_folder_that_cannot_be_written_gets_a_sentence(environment: Path, store: Store) -> None:
    await stored(store)
    (environment.parent / "file").touch()

    result = await person(environment, "export", BEN, "--to", environment.parent / "file")

    assert "Choose another folder with --to." in str(result.exception)


async def test_without_a_database_nothing_is_made(environment: Path) -> None:
    result = await person(environment, "erase", ADA, "--yes")

    assert str(result.exception).startswith("There’s no database at")
    assert not (environment.parent / "test.db").exists()
