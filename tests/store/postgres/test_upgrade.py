"""The tables on a server: made once by whoever starts first, changed whole or not at all, never by an older program."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import Connection, inspect, text

from bot.models.database_server import DatabaseServer
from bot.store import StoreError, open_store, open_to_read
from bot.store.migration import migrate, read_revision
from bot.store.migrations import HEAD
from bot.store.postgres.connecting import connect_once
from bot.store.tables import metadata
from tests.servers.postgres import PostgresServer, new_server_database
from tests.store.next_migration import with_next
from tests.store.samples import arrival, open_prompt
from tests.world import DATA_KEY


def shape(connection: Connection) -> dict[str, object]:
    """What the tables are made of, in no order."""
    found: dict[str, object] = {}
    looked = inspect(connection)
    for table in set(looked.get_table_names()) - {"alembic_version"}:  # Alembic calls its key by another name
        columns = {(c["name"], str(c["type"]), c["nullable"], str(c["default"])) for c in looked.get_columns(table)}
        indexes = connection.execute(text("SELECT indexdef FROM pg_indexes WHERE tablename = :t"), {"t": table})
        keys = connection.execute(
            text("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = (:t)::regclass"),
            {"t": table},
        )
        found[table] = (columns, set(indexes.scalars()), {tuple(row) for row in keys})
    return found


def test_a_new_database_has_the_tables_of_the_program(place: DatabaseServer) -> None:
    migrate(place)

    with connect_once(place) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert read_revision(place) == HEAD


def test_the_migrations_make_the_same(server: PostgresServer, place: DatabaseServer, tmp_path: Path) -> None:
    migrate(place)
    with new_server_database(server, tmp_path) as old:
        migrate(old, head="0001")
        migrate(old)
        with connect_once(old) as first, connect_once(place) as second:
            made, expected = shape(first), shape(second)

    assert made == expected


async def test_two_programs_that_start_at_once_on_an_empty_database_share_it(place: DatabaseServer) -> None:
    stores = await asyncio.gather(*(open_store(place, DATA_KEY, prompt_keys=place.files) for _ in range(2)))

    await stores[0].settings.join([5])
    assert await stores[1].settings.guild_ids() == (5,)
    assert stores[0].private._pseudonyms.of(1, 2) == stores[1].private._pseudonyms.of(1, 2)
    for store in stores:
        await store.close()


async def test_an_update_keeps_what_is_stored_and_the_older_program_then_refuses(
    place: DatabaseServer, tmp_path: Path
) -> None:
    store = await open_store(place, DATA_KEY)
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])
    await store.close()

    migrate(place, migrations=with_next(tmp_path), head="9000")

    with connect_once(place) as connection:
        assert connection.scalar(text("SELECT count(*) FROM replies")) == 1
        assert connection.scalar(text("SELECT extra FROM prompts")) == ""
    with pytest.raises(StoreError, match="newer version of the program"):
        await open_store(place, DATA_KEY)
    with pytest.raises(StoreError, match="another version of the program"):
        await open_to_read(place, DATA_KEY)


async def test_a_migration_that_fails_half_way_changes_nothing(place: DatabaseServer, tmp_path: Path) -> None:
    await (await open_store(place, DATA_KEY)).close()
    with connect_once(place) as connection:
        before = shape(connection)

    with pytest.raises(RuntimeError, match="half way"):
        migrate(place, migrations=with_next(tmp_path, "raise RuntimeError('half way')"), head="9000")

    with connect_once(place) as connection:
        assert shape(connection) == before
    await (await open_store(place, DATA_KEY)).close()


async def test_a_database_of_another_program_or_in_another_encoding_is_refused(
    server: PostgresServer, place: DatabaseServer
) -> None:
    server.execute("CREATE TABLE notes (words text)", place.name)
    with pytest.raises(StoreError, match="tables of another program"):
        await open_store(place, DATA_KEY)

    name = "ward_latin"
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc").format(
            sql.Identifier(name)
        )
    )
    try:
        with pytest.raises(StoreError, match="LATIN1, which has no room"):
            await open_store(replace(place, url=server.url(name)), DATA_KEY)
    finally:
        server.drop(name)


async def test_a_user_who_may_make_no_tables_hears_of_it(server: PostgresServer, place: DatabaseServer) -> None:
    server.execute("DROP ROLE IF EXISTS guest")
    server.execute("CREATE ROLE guest LOGIN")
    guest = replace(place, url=place.url.replace("ward@", "guest@"))

    with pytest.raises(StoreError, match="has no right to do this"):
        await open_store(guest, DATA_KEY)
    server.execute("DROP ROLE guest")
