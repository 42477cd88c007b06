"""Transactions on a server: readers see one moment, writers all that was committed, and nothing is stored twice."""

from __future__ import annotations

import asyncio

from sqlalchemy import func, select

from bot.models.database_server import DatabaseServer
from bot.store import Store, open_store
from bot.store.tables import replies
from tests.servers.postgres import PostgresServer
from tests.store.samples import arrival, open_prompt
from tests.world import DATA_KEY

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
COUNT = select(func.count()).select_from(replies)


async def test_all_that_is_read_in_one_go_is_of_one_moment(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])

    async with store._database.read() as connection:
        before = await connection.scalar(COUNT)
        await store.replies.apply([arrival(prompt, 2)])
        after = await connection.scalar(COUNT)
    async with store._database.read() as connection:
        at_last = await connection.scalar(COUNT)

    assert (before, after, at_last) == (1, 1, 2)


async def test_whoever_waited_for_the_turn_to_write_sees_what_was_written_meanwhile(
    server: PostgresServer, made_place: DatabaseServer
) -> None:
    server.execute(f"ALTER DATABASE {made_place.name} SET default_transaction_isolation = 'repeatable read'")
    first, second = [await open_store(made_place, DATA_KEY) for _ in range(2)]

    async def look() -> object:
        async with second._database.write() as connection:
            return (await connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'half'")).scalar()

    async with first._database.write() as connection:
        looking = asyncio.create_task(look())
        async with asyncio.timeout(20):
            while server.execute(WAITING) == [(0,)]:
                await asyncio.sleep(0.01)
        await connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('half', 'done')")

    assert await looking == "done"
    await first.close()
    await second.close()


async def test_of_many_replies_only_new_ones_are_stored_and_counted(store: Store) -> None:
    prompt = await open_prompt(store)

    first = await store.replies.apply([arrival(prompt, number, text=f"first {number}") for number in range(1, 301)])
    more = await store.replies.apply([arrival(prompt, number, text=f"again {number}") for number in range(201, 351)])
    nothing = await store.replies.apply([arrival(prompt, number, text="again") for number in range(1, 351)])

    assert [applied.stored for applied in (first, more, nothing)] == [300, 50, 0]
    assert [applied.arrived for applied in (first, more, nothing)] == [{prompt.id}, {prompt.id}, frozenset()]
    texts = {reply.id: reply.text for reply in await store.replies.of_prompt(prompt.id)}
    assert texts == {number: f"{'first' if number <= 300 else 'again'} {number}" for number in range(1, 351)}
