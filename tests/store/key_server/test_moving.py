"""Keys and the journal move from files to the server: whole and compared, and only then are the files destroyed."""

from __future__ import annotations

import asyncio
import base64
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import doctor, governance, move_keys, tidy
from bot.errors import UserError
from bot.models.database_server import DatabaseServer
from bot.models.replies import Reaction
from bot.models.shards import EVERY_SHARD
from bot.services.closing import close_due
from bot.store import Store, StoreError, open_store
from bot.store.encryption import key_move as moving
from bot.store.erasure.journal import ErasureJournal
from bot.store.holding import hold_shards
from bot.store.keyed.key_home import journal_beside
from bot.store.keyed.keys import KeyFile
from bot.store.transfer.connections import IN_USE
from tests.cli.settings_files import write_settings
from tests.posted_prompts import posted_prompts
from tests.servers.postgres import PostgresServer, shared_server
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.store.samples_of_checks import SAME, started, tap
from tests.store.senders import prompt_in, send
from tests.wording import says
from tests.world import DATA_KEY


@pytest.fixture
def settings(tmp_path: Path, main: DatabaseServer, place: DatabaseServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings with both: the server of the keys, and where their file is or was."""
    for name in ("WARD_DATABASE", "WARD_DATA_KEY", "WARD_PROMPT_KEYS", "WARD_KEYS", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    places = {"WARD_DATABASE": main.url, "WARD_KEYS": place.url, "WARD_PROMPT_KEYS": str(main.files)}
    return write_settings(tmp_path / "settings", **places, DISCORD_TOKEN="x.y.z")


@pytest.fixture
async def in_a_file(main: DatabaseServer) -> Store:
    """A store that was used with a file of keys, and is closed: six private replies, a tap, and something erased."""
    store = await open_store(main, DATA_KEY, prompt_keys=main.files)
    prompt = await prompt_in(store)
    for person in range(6):
        await send(store, prompt, person)
    await tap(store, await started(store, 2), 1, SAME)
    other = await open_prompt(store, message_id=750, thread_id=750)
    await store.replies.apply([arrival(other, number, author=number) for number in range(1, 4)])
    await store.replies.apply([Reaction(2, GUILD, 1, "👍")])
    await store.personal.erase_all(GUILD, 1)
    await store.close()
    return store


def run(command: object, settings: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(command, [*arguments, "--env-file", str(settings)])  # type: ignore[arg-type]
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


async def moved(settings: Path) -> str:
    return (await asyncio.to_thread(run, move_keys.command, settings)).output


async def test_nothing_moves_while_a_process_with_files_of_its_own_runs_the_bot_or_stands_by(
    in_a_file: Store, settings: Path, main: DatabaseServer, tmp_path: Path
) -> None:
    async with hold_shards(replace(main, files=tmp_path / "elsewhere" / "ward.db"), EVERY_SHARD, lambda: None):
        with pytest.raises(StoreError) as caught:
            await moved(settings)

    assert says(str(caught.value), IN_USE, path=str(main))
    assert main.files.exists()


async def test_all_that_was_in_the_files_is_on_the_server_and_the_files_are_gone(
    in_a_file: Store, settings: Path, main: DatabaseServer, place: DatabaseServer
) -> None:
    file = KeyFile(main.files)
    before = (
        await file.find((1,)),
        await file.dates(),
        await file.of_checks().dates(),
        await file.of_marks().owner_ids(),
    )
    journal = ErasureJournal(journal_beside(main.files)).read()
    assert all(before)
    assert journal.entries

    said = await moved(settings)

    assert f"{len(journal.entries)} entr" in said
    assert {one.name for one in main.files.parent.iterdir()} == {f"{main.files.name}.lock"}
    store = await open_store(main, DATA_KEY, prompt_keys=place)
    keys = store.private._keys
    after = await keys.find((1,)), await keys.dates(), await keys.of_checks().dates(), await keys.of_marks().owner_ids()
    assert after == before
    assert store._database.journal is not None
    assert store._database.journal.read() == journal
    (prompt,) = [one for one in await posted_prompts(store) if one.id == 1]
    assert await store.private.own(prompt, 3) is not None
    await store.prompts.close(prompt, NOW)
    assert (await close_due(store, NOW)).is_complete
    (batch,) = await store.private.waiting(GUILD)
    assert batch.replies == 6
    await store.close()
    with pytest.raises(UserError, match="there is nothing to move"):
        await moved(settings)


@pytest.mark.parametrize("until", ["has_all", "destroy_file"])
async def test_a_move_that_is_cut_short_is_done_by_running_it_again(
    in_a_file: Store,
    settings: Path,
    main: DatabaseServer,
    place: DatabaseServer,
    monkeypatch: pytest.MonkeyPatch,
    until: str,
) -> None:
    before = await KeyFile(main.files).find((1,))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        where = (
            "bot.store.postgres.key_import.has_all"
            if until == "has_all"
            else "bot.store.encryption.key_move.KeyFile.destroy_file"
        )
        patched.setattr(where, die)
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            await moving.move_keys(main, (DATA_KEY,), main.files, journal_beside(main.files), place)
    with pytest.raises(UserError, match="there is still a file of prompt keys"):
        await open_store(main, DATA_KEY, prompt_keys=place)

    await moved(settings)

    store = await open_store(main, DATA_KEY, prompt_keys=place)
    assert await store.private._keys.find((1,)) == before
    await store.close()


async def test_other_keys_under_the_same_number_stop_the_move_and_nothing_changes(
    in_a_file: Store, settings: Path, main: DatabaseServer, server: PostgresServer, place: DatabaseServer
) -> None:
    before = await KeyFile(main.files).find((1,))
    await moving.move_keys(main, (DATA_KEY,), main.files, journal_beside(main.files), place)
    await KeyFile(main.files).make(1)  # another key

    with pytest.raises(UserError, match="has other keys than the files"):
        await moved(settings)

    assert main.files.exists()
    ((key,),) = server.execute("SELECT key FROM prompt_keys WHERE prompt_id = 1", place.name)
    assert {1: key} == before


async def test_a_file_of_another_database_is_not_moved(
    main: DatabaseServer, place: DatabaseServer, settings: Path, server: PostgresServer
) -> None:
    await (await open_store(main, DATA_KEY, prompt_keys=main.files)).close()
    with closing(sqlite3.connect(main.files)) as connection:
        connection.execute("UPDATE about SET value = 'another' WHERE name = 'database'")
        connection.commit()
    with pytest.raises(UserError, match="belongs to another database"):
        await moved(settings)
    assert server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", place.name) == [(0,)]


async def test_commands_use_the_server_and_doctor_says_what_is_wrong_with_it(
    store: Store, settings: Path, place: DatabaseServer, server: PostgresServer, tmp_path: Path
) -> None:
    await send(store, await prompt_in(store), 1)
    await store.close()

    def look() -> dict[str, dict[str, str]]:
        findings = json.loads(run(doctor.command, settings, "--json").output)["findings"]
        return {one["check"]: one for one in findings}

    found = await asyncio.to_thread(look)
    assert found["Server of the keys"]["level"] == "ok"
    assert found["Journal of erasures"]["level"] == "ok"
    assert found["Database"]["level"] == "ok"
    assert (await asyncio.to_thread(run, tidy.command, settings)).exit_code == 0
    await asyncio.to_thread(run, governance.command, settings, "--to", str(tmp_path / "papers"))
    papers = "".join(file.read_text() for file in (tmp_path / "papers").glob("*.md"))
    assert "a small PostgreSQL server of its own" in " ".join(papers.split())
    assert place.url not in papers

    server.execute("REVOKE pg_checkpoint FROM ward_keys")
    try:
        found = await asyncio.to_thread(look)
    finally:
        server.execute("GRANT pg_checkpoint TO ward_keys")
    assert found["Server of the keys"]["level"] == "wrong"
    assert "GRANT pg_checkpoint TO ward_keys;" in found["Server of the keys"]["sentence"]
    assert base64.b64encode(DATA_KEY).decode() not in papers
    assert shared_server().is_running()
