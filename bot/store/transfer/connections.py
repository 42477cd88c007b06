"""Connections for a move: to a source in which nobody writes meanwhile, and to a target that is being filled."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool

from bot.models.database_server import DatabaseServer, Place
from bot.store.faults import StoreError
from bot.store.sqlite.engine import BUSY_MS, translate_faults

PATIENCE_S = 10.0
"""How long other connections may take to end: those of a program that was killed stay for a moment."""
LOOK_S = 0.2
IN_USE = (
    "A program is connected to the database at {path}. Stop the bot, on other machines too, and close whatever else "
    "uses the database. Then try again."
)


@contextmanager
def open_source(place: Place) -> Iterator[Connection]:
    """Open a database at one moment: nobody else can write to it until the end, and nothing is changed in it.

    Raises StoreError where it cannot be used, or a program is connected to it on a server.
    """
    with open_target(place) as connection:
        if not isinstance(place, Path):
            _wait_until_alone(connection, place)
        with connection.begin() as reading:
            yield connection
            reading.rollback()


@contextmanager
def open_target(place: Place) -> Iterator[Connection]:
    """Open a database, in which each transaction takes the writer's turn."""
    if isinstance(place, Path):
        with translate_faults(place), _open_file(place) as connection:
            yield connection
        return
    from bot.store.postgres.connecting import connect_in_turn

    with connect_in_turn(place, is_whole=False) as connection:
        yield connection


@contextmanager
def _open_file(path: Path) -> Iterator[Connection]:
    # Open as SQLite's address, since only that makes no file where there is none.
    address = URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"})
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout = {BUSY_MS}", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        yield connection


def _wait_until_alone(connection: Connection, server: DatabaseServer) -> None:
    from bot.store.postgres.connecting import count_others

    patience = time.monotonic() + PATIENCE_S
    while True:
        with connection.begin():
            others = count_others(connection)
        if not others:
            return
        if time.monotonic() > patience:
            raise StoreError(IN_USE, server)
        time.sleep(LOOK_S)
