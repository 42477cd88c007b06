"""Makes the tables on a PostgreSQL server, and changes them for a new version of the program: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from bot.models.database_server import DatabaseServer
from bot.store.faults import StoreError
from bot.store.postgres.connecting import UPGRADE, WRITERS, connect_once

NOT_UTF8 = (
    "The database at {path} stores text as {encoding}, which has no room for many letters and all emoji. Make one that "
    "stores it as UTF8."
)
OTHER_PROGRAM = (
    "The database at {path} has tables of another program. Make a database for this bot alone, and name it in "
    "WARD_DATABASE."
)


def upgrade(server: DatabaseServer, head: str, bring: Callable[[Connection, str | None], None]) -> None:
    """Bring a database up to date in one transaction; ``bring`` is given the connection and the revision that it has.

    Two programs that start at once take turns, and nobody writes meanwhile. A database that has the revision ``head``
    is only looked at.
    """
    with connect_once(server) as connection, connection.begin():
        if read_revision(connection, server) == head:
            return
        _refuse_encoding(connection, server)
        connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE})"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
        bring(connection, read_revision(connection, server))


def look_up_revision(server: DatabaseServer) -> str | None:
    """Return the revision of a database; None where it has no tables. Raises StoreError as read_revision does."""
    with connect_once(server) as connection:
        return read_revision(connection, server)


def read_revision(connection: Connection, server: DatabaseServer) -> str | None:
    """Return the revision of a database; None where it has no tables. Raises StoreError if it is another program's."""
    found = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).scalars()
    tables = set(found)
    if not tables:
        return None
    if not {"alembic_version", "guilds"} <= tables:
        raise StoreError(OTHER_PROGRAM, server)
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)


def _refuse_encoding(connection: Connection, server: DatabaseServer) -> None:
    encoding = str(connection.scalar(text("SHOW server_encoding")))
    if encoding != "UTF8":
        raise StoreError(NOT_UTF8.replace("{encoding}", encoding), server)
