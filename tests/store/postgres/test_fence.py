"""A process that lost its shards cannot write any more, however late it learns of that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.models.database_server import DatabaseServer
from bot.models.shards import Shards
from bot.store import Store, StoreError, open_store, rotate
from bot.store.fence import NEWER, TAKEN_OVER, Fence, FencedError
from bot.store.postgres import engine, fencing, shard_locks
from bot.store.postgres.shard_locks import ShardLocks
from tests.servers.postgres import PostgresServer
from tests.store.postgres.processes import HOLDERS, Process, place, stack, start
from tests.store.samples import arrival, open_prompt
from tests.world import DATA_KEY

__all__ = ["place", "stack", "start"]


WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


async def store_of(process: Process, place: DatabaseServer, stack: AsyncExitStack) -> Store:
    """The store of a process, closed with the test."""
    store = await open_store(place, DATA_KEY, held=process.holding.shards, fence=process.holding.fence)
    stack.push_async_callback(store.close)
    return store


@pytest.fixture
def asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes look at their locks once alone, as one does that sleeps."""

    async def sleep(_locks: ShardLocks) -> None:
        return None

    monkeypatch.setattr(ShardLocks, "_go_on", sleep)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is cut off for being silent: the test itself may be, on a busy machine."""
    monkeypatch.setattr(shard_locks, "TURN_LOCK_S", shard_locks.TURN_S)


@pytest.mark.usefixtures("asleep")
async def test_what_an_old_leader_writes_late_fails_and_the_new_one_writes(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer, stack: AsyncExitStack
) -> None:
    old = await start()
    store = await store_of(old, place, stack)
    prompt = await open_prompt(store)
    server.execute(HOLDERS, place.name)
    new = await start()
    after = await store_of(new, place, stack)

    with pytest.raises(FencedError, match="taken over"):
        await store.replies.apply([arrival(prompt, 1)])
    await after.replies.apply([arrival(prompt, 2)])

    assert await after.replies.count(prompt.id) == (1, 1)
    assert old.lost.is_set()
    assert old.holding.fault == TAKEN_OVER
    assert not new.lost.is_set()
    with pytest.raises(FencedError):  # without a look at the server
        await store.settings.join([1])


@pytest.mark.usefixtures("asleep", "unhurried")
@pytest.mark.parametrize("isolation", ["read committed", "repeatable read", "serializable"])
async def test_a_write_that_waited_for_its_turn_while_its_shard_was_taken_fails(
    start: Callable[..., asyncio.Future[Process]],
    place: DatabaseServer,
    server: PostgresServer,
    stack: AsyncExitStack,
    isolation: str,
) -> None:
    server.execute(f"ALTER DATABASE {place.name} SET default_transaction_isolation = '{isolation}'")
    old = await start()
    store = await store_of(old, place, stack)
    await store.settings.join([1])  # its connection lies in the pool
    other = await open_store(place, DATA_KEY)
    stack.push_async_callback(other.close)

    async with other._database.write():  # somebody has the turn
        server.execute(HOLDERS, place.name)
        taking = asyncio.ensure_future(start())
        await _until_waiting(server, place, 1)
        writing = asyncio.ensure_future(store.settings.keep_note("late", "yes"))
        await _until_waiting(server, place, 2)
    await taking

    with pytest.raises(FencedError):
        await writing
    assert await other.settings.note("late") is None


@pytest.mark.usefixtures("asleep", "unhurried")
async def test_a_write_that_waited_while_its_own_process_took_one_more_shard_succeeds(
    start: Callable[..., asyncio.Future[Process]],
    place: DatabaseServer,
    server: PostgresServer,
    stack: AsyncExitStack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    process = await start(Shards(2, frozenset({0})))
    store = await store_of(process, place, stack)
    await store.settings.join([1])
    other = await open_store(place, DATA_KEY)
    stack.push_async_callback(other.close)
    locks = process.holding._locks
    assert locks is not None

    async with other._database.write():  # somebody has the turn
        taking = asyncio.ensure_future(locks._take(1))
        await _until_waiting(server, place, 1)

        async def compare_later(cursor: Any, fence: Fence) -> None:
            await asyncio.shield(taking)  # the answer came, and is read once the shard is held
            await fencing.compare(cursor, fence)

        monkeypatch.setattr(engine, "compare", compare_later)
        writing = asyncio.ensure_future(store.settings.keep_note("meanwhile", "yes"))
        await _until_waiting(server, place, 2)
    await writing

    assert process.holding.held == {0, 1}
    assert not process.lost.is_set()
    assert await other.settings.note("meanwhile") == "yes"


@pytest.mark.usefixtures("asleep", "unhurried")
async def test_a_write_whose_turn_had_come_is_whole_before_the_shard_is_taken(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer, stack: AsyncExitStack
) -> None:
    store = await store_of(await start(), place, stack)

    async with store._database.write() as connection:
        server.execute(HOLDERS, place.name)
        taking = asyncio.ensure_future(start())
        await _until_waiting(server, place, 1)
        await connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('in time', 'yes')")
    new = await store_of(await taking, place, stack)

    assert await new.settings.note("in time") == "yes"
    with pytest.raises(FencedError):
        await store.settings.keep_note("late", "yes")


@pytest.mark.usefixtures("asleep")
async def test_a_shard_is_taken_from_a_process_that_fell_asleep_within_a_write(
    start: Callable[..., asyncio.Future[Process]],
    place: DatabaseServer,
    server: PostgresServer,
    stack: AsyncExitStack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shard_locks, "TURN_S", 8.0)
    store = await store_of(await start(), place, stack)
    write = store._database.write()
    connection = await write.__aenter__()
    await connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('late', 'yes')")

    server.execute(HOLDERS, place.name)
    new = await store_of(await start(), place, stack)
    await new.settings.keep_note("next", "yes")

    with pytest.raises(StoreError):
        await write.__aexit__(None, None, None)
    assert [await new.settings.note(name) for name in ("next", "late")] == ["yes", None]


async def test_an_older_program_stops_as_soon_as_a_newer_one_changed_the_tables(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer, stack: AsyncExitStack
) -> None:
    old = await start()
    store = await store_of(old, place, stack)
    command = await open_store(place, DATA_KEY, beside=True)
    stack.push_async_callback(command.close)

    server.execute("UPDATE alembic_version SET version_num = '9999'", place.name)

    for writer in (store, command):
        with pytest.raises(FencedError, match="newer version"):
            await writer.settings.join([1])
    await asyncio.wait_for(old.lost.wait(), 10)
    assert old.holding.fault == NEWER


@pytest.mark.usefixtures("asleep")
async def test_the_change_of_the_key_stops_where_a_newer_program_changed_the_tables(
    start: Callable[..., asyncio.Future[Process]],
    place: DatabaseServer,
    server: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await start()
    monkeypatch.setattr("bot.store.encryption.key_rotation.check_version", lambda _place: None)  # it looked just before
    server.execute("UPDATE alembic_version SET version_num = '9999'", place.name)

    with pytest.raises(FencedError, match="newer version"):
        await asyncio.to_thread(rotate, place, DATA_KEY)


async def _until_waiting(server: PostgresServer, place: DatabaseServer, count: int) -> None:
    """Wait until so many wait for the writer's turn."""
    async with asyncio.timeout(10):
        while True:
            ((waiting,),) = await asyncio.to_thread(server.execute, WAITING, place.name)
            if waiting == count:
                return
            await asyncio.sleep(0.02)
