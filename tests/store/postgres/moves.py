"""A database that is moved between a file and a server, and what is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from bot.models.database_server import DatabaseServer, Place
from bot.services.erasure import erase_everything
from bot.store import Store, open_store
from bot.store.postgres.connecting import connect_once
from bot.store.tables import metadata
from bot.store.transfer import move as moving
from bot.store.transfer.move import move_database
from tests.cli.settings_files import keys_beside
from tests.servers.postgres import PostgresServer, new_server_database
from tests.store.everything import PEOPLE, fill
from tests.store.samples import GUILD, arrival, document, open_prompt
from tests.store.senders import send
from tests.world import DATA_KEY

LATE = 2_000
ODD = 'tab\there, new\nline, \\back\\slash, "quotes", \\N, {a,b}, 😀 café, \r'


@pytest.fixture
def place(server: PostgresServer, tmp_path: Path) -> Iterator[DatabaseServer]:
    """An empty database on the server, whose bot would have the prompt keys of the settings."""
    with new_server_database(server, keys_beside(tmp_path)) as made:
        yield made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "BATCH", 20)


async def go(source: Place, target: Place, *keys: bytes, **options: Any) -> moving.MoveResult:
    return await asyncio.to_thread(move_database, source, target, *(keys or (DATA_KEY,)), **options)


async def run(command: object, settings: Path, *arguments: str) -> Result:
    arguments = (*arguments, "--env-file", str(settings))
    return await asyncio.to_thread(CliRunner().invoke, command, arguments)  # type: ignore[arg-type]


async def open_at(place: Place, folder: Path) -> Store:
    """Open a database with the keys that were there all along."""
    return await open_store(place, DATA_KEY, prompt_keys=keys_beside(folder))


def rows_of(place: Place) -> dict[str, list[str]]:
    """Every row of every table, as the program reads it, in no order of the engine's."""
    if isinstance(place, Path):
        engine = create_engine(f"sqlite:///{place}", poolclass=NullPool)
        with engine.connect() as connection:
            return _rows_of(connection)
    with connect_once(place) as connection:
        return _rows_of(connection)


def _rows_of(connection: Connection) -> dict[str, list[str]]:
    return {
        table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
        for table in metadata.sorted_tables
    }


async def fill_all(store: Store) -> int:
    """Everything, an open prompt with private replies, and what somebody erased. Returns the open prompt's number."""
    await fill(store)
    still_open = await open_prompt(store, message_id=701, thread_id=701)
    for person in PEOPLE[:2]:
        await send(store, still_open, person, f"Privately, {ODD}")
    await store.replies.apply([arrival(still_open, LATE + n, author=n, text=f"{n} {ODD}") for n in range(60)])
    await store.library.add_source(GUILD, document(3, digest="b" * 64, title=ODD))
    await erase_everything(store, GUILD, 5)
    return still_open.id


def stop_after(rows: int) -> moving.Tell:
    """Stop as Ctrl-C does, once more rows than so many have been copied."""

    def stop(progress: moving.Progress) -> None:
        if progress.done > rows:
            raise KeyboardInterrupt

    return stop
