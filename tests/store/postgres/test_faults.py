"""What the server says is wrong, by SQLSTATE: each ends in a sentence, and replies wait and arrive once afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import psycopg
import pytest

from bot.models.database_server import DatabaseServer
from bot.models.prompts import Prompt
from bot.models.replies import Edit, Erasure
from bot.models.shards import EVERY_SHARD
from bot.store import Store, StoreError, open_store
from bot.store.faults import UnreachableError
from bot.store.holding import hold_shards
from bot.store.postgres import faults
from tests.servers.postgres import PostgresServer, filled_up, find_programs
from tests.store.postgres.test_outages import OTHERS
from tests.store.samples import NOW, arrival, open_prompt
from tests.store.senders import send
from tests.wording import says
from tests.world import DATA_KEY

pytestmark = pytest.mark.usefixtures("impatient")

RAISED = {
    "08006": faults.NOT_REACHED,
    "25006": faults.READ_ONLY,
    "25P03": faults.NOT_REACHED,
    "25P04": faults.NOT_REACHED,
    "28000": faults.REFUSED,
    "3D000": faults.REFUSED,
    "40001": faults.IN_USE,
    "40P01": faults.IN_USE,
    "42501": faults.NO_RIGHT,
    "42703": faults.OTHER_VERSION,
    "42P01": faults.OTHER_VERSION,
    "53100": faults.FULL,
    "53200": faults.TOO_BUSY,
    "53300": faults.TOO_BUSY,
    "55P03": faults.IN_USE,
    "57014": faults.TOOK_LONG,
    "57P01": faults.NOT_REACHED,
    "57P02": faults.NOT_REACHED,
    "57P03": faults.NOT_REACHED,
    "57P05": faults.NOT_REACHED,
    "58030": faults.DISK,
    "XX001": faults.DAMAGED,
    "0A000": faults.OTHER_FAULT,
    "P0001": faults.OTHER_FAULT,
}
"""States that a trigger raises, and what is said of each."""
LONG = "words " * 600
"""Sealed, this is so long that the server keeps it in a file of its own."""
LONG_TEXTS = "SELECT pg_relation_filepath(reltoastrelid) FROM pg_class WHERE oid = 'replies'::regclass"
BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'replies'::regclass"


async def begun(store: Store) -> Prompt:
    """A prompt with two replies, and the inbox open."""
    prompt = await open_prompt(store)
    store.inbox.start()
    for number in (1, 2):
        store.inbox.put(arrival(prompt, number, text=f"before {number}"))
    await store.inbox.flush()
    return prompt


async def hear(store: Store, prompt: Prompt, text: str = "words") -> StoreError:
    """Let events come that have to wait. Returns what the log says then."""
    store.inbox.put(Erasure(prompt.id, (1,)))
    store.inbox.put(Edit(2, "after", NOW))
    for number in range(3, 103):
        store.inbox.put(arrival(prompt, number, author=number, text=f"{text} {number}"))
    async with asyncio.timeout(20):
        while store.inbox.fault is None:
            await asyncio.sleep(0.01)
    assert store.inbox.waiting == 102
    return store.inbox.fault


async def arrived(store: Store, prompt: Prompt, text: str = "words") -> None:
    """Wait until they have arrived, and check that each did so once."""
    async with asyncio.timeout(20):
        await store.inbox.flush()
    expected = {2: "after", **{number: f"{text} {number}" for number in range(3, 103)}}
    assert {reply.id: reply.text for reply in await store.replies.of_prompt(prompt.id)} == expected
    assert await store.replies.taken_back([prompt.id]) == 1
    assert (store.inbox.fault, store.inbox.waiting) == (None, 0)


async def told(store: Store, prompt: Prompt) -> StoreError:
    """What a person hears who sends a private reply meanwhile."""
    with pytest.raises(StoreError) as raised:
        await send(store, prompt, 5)
    assert "postgresql" not in raised.value.public
    assert await store.private.own(prompt, 5) is None
    return raised.value


@asynccontextmanager
async def raising(server: PostgresServer, place: DatabaseServer, state: str) -> AsyncIterator[None]:
    """Let each new reply end in this state."""
    words = f"BEGIN RAISE EXCEPTION 'Kittiwake' USING ERRCODE = '{state}'; END"
    server.execute(f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $${words}$$", place.name)
    for table in ("replies", "private_replies"):
        server.execute(f"CREATE TRIGGER fail BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fail()", place.name)
    yield
    # The store, on this loop, may be in the midst of another try, which has to end first.
    await asyncio.to_thread(server.execute, "DROP FUNCTION fail CASCADE", place.name)


def test_each_state_that_has_a_sentence_is_raised() -> None:
    assert {known for known in faults.BY_STATE if not any(state.startswith(known) for state in RAISED)} == set()


@pytest.mark.parametrize("state", RAISED)
@pytest.mark.sampled(5)
async def test_replies_wait_for_whatever_is_wrong_with_the_server_and_arrive_once(
    server: PostgresServer, made_place: DatabaseServer, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = await open_store(made_place, DATA_KEY)
    prompt = await begun(store)

    async with raising(server, made_place, state):
        heard = await hear(store, prompt)
        person = await told(store, prompt)

    await arrived(store, prompt)
    for said in (heard, person):
        sentence = RAISED[state].replace("{state}", state)
        assert says(str(said), sentence, path=str(made_place))
    waits = [record.getMessage() for record in caplog.records if "replies wait" in record.getMessage()]
    assert len(waits) == 1
    assert "Kittiwake" not in f"{caplog.text} {heard} {person}"
    await store.close()


@contextmanager
def full_disk(server: PostgresServer, place: DatabaseServer) -> Iterator[None]:
    """Let the system say that the disk is full, wherever long texts of replies are written.

    Their own file is still empty, and a device that is always full takes its place.
    """
    ((path,),) = server.execute(LONG_TEXTS, place.name)
    file, aside = server.data / str(path), server.data / f"{path}.aside"
    assert file.stat().st_size == 0
    file.rename(aside)
    file.symlink_to("/dev/full")
    server.execute(OTHERS)  # they may have the file open
    try:
        yield
    finally:
        file.unlink()
        aside.rename(file)
        server.execute(OTHERS)


async def test_replies_wait_while_the_disk_is_really_full_and_what_is_stored_can_be_read(
    server: PostgresServer, made_place: DatabaseServer
) -> None:
    store = await open_store(made_place, DATA_KEY)
    prompt = await begun(store)

    with full_disk(server, made_place):
        heard = await hear(store, prompt, LONG)
        assert len(await store.replies.of_prompt(prompt.id)) == 2

    await arrived(store, prompt, LONG)
    assert says(str(heard), faults.FULL, path=str(made_place))
    await store.close()


async def test_replies_wait_while_the_server_has_no_connection_left(
    server: PostgresServer, made_place: DatabaseServer
) -> None:
    store = await open_store(made_place, DATA_KEY)
    prompt = await begun(store)

    with filled_up(server, made_place.name):
        heard = await hear(store, prompt)
        with pytest.raises(StoreError) as raised:
            await open_store(made_place, DATA_KEY)

    await arrived(store, prompt)
    for said in (heard, raised.value):
        assert says(str(said), faults.TOO_BUSY, path=str(made_place))
        assert isinstance(said, UnreachableError)  # so a process that starts now is started again
    await store.close()


@pytest.mark.parametrize("limited", ["ROLE guest", "DATABASE {name}"])
async def test_a_limit_of_connections_is_not_taken_for_a_wrong_password(
    server: PostgresServer, made_place: DatabaseServer, limited: str
) -> None:
    server.execute("DROP ROLE IF EXISTS guest")
    server.execute("CREATE ROLE guest LOGIN")
    server.execute(f"ALTER {limited.format(name=made_place.name)} CONNECTION LIMIT 0")

    with pytest.raises(StoreError) as raised:
        await open_store(DatabaseServer(server.url(made_place.name, "guest"), made_place.files), DATA_KEY)

    assert says(str(raised.value), faults.TOO_BUSY, path=str(made_place))
    server.execute("DROP ROLE guest")


async def test_replies_wait_while_the_server_is_read_only_and_arrive_as_soon_as_it_is_not(
    server: PostgresServer, made_place: DatabaseServer
) -> None:
    store = await open_store(made_place, DATA_KEY)
    prompt = await begun(store)
    server.execute(f"ALTER DATABASE {made_place.name} SET default_transaction_read_only = on")
    server.execute(OTHERS)

    heard = await hear(store, prompt)
    person = await told(store, prompt)
    assert len(await store.replies.of_prompt(prompt.id)) == 2
    server.execute(f"ALTER DATABASE {made_place.name} RESET default_transaction_read_only")

    await arrived(store, prompt)
    for said in (heard, person):
        assert says(str(said), faults.READ_ONLY, path=str(made_place))
    await store.close()


@pytest.fixture
async def follower(tmp_path: Path, server: PostgresServer) -> AsyncIterator[DatabaseServer]:
    """A database on a standby of a server where the bot ran."""
    del server  # which says whether there are programs
    programs = find_programs()
    assert programs is not None
    made = PostgresServer(programs)
    try:
        made.start()
        place = DatabaseServer(made.url(made.new_database()), tmp_path / "keys" / "ward.db")
        await (await open_store(place, DATA_KEY)).close()
        made.stop()
        (made.data / "standby.signal").touch()
        made.start()
        yield place
    finally:
        made.destroy()


async def test_a_standby_of_the_server_is_read_and_never_run_on(follower: DatabaseServer) -> None:
    store = await open_store(follower, DATA_KEY)
    assert await store.settings.guild_ids() == ()

    with pytest.raises(StoreError) as written:
        await store.settings.join([1])
    with pytest.raises(StoreError) as begun_on:
        async with hold_shards(follower, EVERY_SHARD, lambda: None):
            pass

    for raised in (written, begun_on):
        assert says(str(raised.value), faults.READ_ONLY, path=str(follower))
    await store.close()


async def test_replies_wait_while_the_server_cuts_requests_short(
    server: PostgresServer, made_place: DatabaseServer
) -> None:
    store = await open_store(made_place, DATA_KEY)
    prompt = await begun(store)
    other = await open_store(made_place, DATA_KEY)

    async with other._database.write():
        server.execute(f"ALTER DATABASE {made_place.name} SET statement_timeout = '50ms'")
        await store._database._engine.close()  # so that its next connection has that limit
        heard = await hear(store, prompt)

    await arrived(store, prompt)
    assert says(str(heard), faults.TOOK_LONG, path=str(made_place))
    await other.close()
    await store.close()


async def test_replies_that_are_caught_in_a_deadlock_are_stored_at_the_next_try(
    server: PostgresServer, made_place: DatabaseServer
) -> None:
    store = await open_store(made_place, DATA_KEY)
    prompt = await begun(store)

    with psycopg.connect(made_place.url) as outsider:
        outsider.execute("SET deadlock_timeout = '1min'")  # so it's the bot that notices, and is undone
        outsider.execute("LOCK TABLE replies")
        hearing = asyncio.create_task(hear(store, prompt))
        while server.execute(BLOCKED, made_place.name) == [(0,)]:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(outsider.execute, "LOCK TABLE tombstones")
        heard = await hearing

    await arrived(store, prompt)
    assert says(str(heard), faults.IN_USE, path=str(made_place))
    await store.close()
