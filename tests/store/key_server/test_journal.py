"""The journal of erasures on the server of the keys keeps the promises of the one in a file."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.models.database_server import DatabaseServer
from bot.store import Store, open_store
from bot.store.erasure.erasures import SHORT
from bot.store.erasure.journal import Contents, Erased, ErasureJournal, Journal, Mark
from bot.store.postgres.erasure_table import ErasureTable
from bot.store.postgres.key_connection import KeyConnection
from tests.servers.key_server import new_key_place
from tests.servers.postgres import PostgresServer, shared_server
from tests.store.postgres.test_dumps import run
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.world import DATA_KEY

FIRST, SECOND, THIRD = (Mark(Erased.MESSAGE, f"{number:032x}", prompt="ab") for number in range(3))
LOCKED = Mark(Erased.REACTION, "cd", salt="01234567")


def now() -> datetime:
    return NOW


def later() -> datetime:
    return NOW + timedelta(days=40)


def play(journal: Journal, aged: Journal) -> list[object]:
    """What a journal says at each step of its life; ``aged`` is the same forty days on."""
    said: list[object] = [journal.is_there(), journal.read()]
    said += [journal.append([FIRST, SECOND], 0), journal.is_there(), journal.read()]
    said += [journal.append([LOCKED], 1), journal.append([THIRD], 9), journal.read()]
    said += [journal.prune(), aged.append([FIRST], 10), aged.prune(), aged.read()]
    return said


def test_both_journals_say_the_same_at_each_step(tmp_path: Path, connection: KeyConnection) -> None:
    file = tmp_path / "journal"

    in_a_file = play(ErasureJournal(file, clock=now), ErasureJournal(file, clock=later))
    on_a_server = play(ErasureTable(connection, clock=now), ErasureTable(connection, clock=later))

    assert on_a_server == in_a_file
    assert isinstance(on_a_server[-1], Contents)
    assert on_a_server[-1].base == 10


def test_a_journal_that_begins_beside_an_older_database_begins_at_its_number(
    tmp_path: Path, connection: KeyConnection
) -> None:
    for journal in (ErasureJournal(tmp_path / "journal"), ErasureTable(connection)):
        assert journal.append([FIRST], 41) == (41, 42)
        assert journal.read().base == 41


async def test_what_was_erased_since_a_dump_is_erased_again_by_whichever_machine_opens_it(
    store: Store, main: DatabaseServer, place: DatabaseServer, tmp_path: Path
) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, author=number % 2) for number in range(1, 9)])
    dump, address = tmp_path / "ward.dump", shared_server().url_over_tcp(main.name)
    run("pg_dump", "--format=custom", f"--file={dump}", address)
    await store.personal.erase_all(GUILD, 1)
    await store.close()
    run("pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={address}", str(dump))

    again = await open_store(main, DATA_KEY, prompt_keys=place)

    assert await again.replies.count(prompt.id) == (1, 4)
    await again.close()


async def test_two_machines_that_erase_at_once_leave_one_journal_without_a_gap(
    store: Store, main: DatabaseServer, place: DatabaseServer
) -> None:
    other = await open_store(main, DATA_KEY, prompt_keys=place)
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, author=number) for number in range(1, 21)])

    await asyncio.gather(*((store, other)[person % 2].personal.erase_all(GUILD, person) for person in range(1, 21)))

    journal = store._database.journal
    assert journal is not None
    held = journal.read()
    assert [entry.number for entry in held.entries] == list(range(1, held.last + 1))
    assert await other.erasures.apply() == 0
    await other.close()


async def test_a_copy_of_the_journal_alone_can_be_kept_and_put_back_without_a_key(
    store: Store,
    main: DatabaseServer,
    place: DatabaseServer,
    server: PostgresServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As docs/postgresql.md says: the tables of the journal are copied, those of keys never."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, author=number % 2) for number in range(1, 9)])
    await store.personal.erase_all(GUILD, 1)
    journal = store._database.journal
    assert journal is not None
    before = journal.read()
    await store.close()
    copy = tmp_path / "journal.sql"
    run("pg_dump", "--data-only", "--table=erasure_journal", f"--file={copy}", server.url(place.name))
    assert "key" not in copy.read_text().replace("ward_keys", "")

    with new_key_place(server, main.files) as new:
        await (await open_store(main, DATA_KEY, prompt_keys=new)).close()
        assert SHORT.split("%s")[0] in caplog.text
        run("psql", "--quiet", f"--file={copy}", new.url)
        again = await open_store(main, DATA_KEY, prompt_keys=new)
        assert again._database.journal is not None
        assert again._database.journal.read().entries == before.entries
        await again.close()
