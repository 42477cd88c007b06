"""The store asks nothing of a connection that outlives a transaction: PgBouncer may lend another one for each."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.doctor.server import _look_at_address
from bot.cli.run import STANDBY
from bot.models.database_server import DatabaseServer
from bot.operations.health import Connection
from bot.store import StoreError, open_store, rotate
from bot.store.encryption.sealer import Sealer
from bot.store.postgres.lock_connection import POOLED
from bot.store.transfer.move import move_database
from tests.bot_process import read_until, settings
from tests.processes import PATIENCE_S
from tests.servers.fake_gateway import fake_discord
from tests.servers.postgres import PostgresServer
from tests.store.everything import fill, read
from tests.store.postgres.pgbouncer import CONNECTIONS, NO_BOUNCER, bouncer_before, find_bouncer
from tests.store.postgres.test_standby import CONNECTED, look_live, started
from tests.store.samples import arrival, open_prompt
from tests.wording import says
from tests.world import DATA_KEY, new_key

LEFT = (
    "SELECT (SELECT count(*) FROM pg_prepared_statements), "
    "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = d.oid), "
    "(SELECT count(*) FROM pg_settings WHERE source = 'session' AND name = 'lock_timeout') "
    "FROM pg_database d WHERE datname = current_database()"
)
"""What a transaction can leave behind in a connection that the next one gets."""


@pytest.fixture
def pooled(server: PostgresServer, place: DatabaseServer) -> Iterator[DatabaseServer]:
    """The database, by way of PgBouncer in transaction mode."""
    program = find_bouncer()
    if program is None:
        pytest.skip(NO_BOUNCER)
    with bouncer_before(server, program) as port:
        yield replace(place, url=server.url_over_tcp(place.name, port))


async def test_everything_that_is_stored_comes_back_by_way_of_pgbouncer(
    pooled: DatabaseServer, place: DatabaseServer
) -> None:
    store = await open_store(pooled, DATA_KEY, prompt_keys=place.files)
    await fill(store)
    expected = await read(store)
    for _ in range(10):  # a statement is prepared at the server once it was asked a few times
        assert await read(store) == expected
    await store.close()

    straight = await open_store(place, DATA_KEY, prompt_keys=place.files)
    assert await read(straight) == expected
    await straight.close()


async def test_writers_take_turns_and_readers_see_one_moment_by_way_of_pgbouncer(
    pooled: DatabaseServer, place: DatabaseServer, server: PostgresServer
) -> None:
    stores = [await open_store(pooled, DATA_KEY, prompt_keys=place.files) for _ in range(2)]
    prompt = await open_prompt(stores[0])

    async def look() -> None:
        people, replies = await stores[1].replies.count(prompt.id)
        assert people == replies  # each reply is of another person, so a half of one would show

    writing = (stores[n % 2].replies.apply([arrival(prompt, n, author=n)]) for n in range(1, 81))
    await asyncio.gather(*writing, *(look() for _ in range(40)))

    assert await stores[0].replies.count(prompt.id) == (80, 80)
    for store in stores:
        await store.close()
    pids = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    ((opened,),) = server.execute(pids, place.name)
    assert 1 <= int(str(opened)) <= CONNECTIONS


async def test_replies_wait_while_pgbouncer_is_there_and_the_server_is_not(
    pooled: DatabaseServer, place: DatabaseServer, running: PostgresServer, impatient: None
) -> None:
    store = await open_store(pooled, DATA_KEY, prompt_keys=place.files)
    prompt = await open_prompt(store)
    store.inbox.start()
    store.inbox.put(arrival(prompt, 1))
    await store.inbox.flush()

    await asyncio.to_thread(running.stop)
    store.inbox.put(arrival(prompt, 2))
    async with asyncio.timeout(PATIENCE_S):
        while store.inbox.fault is None:
            await asyncio.sleep(0.05)
        with pytest.raises(StoreError, match="can’t be reached"):
            await store.replies.count(prompt.id)
    await asyncio.to_thread(running.start)
    async with asyncio.timeout(60):
        await store.inbox.flush()

    assert await store.replies.count(prompt.id) == (1, 2)
    await store.close()


async def test_nothing_of_a_transaction_is_left_in_the_connection_that_the_next_one_gets(
    pooled: DatabaseServer, place: DatabaseServer
) -> None:
    import psycopg

    store = await open_store(pooled, DATA_KEY, prompt_keys=place.files)
    await fill(store)
    for _ in range(10):
        await read(store)
    await store.close()

    with psycopg.connect(pooled.url, autocommit=True, prepare_threshold=None) as connection:
        found = {connection.execute(LEFT).fetchone() for _ in range(3 * CONNECTIONS)}
    assert found == {(0, 0, 0)}


async def test_the_data_key_is_changed_by_way_of_pgbouncer(
    pooled: DatabaseServer, place: DatabaseServer, server: PostgresServer
) -> None:
    store = await open_store(pooled, DATA_KEY, prompt_keys=place.files)
    await fill(store)
    expected = await read(store)
    await store.close()
    fresh = new_key()
    both = await open_store(pooled, fresh, DATA_KEY, prompt_keys=place.files)

    done = await asyncio.to_thread(rotate, pooled, fresh, DATA_KEY)

    assert done.rows > 0
    assert await read(both) == expected
    await both.close()
    key_ids = server.execute("SELECT DISTINCT key_id FROM replies", place.name)
    assert key_ids == [(Sealer(fresh).key_id,)]


async def test_the_bot_runs_and_is_taken_over_by_way_of_pgbouncer_where_it_knows_the_server_itself(
    pooled: DatabaseServer, place: DatabaseServer, tmp_path: Path
) -> None:
    keys = str(place.files)
    async with fake_discord(message_content=True) as fake:
        settings(tmp_path, WARD_DATABASE=pooled.url, WARD_PROMPT_KEYS=keys)
        async with started(tmp_path, fake) as alone:
            code, refused = await alone.ended()
        found = [finding.sentence for finding in await asyncio.to_thread(lambda: list(_look_at_address(pooled)))]
        settings(tmp_path, WARD_DATABASE=pooled.url, WARD_DATABASE_DIRECT=place.url, WARD_PROMPT_KEYS=keys)
        async with started(tmp_path, fake) as first:
            await read_until(first, CONNECTED)
            async with started(tmp_path, fake) as second:
                await read_until(second, STANDBY)
                running, live = await asyncio.to_thread(look_live, tmp_path)
                while Connection.STARTING.label in live:
                    running, live = await asyncio.to_thread(look_live, tmp_path)
                first.send_signal(signal.SIGKILL)
                said = await read_until(second, CONNECTED)
                second.send_signal(signal.SIGTERM)
                ended, rest = await second.ended()

    assert code == 2
    assert "leads to a connection pooler" in refused
    assert [says(sentence, POOLED) for sentence in found] == [True]
    assert (running, ended) == (0, 0)
    assert sorted(live) == sorted([Connection.CONNECTED.label, Connection.STANDBY.label])
    assert "ERROR" not in said + rest


async def test_a_database_is_moved_back_to_a_file_by_way_of_pgbouncer(
    pooled: DatabaseServer, place: DatabaseServer, tmp_path: Path
) -> None:
    stores = [await open_store(pooled, DATA_KEY, prompt_keys=place.files) for _ in range(2)]
    await fill(stores[0])
    for store in stores:
        await store.close()

    moved = await asyncio.to_thread(move_database, pooled, tmp_path / "back.db", DATA_KEY)

    assert moved.rows > 0
