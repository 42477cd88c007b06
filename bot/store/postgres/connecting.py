"""How the program connects to a PostgreSQL server: for its engines, and once for what is done before they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, column, create_engine, event, func, make_url, select, table, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from bot.models.database_server import DatabaseServer
from bot.store.faults import StoreError
from bot.store.postgres.faults import translate_faults
from bot.store.postgres.fencing import compare_version

NO_ADDRESS = "WARD_DATABASE isn’t the address of a PostgreSQL database. Write it as postgresql://user@host/name."
WRITERS = 0x57617264_0001
"""The advisory lock of whoever writes. Every program takes it for as long as its transaction lasts."""
UPGRADE = 0x57617264_0002
"""The advisory lock of whoever makes the tables or changes them."""
PROGRAM = "ward-to-board"
"""What this program's connections are called at the server."""
LIMITS = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": PROGRAM,
}
"""How soon a connection counts as lost, where the address says nothing else: seconds, and milliseconds at the last."""


def read_url(server: DatabaseServer) -> URL:
    """Return the address for SQLAlchemy. Raises StoreError where it is none."""
    try:
        return make_url(server.url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise StoreError(NO_ADDRESS) from None


def connect_options(url: URL) -> dict[str, Any]:
    """Return what the driver is told beside the address."""
    # Prepared statements outlive a transaction, and so the connection that PgBouncer lends for it.
    limits = {name: value for name, value in LIMITS.items() if name not in url.query}
    return {"prepare_threshold": None, **limits}


@contextmanager
def connect_once(server: DatabaseServer) -> Iterator[Connection]:
    """Open one connection, outside of any engine, and close it. Raises StoreError as an engine does."""
    with translate_faults(server), _make_engine(server).connect() as connection:
        yield connection


@contextmanager
def connect_in_turn(server: DatabaseServer, *, is_whole: bool = True) -> Iterator[Connection]:
    """Open one connection of which each transaction waits for the writer's turn, as a running bot's do.

    It holds no shard. Each transaction raises FencedError where a newer program changed the tables meanwhile, but for a
    database that is not whole: its tables have no version that counts.
    """
    engine = _make_engine(server).execution_options(isolation_level="READ COMMITTED")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
        if is_whole:
            compare_version(connection)

    with translate_faults(server), engine.connect() as connection:
        yield connection


def count_others(connection: Connection) -> int:
    """Count the other connections of this program to the database, such as those of a bot that runs."""
    sessions = table("pg_stat_activity", *map(column, ("datname", "application_name", "pid")))
    is_other = sessions.c.pid != func.pg_backend_pid()
    same = sessions.c.datname == func.current_database(), sessions.c.application_name == PROGRAM
    query = select(func.count()).select_from(sessions).where(is_other, *same)
    return int(connection.scalar(query) or 0)


def _make_engine(server: DatabaseServer) -> Engine:
    url = read_url(server)
    return create_engine(
        url, poolclass=NullPool, hide_parameters=True, use_native_hstore=False, connect_args=connect_options(url)
    )
