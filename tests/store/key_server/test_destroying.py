"""A destroyed key is in no file of the server's whole folder, whoever made it and wherever a process was killed."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.models.database_server import DatabaseServer
from bot.store.erasure.journal import Erased, Mark
from bot.store.keyed.key_store import NotDestroyedError
from bot.store.postgres import key_traces
from bot.store.postgres.erasure_table import ErasureTable
from bot.store.postgres.key_connection import KeyConnection
from bot.store.postgres.key_server import KeyServer
from tests.kills.dying import killed
from tests.servers.key_server import SETTINGS, count_keys, mark_keys, new_key_place, start_key_server
from tests.servers.postgres import PostgresServer
from tests.store.key_server.conftest import MARK
from tests.store.samples import NOW

MANY = 200


@pytest.fixture(autouse=True)
def _marked(monkeypatch: pytest.MonkeyPatch) -> None:
    mark_keys(monkeypatch)


async def make_many(keys: KeyServer, count: int = MANY) -> dict[int, bytes]:
    await keys.prepare()
    return {number: await keys.make(number, f"claim {number}", NOW) for number in range(count)}


async def test_no_file_of_the_server_holds_a_byte_of_a_destroyed_key(server: PostgresServer, keys: KeyServer) -> None:
    made = await make_many(keys, 3)
    of_checks, of_marks = keys.of_checks(), keys.of_marks()
    check, salt = await of_checks.make(1, "check", NOW), await of_marks.make(1)
    gone = [made[1], check, salt]
    assert all(count_keys(server, key) for key in gone)

    for home in (keys, of_checks, of_marks):
        await home.destroy((1,))

    assert [count_keys(server, key) for key in gone] == [{}, {}, {}]
    assert await keys.find(made) == {0: made[0], 2: made[2]}
    assert count_keys(server, made[0])  # what is looked for would be found
    assert await keys.ended() == {1: "claim 1"}


async def test_many_keys_destroyed_at_once_are_all_gone_also_after_the_server_kept_statistics_of_them(
    server: PostgresServer, place: DatabaseServer, keys: KeyServer
) -> None:
    made = await make_many(keys)
    server.execute("ANALYZE", place.name)
    server.execute("CHECKPOINT", place.name)
    assert sum(count_keys(server).values()) >= MANY

    await keys.destroy(made)

    assert count_keys(server) == {}
    assert await keys.dates() == {}
    assert len(await keys.ended()) == MANY


async def test_with_a_log_that_is_used_again_keys_stay_and_nothing_counts_as_destroyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: PostgresServer
) -> None:
    """What the settings are for: under others the same steps leave keys behind, so they are refused before."""
    del server  # which says whether there are programs
    other = start_key_server([setting.replace("wal_recycle=off", "wal_recycle=on") for setting in SETTINGS])
    try:
        with new_key_place(other, tmp_path / "files") as place:
            connection = KeyConnection(place)
            monkeypatch.setattr("bot.store.postgres.key_connection.find_faults", lambda *_: iter(()))
            keys = KeyServer(connection, database=MARK)
            made = await make_many(keys)
            monkeypatch.setattr("bot.store.postgres.key_traces.refuse_unfit", lambda *_: None)
            await keys.destroy(made)
            left = count_keys(other)
            connection.close()
        assert sum(left.values()) >= MANY
        assert all("pg_wal" in file for file in left)
    finally:
        other.destroy()


async def test_while_another_session_can_still_see_a_key_it_does_not_count_as_destroyed(
    server: PostgresServer, place: DatabaseServer, keys: KeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_traces, "PATIENCE_S", 0.1)
    await make_many(keys, 1)
    with psycopg.connect(server.url(place.name)) as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT * FROM prompt_keys").fetchall()
        for _ in range(2):
            with pytest.raises(NotDestroyedError, match="another session reads"):
                await keys.destroy((0,))
        assert count_keys(server)

    await keys.destroy(())

    assert count_keys(server) == {}


async def test_a_file_that_a_crash_of_the_server_left_has_to_go_first(
    server: PostgresServer, place: DatabaseServer, keys: KeyServer
) -> None:
    made = await make_many(keys, 1)
    ((path,),) = server.execute("SELECT pg_relation_filepath('prompt_keys')", place.name)
    left = (server.data / str(path)).with_name("999999")
    left.write_bytes(made[0] + b" and more")
    left.chmod(0o644)

    with pytest.raises(NotDestroyedError, match=r"left the file base/\d+/999999 in its folder"):
        await keys.destroy((0,))

    left.unlink()
    await keys.destroy((0,))
    assert count_keys(server) == {}


STATEMENTS = (
    "SELECT pg_snapshot_xmax",
    "VACUUM FULL prompt_keys",
    "VACUUM FULL erasure_journal",
    "SELECT pg_switch_wal",
    "CHECKPOINT",
    "DELETE FROM about",
)


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_a_kill_anywhere_after_the_deletion_is_finished_at_the_next_start(
    server: PostgresServer, place: DatabaseServer, keys: KeyServer, statement: str
) -> None:
    await make_many(keys, 5)

    await killed(_destroy_until, place.url, place.files, statement)

    if statement not in ("CHECKPOINT", "DELETE FROM about"):
        assert count_keys(server)
    await keys.prepare()
    assert count_keys(server) == {}
    assert await keys.dates() == {}


async def test_a_server_that_is_killed_after_the_deletion_is_finished_at_the_next_start(
    server: PostgresServer, place: DatabaseServer, keys: KeyServer, connection: KeyConnection
) -> None:
    await make_many(keys, 5)
    await killed(_destroy_until, place.url, place.files, "VACUUM FULL prompt_keys")

    server.stop(how="immediate")
    server.start()
    again = KeyServer(KeyConnection(place), database=MARK)
    await again.prepare()
    await again.close()

    assert count_keys(server) == {}


async def test_two_processes_make_one_key_and_use_none_that_the_other_destroyed(
    place: DatabaseServer, keys: KeyServer
) -> None:
    await keys.prepare()
    others = [KeyServer(KeyConnection(place), database=MARK) for _ in range(4)]
    everyone = [keys, *others]

    made = await asyncio.gather(*(one.make(7, "claim", NOW) for one in everyone for _ in range(4)))
    assert len(set(made)) == 1
    await asyncio.gather(*(one.destroy((7,)) for one in everyone))

    for one in everyone:
        assert await one.find((7,)) == {}
    for one in others:
        await one.close()


async def test_keys_are_made_and_destroyed_side_by_side(
    server: PostgresServer, place: DatabaseServer, keys: KeyServer
) -> None:
    await keys.prepare()
    other = KeyServer(KeyConnection(place), database=MARK)
    gone: list[bytes] = []

    async def work(home: KeyServer, start: int) -> None:
        for number in range(start, start + 5):
            gone.append(await home.make(number, "claim", NOW))
            await home.make(1_000 + number, "claim", NOW)
            await home.destroy((number,))

    await asyncio.gather(work(keys, 0), work(other, 100))
    await other.close()

    assert [count_keys(server, key) for key in gone] == [{}] * 10
    assert await keys.owner_ids() == {1_000 + start + number for start in (0, 100) for number in range(5)}


async def test_what_is_dropped_from_the_journal_goes_from_the_files_too(
    server: PostgresServer, keys: KeyServer, connection: KeyConnection
) -> None:
    await keys.prepare()
    mark = b"0123456789abcdef0123456789abcdee"
    journal = ErasureTable(connection, days=1, clock=lambda: NOW)
    journal.append([Mark(Erased.PERSON, mark.decode())], 0)
    assert ErasureTable(connection, days=1).prune() == 1

    await keys.destroy(())

    assert count_keys(server, mark) == {}


def _destroy_until(url: str, files: Path, statement: str) -> None:
    """Destroy all keys, and die before a statement."""
    execute = psycopg.Connection.execute

    def watched(self: Any, query: Any, *values: Any, **options: Any) -> Any:
        text = query if isinstance(query, str) else query.as_string(self)
        if text.replace('"', "").startswith(statement):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(self, query, *values, **options)

    psycopg.Connection.execute = watched  # type: ignore[method-assign]
    keys = KeyServer(KeyConnection(DatabaseServer(url, files)), database=MARK)

    async def destroy() -> None:
        await keys.destroy(await keys.owner_ids())

    asyncio.run(destroy())
