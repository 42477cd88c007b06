"""Tests of what PostgreSQL alone can do wrong. Without its programs they are skipped, and say why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.models.database_server import DatabaseServer
from bot.store import Store, open_store
from tests.engines import full_template
from tests.servers.postgres import PostgresServer, new_server_database, shared_server, skip_without_programs
from tests.world import DATA_KEY


@pytest.fixture
def server() -> PostgresServer:
    """The server that the tests of this process share, running."""
    skip_without_programs()
    return shared_server()


@pytest.fixture
def place(server: PostgresServer, tmp_path: Path) -> Iterator[DatabaseServer]:
    """An empty database on the server."""
    with new_server_database(server, tmp_path / "keys" / "ward.db") as made:
        yield made


@pytest.fixture
def made_place(server: PostgresServer, tmp_path: Path) -> Iterator[DatabaseServer]:
    """A database on the server with all tables and nothing in them."""
    name = server.new_database(template=full_template())
    yield DatabaseServer(server.url(name), tmp_path / "keys" / "ward.db")
    server.drop(name)


@pytest.fixture
async def store(place: DatabaseServer) -> AsyncIterator[Store]:
    """The store in that database."""
    opened = await open_store(place, DATA_KEY)
    yield opened
    await opened.close()
