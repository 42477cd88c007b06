"""A server that is away, starts again or loses connections: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.models.database_server import DatabaseServer
from bot.models.replies import Edit, Erasure
from bot.store import Store, StoreError, open_store
from bot.store.replies import inbox
from tests.servers.postgres import PostgresServer
from tests.store.postgres.proxy import Proxy, proxy_to
from tests.store.samples import NOW, arrival, open_prompt
from tests.world import DATA_KEY

pytestmark = pytest.mark.usefixtures("impatient")

OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE application_name = 'ward-to-board' AND pid <> pg_backend_pid()"
)


@pytest.fixture
async def proxy(server: PostgresServer) -> AsyncIterator[Proxy]:
    """A connection to the server that can be cut."""
    async with proxy_to(server.port) as made:
        yield made


@pytest.fixture
async def cut_store(server: PostgresServer, proxy: Proxy, place: DatabaseServer) -> AsyncIterator[Store]:
    """The store, whose connections all go through the proxy."""
    opened = await open_store(replace(place, url=server.url_over_tcp(place.name, proxy.port)), DATA_KEY)
    yield opened
    await opened.close()


async def test_replies_wait_in_order_while_the_server_is_away_and_arrive_once(
    store: Store, running: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    prompt = await open_prompt(store)
    store.inbox.start()
    store.inbox.put(arrival(prompt, 1, text="before"))
    await store.inbox.flush()

    await asyncio.to_thread(running.stop)
    for number in range(2, 7):
        store.inbox.put(arrival(prompt, number, author=number, text=f"words {number}"))
    store.inbox.put(Edit(1, "after", NOW))
    store.inbox.put(Erasure(prompt.id, (3,)))
    await _until_fault(store)
    assert store.inbox.waiting == 7
    await asyncio.to_thread(running.start)
    await store.inbox.flush()

    replies = await store.replies.of_prompt(prompt.id)
    assert {reply.id: reply.text for reply in replies} == {1: "after", **{n: f"words {n}" for n in (2, 4, 5, 6)}}
    assert store.inbox.fault is None
    waits = [record.getMessage() for record in caplog.records if "replies wait" in record.getMessage()]
    assert len(waits) == 1
    assert "can’t be reached" in waits[0]


async def test_only_so_many_events_wait_and_the_log_says_once_that_more_are_read_again(
    store: Store, running: PostgresServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(inbox, "MOST_WAITING", 3)
    prompt = await open_prompt(store)
    store.inbox.start()
    await asyncio.to_thread(running.stop)

    for number in range(1, 7):
        store.inbox.put(arrival(prompt, number))
    await asyncio.to_thread(running.start)
    await store.inbox.flush()

    assert await store.replies.count(prompt.id) == (1, 3)
    assert store.inbox.gap
    assert sum("read again from the threads" in record.getMessage() for record in caplog.records) == 1


async def test_connections_that_were_ended_between_two_calls_are_made_again_unnoticed(
    store: Store, server: PostgresServer
) -> None:
    prompt = await open_prompt(store)
    await asyncio.gather(*(store.replies.count(prompt.id) for _ in range(8)))  # all readers are connected

    for number in range(1, 4):
        server.execute(OTHERS)
        await store.replies.apply([arrival(prompt, number)])
        server.execute(OTHERS)
        assert await store.replies.count(prompt.id) == (1, number)


async def test_the_server_gives_up_a_writer_that_was_connected_again_as_soon_as_the_first(
    cut_store: Store, proxy: Proxy
) -> None:
    async def read_limit() -> str:
        async with cut_store._database.write() as connection:
            return str((await connection.exec_driver_sql("SHOW tcp_user_timeout")).scalar_one())

    first = await read_limit()
    proxy.cut()

    assert (first, await read_limit()) == ("7000", "7000")


@pytest.mark.parametrize("how", ["ended", "restarted"])
async def test_a_transaction_that_loses_its_connection_leaves_nothing_and_says_so(
    store: Store, running: PostgresServer, how: str
) -> None:
    await store.settings.join([1])

    with pytest.raises(StoreError, match="can’t be reached"):
        async with store._database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('half', 'done')")
            if how == "ended":
                running.execute(OTHERS)
            else:
                await asyncio.to_thread(running.stop, how="immediate")
                await asyncio.to_thread(running.start)
            await connection.exec_driver_sql("DELETE FROM guilds")

    assert await store.settings.note("half") is None
    assert await store.settings.guild_ids() == (1,)
    await store.settings.keep_note("whole", "yes")
    assert await store.settings.note("whole") == "yes"


async def test_replies_survive_a_line_that_is_cut_again_and_again(cut_store: Store, proxy: Proxy) -> None:
    store, rng = cut_store, random.Random(20)
    prompt = await open_prompt(store)
    store.inbox.start()

    for first in range(1, 1_001, 50):
        for number in range(first, first + 50):
            store.inbox.put(arrival(prompt, number, author=number % 40))
        await asyncio.sleep(rng.random() / 20)
        proxy.refuses = rng.random() < 0.3
        proxy.cut()
    proxy.refuses = False
    await store.inbox.flush()

    assert await store.replies.count(prompt.id) == (40, 1_000)


async def test_a_commit_whose_answer_never_comes_counts_nothing_twice(cut_store: Store, proxy: Proxy) -> None:
    store = cut_store
    prompt = await open_prompt(store)
    store.inbox.start()
    store.inbox.put(arrival(prompt, 1))
    store.inbox.put(arrival(prompt, 2))
    await store.inbox.flush()

    proxy.cuts_commits = 1
    store.inbox.put(Erasure(prompt.id, (1,)))
    store.inbox.put(arrival(prompt, 3))
    await store.inbox.flush()

    assert proxy.cuts_commits == 0
    assert [reply.id for reply in await store.replies.of_prompt(prompt.id)] == [2, 3]
    assert await store.replies.taken_back([prompt.id]) == 1


async def test_a_writer_who_waits_too_long_for_its_turn_hears_that_somebody_else_has_it(
    store: Store, place: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.store.postgres import engine

    monkeypatch.setattr(engine, "WRITE", engine.WRITE.replace(str(engine.BUSY_MS), "50"))
    other = await open_store(place, DATA_KEY)

    async with other._database.write():
        with pytest.raises(StoreError, match="Another program is using the database"):
            await store.settings.join([1])
    await store.settings.join([2])
    await other.close()

    assert await store.settings.guild_ids() == (2,)


async def test_a_write_that_is_cancelled_anywhere_holds_up_no_other(store: Store) -> None:
    for steps in range(60):
        writing = asyncio.create_task(store.settings.join([5]))
        for _ in range(steps):
            await asyncio.sleep(0.0002)
        writing.cancel()
        await asyncio.wait([writing])

        async with asyncio.timeout(10):
            await store.settings.join([6])
        assert 6 in await store.settings.guild_ids()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"correct%20horse": "Zebrafinch"}, "doesn’t let the bot in"),
        ({"/ward": "/nothing"}, "doesn’t let the bot in"),
        ({"@127.0.0.1:{port}": "@127.0.0.1:1"}, "can’t be reached"),
    ],
)
async def test_no_sentence_about_the_server_shows_the_password(
    server: PostgresServer, place: DatabaseServer, change: dict[str, str], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = server.url_over_tcp(place.name)
    for old, new in change.items():
        url = url.replace(old.format(port=server.port), new)

    with pytest.raises(StoreError, match=words) as caught:
        await open_store(replace(place, url=url), DATA_KEY)

    said = f"{caught.value!r} {caught.value} {caught.value.public} {place!r} {caplog.text}"
    assert not any(secret in said for secret in ("horse", "Zebrafinch"))
    assert "127.0.0.1" in str(caught.value)
    assert "127.0.0.1" not in caught.value.public


async def test_an_error_about_a_row_does_not_quote_it(store: Store) -> None:
    await store.settings.join([1])

    with pytest.raises(Exception, match="duplicate key") as caught:
        async with store._database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('Kittiwake', '')")
            await connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('Kittiwake', '')")

    assert "=(" not in str(caught.value)


async def _until_fault(store: Store) -> None:
    async with asyncio.timeout(20):
        while store.inbox.fault is None:
            await asyncio.sleep(0.01)
