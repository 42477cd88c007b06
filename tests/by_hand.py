"""Looks into a test's database and changes it as somebody does who has it, and not the program: on either engine.

Statements are written once, with question marks for values, in what both engines know.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, Integer, LargeBinary, MetaData, Table, create_engine
from sqlalchemy.pool import NullPool

from bot.models.database_server import DatabaseServer
from bot.store.schema.base import format_moment
from tests.engines import at, copy_on_server, dump

NO_REFERENCES = "SET LOCAL session_replication_role = replica"
"""Let a transaction break references, which SQLite holds for connections of the program alone."""


@contextmanager
def connected(path: Path) -> Iterator[Connection]:
    """Open a transaction in the database of a path. It is committed at the end."""
    place = at(path)
    if isinstance(place, DatabaseServer):
        from bot.store.postgres.connecting import connect_once

        with connect_once(place) as connection, connection.begin():
            connection.exec_driver_sql(NO_REFERENCES)
            yield connection
        return
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        own: Any = connection.connection.driver_connection
        own.create_function("lpad", 3, lambda text, size, fill: text.rjust(size, fill), deterministic=True)
        yield connection
    engine.dispose()


def execute(connection: Connection, statement: str, *values: object) -> Any:
    """Run a statement in a transaction that is open."""
    if connection.dialect.name == "postgresql":
        return connection.exec_driver_sql(statement.replace("%", "%%").replace("?", "%s"), values)
    return connection.exec_driver_sql(statement, tuple(map(_as_sqlite_stores, values)))


def change(path: Path, statement: str, *values: object) -> int:
    """Run a statement, and return how many rows it changed."""
    with connected(path) as connection:
        return int(execute(connection, statement, *values).rowcount)


def look(path: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Return the rows of a query. A moment is text, as it is in a file."""
    with connected(path) as connection:
        return [tuple(map(_as_sqlite_stores, row)) for row in execute(connection, query, *values)]


def insert(path: Path, table: str, **values: object) -> None:
    """Insert a row into a table of whatever revision. What it has to have beside the values is 1, or the like."""
    with connected(path) as connection:
        found = Table(table, MetaData(), autoload_with=connection, resolve_fks=False)
        needed = (column for column in found.columns if not column.nullable and column.server_default is None)
        connection.execute(found.insert().values({column.name: _least(column.type) for column in needed} | values))


@contextmanager
def writer_turn(path: Path) -> Iterator[None]:
    """Have the turn of the one writer, as another program that is in the middle of something."""
    place = at(path)
    if isinstance(place, DatabaseServer):
        from bot.store.postgres.connecting import connect_in_turn

        with connect_in_turn(place) as connection, connection.begin():
            yield
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def rows(path: Path) -> list[str]:
    """Everything that the database holds, a line for each row."""
    place = at(path)
    if isinstance(place, DatabaseServer):
        return [f"{table} {row!r}" for table, row in dump(place)]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return sorted(line for line in connection.iterdump() if line.startswith("INSERT"))


def held(path: Path) -> bytes:
    """What somebody finds who has the database: every byte of its files, or on a server every value that it gives."""
    place = at(path)
    if not isinstance(place, DatabaseServer):
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.is_file())
    values = (value for _, row in dump(place) for value in row)
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def back_up(path: Path, copy: Path) -> Path:
    """Copy the database alone, while the bot runs."""
    copy.parent.mkdir(exist_ok=True)
    place = at(path)
    if isinstance(place, DatabaseServer):
        copy_on_server(path, copy)
    else:
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    return copy


def put_back(copy: Path, path: Path) -> None:
    """Put a copy in the place of a database that nobody has open."""
    if isinstance(at(path), DatabaseServer):
        copy_on_server(copy, path)
        return
    for ending in ("-wal", "-shm"):
        path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
    shutil.copyfile(copy, path)


def _as_sqlite_stores(value: object) -> object:
    if isinstance(value, datetime):
        return format_moment(value)
    return json.dumps(value) if isinstance(value, dict | list) else value


def _least(kind: object) -> object:
    match kind:
        case DateTime():
            return datetime(2026, 1, 5, 9, tzinfo=UTC)
        case Date():
            return date(2026, 1, 5)
        case LargeBinary():
            return b"1"
        case Integer() | JSON():
            return 1
        case _ if kind.python_type is bool:  # type: ignore[attr-defined]
            return True
        case _:
            return "1"
