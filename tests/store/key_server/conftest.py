"""Tests of keys on a server of their own. Without PostgreSQL's programs they are skipped, and say why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.models.database_server import DatabaseServer
from bot.store import Store, open_store
from bot.store.postgres.key_connection import KeyConnection
from bot.store.postgres.key_server import KeyServer
from tests.servers.key_server import new_key_place, shared_key_server
from tests.servers.postgres import PostgresServer, new_server_database, shared_server, skip_without_programs
from tests.world import DATA_KEY

MARK = "a database"


@pytest.fixture
def server() -> PostgresServer:
    """The server of keys that the tests of this process share, running."""
    skip_without_programs()
    return shared_key_server()


@pytest.fixture
def place(server: PostgresServer, tmp_path: Path) -> Iterator[DatabaseServer]:
    """An empty database for keys."""
    with new_key_place(server, tmp_path / "keys" / "ward.db") as made:
        yield made


@pytest.fixture
def main(server: PostgresServer, tmp_path: Path) -> Iterator[DatabaseServer]:
    """An empty database for the bot itself, on another server."""
    del server  # which says whether there are programs
    with new_server_database(shared_server(), tmp_path / "keys" / "ward.db") as made:
        yield made


@pytest.fixture
async def store(main: DatabaseServer, place: DatabaseServer) -> AsyncIterator[Store]:
    """The store, with its database on one server and its keys on the other."""
    opened = await open_store(main, DATA_KEY, prompt_keys=place)
    yield opened
    await opened.close()


@pytest.fixture
def connection(place: DatabaseServer) -> Iterator[KeyConnection]:
    """A connection to it, as a process has one."""
    made = KeyConnection(place)
    yield made
    made.close()


@pytest.fixture
def keys(connection: KeyConnection) -> KeyServer:
    """The keys of prompts in it."""
    return KeyServer(connection, database=MARK)
