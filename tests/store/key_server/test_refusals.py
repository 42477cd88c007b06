"""No bot starts with a server where a destroyed key could stay, nor with keys that belong to another database."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models.database_server import DatabaseServer
from bot.store import Store, StoreError, open_store, open_to_read
from bot.store.keyed.key_dates import OVER
from bot.store.keyed.key_store import EndedError
from bot.store.postgres.key_connection import KeyConnection
from bot.store.postgres.key_server import KeyServer
from bot.store.postgres.key_settings import WANTED
from tests.servers.key_server import RIGHTS, new_key_place, shared_key_server
from tests.servers.postgres import PostgresServer, shared_server
from tests.store.key_server.conftest import MARK
from tests.store.samples import GUILD, NOW
from tests.store.senders import prompt_in, released, send
from tests.world import DATA_KEY, new_key

WRONG = {
    "wal_recycle": "on",
    "wal_keep_size": "16MB",
    "track_commit_timestamp": "on",
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "5",
    "log_transaction_sample_rate": "0.5",
    "log_parameter_max_length_on_error": "-1",
    "full_page_writes": "off",
    "fsync": "off",
    "max_prepared_transactions": "2",
}
NEED_A_LEVEL = {"max_wal_senders", "archive_mode", "wal_level"}
"""These can only be wrong together: a server of the level minimal refuses to start with the others."""


@contextmanager
def set_to(server: PostgresServer, *settings: str) -> Iterator[None]:
    """The server with other settings, until the end."""
    before = list(server.settings)
    server.stop()
    server.settings += settings
    server.start()
    try:
        yield
    finally:
        server.stop()
        server.settings[:] = before
        server.start()


def test_each_setting_that_is_asked_for_is_tried() -> None:
    assert {wanted.name for wanted in WANTED} == WRONG.keys() | NEED_A_LEVEL


async def test_a_server_with_any_other_setting_is_refused_and_told_which(
    server: PostgresServer, place: DatabaseServer, keys: KeyServer
) -> None:
    await keys.make(7)
    wrong = [f"{name}={value}" for name, value in WRONG.items()]
    with set_to(server, *wrong, "wal_level=replica", "max_wal_senders=2", "archive_mode=on"):
        again = KeyServer(KeyConnection(place), database=MARK)
        for call in (again.prepare(), again.find((7,)), again.make(8), again.destroy((7,)), keys.find((7,))):
            with pytest.raises(StoreError, match=r"In its postgresql\.conf, set") as raised:
                await call
            said = str(raised.value)
            assert {wanted.name for wanted in WANTED if f"{wanted.name} = " in said} == {one.name for one in WANTED}
        await again.close()
    assert len(await keys.find((7,))) == 1


async def test_with_a_setting_that_is_changed_while_the_bot_runs_nothing_counts_as_destroyed(
    server: PostgresServer, keys: KeyServer, connection: KeyConnection
) -> None:
    await keys.make(7, "claim", NOW)
    with changed(server, connection, "log_statement", "all"):
        for _ in range(2):
            with pytest.raises(StoreError, match=r"set log_statement = none\. Then"):
                await keys.destroy((7,))
    await keys.destroy((7,))
    assert await keys.owner_ids() == frozenset()


@contextmanager
def changed(server: PostgresServer, connection: KeyConnection, name: str, value: str) -> Iterator[None]:
    """The running server with another setting, once a connection has heard of it, until the end."""
    before = show(connection, name)
    server.execute(f"ALTER SYSTEM SET {name} = '{value}'")
    server.execute("SELECT pg_reload_conf()")
    while show(connection, name) == before:
        pass
    yield
    server.execute(f"ALTER SYSTEM RESET {name}")
    server.execute("SELECT pg_reload_conf()")
    while show(connection, name) != before:
        pass


def show(connection: KeyConnection, name: str) -> object:
    with connection.alone() as rows:
        return rows.execute("SELECT current_setting(%s)", (name,)).fetchone()


@pytest.mark.parametrize("right", [*RIGHTS, "GRANT pg_checkpoint TO ward_keys"])
async def test_a_right_that_is_missing_is_named_as_a_command(
    server: PostgresServer, place: DatabaseServer, right: str
) -> None:
    server.execute(right.replace("GRANT", "REVOKE").replace(" TO ", " FROM "), place.name)
    try:
        keys = KeyServer(KeyConnection(place), database=MARK)
        with pytest.raises(StoreError, match=re.escape(f"superuser: {right};")):
            await keys.prepare()
        await keys.close()
    finally:
        server.execute(right, place.name)


async def test_keys_on_the_server_of_the_database_are_refused(main: DatabaseServer) -> None:
    there = shared_key_server()
    with (
        new_key_place(there, main.files) as place,
        new_key_place(there, main.files) as beside,
        pytest.raises(StoreError, match="WARD_KEYS is on the same PostgreSQL server as WARD_DATABASE"),
    ):
        await open_store(place, DATA_KEY, prompt_keys=beside)
    with pytest.raises(StoreError, match="set wal_recycle = off, wal_level = minimal"):
        await open_store(main, DATA_KEY, prompt_keys=main)
    assert shared_server().execute("SELECT count(*) FROM pg_tables WHERE tablename = 'prompt_keys'", main.name) == [
        (0,)
    ]


async def test_keys_of_another_database_are_refused_and_stay_as_they_are(
    store: Store, place: DatabaseServer, tmp_path: Path
) -> None:
    prompt = await prompt_in(store)
    await send(store, prompt, 1)
    name = shared_server().new_database()
    other = DatabaseServer(shared_server().url(name), tmp_path / "other" / "ward.db")
    with pytest.raises(StoreError, match=r"belong to another database\. Set WARD_KEYS"):
        await open_store(other, new_key(), prompt_keys=place)
    shared_server().drop(name)
    assert await store.private._keys.owner_ids() == {prompt.id}


async def test_a_database_of_another_program_is_left_alone(server: PostgresServer, place: DatabaseServer) -> None:
    server.execute("CREATE TABLE invoices (id int)", place.name)
    keys = KeyServer(KeyConnection(place), database=MARK)
    for call in (keys.prepare(), keys.make(7), keys.find((7,))):
        with pytest.raises(StoreError, match="has tables of another program"):
            await call
    await keys.close()


async def test_no_bot_starts_with_the_server_while_keys_are_still_in_a_file(
    main: DatabaseServer, place: DatabaseServer
) -> None:
    in_a_file = await open_store(main, DATA_KEY, prompt_keys=place.files)
    await send(in_a_file, await prompt_in(in_a_file), 1)
    await in_a_file.close()
    for opening in (open_store, open_to_read):
        with pytest.raises(StoreError, match="there is still a file of prompt keys"):
            await opening(main, DATA_KEY, prompt_keys=place)


async def test_a_command_that_only_reads_makes_no_tables(
    server: PostgresServer, main: DatabaseServer, place: DatabaseServer
) -> None:
    await (await open_store(main, DATA_KEY, prompt_keys=place.files)).close()
    place.files.unlink()
    store = await open_to_read(main, DATA_KEY, prompt_keys=place)
    await store.check_key_home()
    await store.close()
    assert server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", place.name) == []


async def test_a_server_without_the_key_of_what_people_sent_takes_and_releases_nothing(
    store: Store, main: DatabaseServer, server: PostgresServer
) -> None:
    prompt = await prompt_in(store)
    for person in range(5):
        await send(store, prompt, person)
    with new_key_place(server, main.files) as empty:
        other = await open_store(main, DATA_KEY, prompt_keys=empty)
        with pytest.raises(StoreError, match=r"The server of the keys at .* is missing the key") as raised:
            await send(other, prompt, 1, "A second reply of one person.")
        assert "postgresql" not in raised.value.public
        await other.prompts.close(prompt, NOW)
        with pytest.raises(StoreError, match="WARD_KEYS"):
            await other.private.release(prompt, NOW)
        await other.close()
    await store.private.release(prompt, NOW)
    (batch,) = await store.private.waiting(GUILD)
    assert batch.replies == 5


async def test_two_machines_share_keys_and_either_releases(
    store: Store, main: DatabaseServer, place: DatabaseServer
) -> None:
    other = await open_store(main, DATA_KEY, prompt_keys=replace(place, files=main.files.with_name("other.db")))
    prompt = await prompt_in(store)
    for person in range(6):
        await send((store, other)[person % 2], prompt, person)
    assert (await other.private.own(prompt, 0)) is not None
    await released(other, prompt, ())
    assert await store.private.own(prompt, 0) is None
    (batch,) = await store.private.waiting(GUILD)
    assert batch.replies == 6
    await other.close()


async def test_dates_hold_as_they_do_in_a_file(server: PostgresServer, place: DatabaseServer, keys: KeyServer) -> None:
    due = NOW + timedelta(days=14)
    key = await keys.make(7, "claim", due)
    assert await keys.make(7, "claim", due + timedelta(days=9)) == key
    assert (await keys.dates())[7].ends_at == due
    ((claim, date, proof),) = server.execute("SELECT claim, ends_at, proof FROM prompt_keys", place.name)
    said = f"date:prompt_keys:7:{claim}:{date}"
    assert proof == hmac.digest(key, said.encode(), "sha256")
    changes: list[Callable[[], object]] = [
        lambda: server.execute("UPDATE prompt_keys SET ends_at = '2036-01-01T00:00:00+00:00'", place.name),
        lambda: server.execute("UPDATE prompt_keys SET ends_at = NULL", place.name),
    ]
    for change in changes:
        change()
        assert (await keys.dates())[7].ends_at == OVER

    await keys.destroy((7,))
    with pytest.raises(EndedError):
        await keys.make(7, "claim", due)
    # Another prompt can have that number, once the first is erased with its server.
    second = await keys.make(7, "second", due)
    assert await keys.make(7, "third", due) != second
    assert (await keys.dates())[7].claim == "third"
