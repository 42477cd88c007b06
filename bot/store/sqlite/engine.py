"""SQLite's engine: one connection that writes, readers beside it, and the file's faults turned into clear sentences."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sqlalchemy import URL, ColumnElement, Table, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.models.database_state import Size
from bot.store.faults import StoreError

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert

BUSY_MS = 15_000
LOG_PATIENCE_MS = 1_000
"""How long emptying the log waits for readers; writers wait meanwhile."""
# A row of replies has 12 values. A power of two, see _sizes.
ROWS = 512

FAULTS = {
    "readonly": "The database at {path} can’t be written. Give the bot’s user the right to write it and its folder.",
    "unable to open": "The database at {path} can’t be opened. Check WARD_DATABASE and the rights of its folder.",
    "disk is full": "The disk or the database at {path} is full. Make room; nothing that was stored is lost.",
    "not a database": "The file at {path} is no database of this bot. Point WARD_DATABASE at another file.",
    "malformed": "The database at {path} is damaged. Restore it from a backup.",
    "locked": "Another program is using the database at {path}. Close it, or wait until its work is done.",
    "locking protocol": "Another program is using the database at {path}. Close it, or wait until its work is done.",
    "disk i/o": "The disk of the database at {path} reports an error. Check the disk; nothing that was stored is lost.",
}


class Connection(sqlite3.Connection):
    """A connection that ends its statements when it is closed, also one whose rows nobody has read.

    Else SQLite would keep it open, with its transaction, until the statement's cursor is forgotten. Of a task that was
    cancelled amid a statement, that can take minutes, in which nobody else can write.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, factory: Any = sqlite3.Cursor) -> Any:
        """Make a cursor."""
        cursor = super().cursor(factory)
        self._cursors.add(cursor)
        return cursor

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """Run a statement in a cursor of its own."""
        return self.cursor().execute(*args)  # type: ignore[no-any-return]

    def close(self) -> None:
        """End what was not read to its end, undo what was not committed, and let the file go. Once is enough."""
        open_cursors, self._cursors = self._cursors, WeakSet()
        for cursor in open_cursors:
            cursor.close()
        super().close()


class SqliteEngine:
    """A SQLite file behind two engines: one connection that writes, a few that only read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.writer = _make_engine(path, pool_size=1, begin="BEGIN IMMEDIATE")
        self.readers = _make_engine(path, pool_size=4, begin="BEGIN", pragmas=("query_only = ON",))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open the transaction of the one writer."""
        with translate_faults(self._path):
            async with self.writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a consistent view of the last commit; it never waits for a writer."""
        with translate_faults(self._path):
            async with self.readers.begin() as connection:
                yield connection

    def insert(self, table: Table) -> SqliteInsert:
        """Return an INSERT of SQLite's."""
        return sqlite.insert(table)

    def is_among(self, column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
        """Return an IN."""
        return column.in_(values)

    async def insert_new(self, connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]) -> int:
        """Insert in bulk, many rows a statement.

        One row a statement would have the driver's thread win the interpreter's lock back for each, which takes
        milliseconds while the loop is busy; and SQLAlchemy would prepare each value of each row, where here only those
        are touched that the driver cannot take as they are.
        """
        names = tuple(rows[0])
        types = ((place, table.c[name].type.dialect_impl(connection.dialect)) for place, name in enumerate(names))
        processors = [(place, process) for place, kind in types if (process := kind.bind_processor(connection.dialect))]
        # The driver itself: one hop to its thread for a statement, where exec_driver_sql takes three.
        driver: Any = (await connection.get_raw_connection()).driver_connection
        stored = start = 0
        for size in _sizes(len(rows)):
            values: list[object] = []
            for row in rows[start : start + size]:
                own = list(row.values())
                for place, process in processors:
                    if own[place] is not None:
                        own[place] = process(own[place])
                values += own
            stored += (await driver.execute(_statement(table.name, names, size), values)).rowcount
            start += size
        return stored

    async def truncate_log(self) -> bool:
        """Empty the write-ahead log, which holds erased words. False if somebody is reading just now: try later."""
        with translate_faults(self._path):
            async with self.writer.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await _pragma(driver, f"busy_timeout = {LOG_PATIENCE_MS}")
                ((busy, *_),) = await _pragma(driver, "wal_checkpoint(TRUNCATE)")
                await _pragma(driver, f"busy_timeout = {BUSY_MS}")
        return not busy

    async def measure(self) -> Size:
        """Look at the file and the log beside it."""
        return Size(_size_of(self._path), _size_of(self._path.with_name(f"{self._path.name}-wal")))

    def is_idle(self) -> bool:
        """Tell whether nothing has a connection."""
        return not any(engine.pool.checkedout() for engine in (self.writer, self.readers))  # type: ignore[attr-defined]

    async def close(self) -> None:
        """Let the file go."""
        await self.readers.dispose()
        await self.writer.dispose()


@contextmanager
def translate_faults(path: Path) -> Iterator[None]:
    """Turn the database's own words about a fault into a StoreError; everything else passes as it is."""
    try:
        yield
    except (sqlite3.DatabaseError, DatabaseError) as error:
        words = str(error.orig if isinstance(error, DatabaseError) else error).lower()
        for mark, sentence in FAULTS.items():
            if mark in words:
                raise StoreError(sentence, path) from None
        raise


def prepare_file(path: Path) -> None:
    """Make the folder and an empty file that only the bot's user can read. Raises StoreError if that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"The database at {{path}} can’t be written ({error.strerror}). "
            "Point WARD_DATABASE at a file in a folder that the bot’s user may write.",
            path,
        ) from None


async def _pragma(driver: Any, text: str) -> list[Any]:
    """Run a pragma of SQLite and return what it answers, outside of any transaction."""
    cursor = await driver.execute(f"PRAGMA {text}")
    rows: list[Any] = list(await cursor.fetchall())
    await cursor.close()
    return rows


def name_file(driver: str, path: Path) -> URL:
    """Return the address of a file for SQLAlchemy. Written out, "?" and "%" in its name would mean something else."""
    return URL.create(driver, database=str(path))


def _make_engine(path: Path, *, pool_size: int, begin: str, pragmas: tuple[str, ...] = ()) -> AsyncEngine:
    engine = create_async_engine(
        name_file("sqlite+aiosqlite", path),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,  # every use here ends its own transaction; one more rollback is one more hop
        hide_parameters=True,  # an error's text would hold them
        connect_args={"factory": Connection},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        # The driver's own transaction control begins too late for BEGIN IMMEDIATE, so it is switched off.
        connection.isolation_level = None
        settings = (
            "journal_mode = WAL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_MS}",
            "synchronous = FULL",
            "secure_delete = ON",
            *pragmas,
        )
        script = "".join(f"PRAGMA {setting};" for setting in settings)
        connection.run_async(lambda driver: driver.executescript(script))  # one hop to its thread, and not one for each

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        try:
            # One hop to the driver's thread; exec_driver_sql takes three.
            connection.connection.dbapi_connection.run_async(lambda driver: driver.execute(begin))
        except asyncio.CancelledError:
            connection.invalidate()  # it may have begun all the same, and nobody would end it
            raise

    return engine


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sizes(count: int) -> Iterator[int]:
    """Powers of two that add up to a number: so there are few statements, and SQLite keeps each as it has read it.

    To read one again takes as long as to run it.
    """
    while count:
        size = min(ROWS, 1 << (count.bit_length() - 1))
        yield size
        count -= size


@cache
def _statement(table: str, names: tuple[str, ...], count: int) -> str:
    # The names are those of the schema; every value is bound.
    row = f"({', '.join('?' * len(names))})"
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * count)} ON CONFLICT DO NOTHING"  # noqa: S608
