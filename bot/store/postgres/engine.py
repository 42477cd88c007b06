"""PostgreSQL's engine: one writer at a time by an advisory lock, and readers who each see one moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    Table,
    Text,
    any_,
    cast,
    literal,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeEngine

from bot.models.database_server import DatabaseServer
from bot.models.database_state import Size
from bot.store.faults import StoreError
from bot.store.fence import Fence
from bot.store.postgres.arrays import to_array
from bot.store.postgres.connecting import WRITERS, connect_options, read_url
from bot.store.postgres.faults import is_lost, is_read_only, translate_faults
from bot.store.postgres.fencing import ask_of, compare
from bot.store.postgres.lock_queries import NOTICE_CUTS
from bot.store.schema.base import UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert

BUSY_MS = 15_000
READERS = 4
# One trip to the server for all of it. Whoever waits too long for the writer's turn hears that somebody else has it.
# What is asked next has to see what others committed until the turn came, whatever the server is set to.
WRITE = (
    f"BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {BUSY_MS}; "
    f"SELECT pg_advisory_xact_lock({WRITERS}); "
)
_CLOSING: set[asyncio.Future[None]] = set()
HAS_BEGUN = "has begun"
"""The mark of a connection with which a transaction was begun before. A new one in its place in the pool has none."""
READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresEngine:
    """Connections to a PostgreSQL server. None is made before the first is needed."""

    def __init__(self, server: DatabaseServer, fence: Fence | None = None) -> None:
        self._server = server
        self._fence = fence or Fence()
        self.writer = _make_engine(server, 1)
        self.readers = _make_engine(server, READERS)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open the transaction of the one writer, of all programs that have the database open.

        Raises FencedError where this process lost what it held.
        """
        self._fence.refuse_lost()
        with translate_faults(self._server):
            async with _begun(self.writer, WRITE + ask_of(self._fence), self._fence) as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a consistent view of the last commit; it never waits for a writer."""
        with translate_faults(self._server):
            async with _begun(self.readers, READ) as connection:
                yield connection

    def insert(self, table: Table) -> PostgresInsert:
        """Return an INSERT of PostgreSQL's."""
        return postgresql.insert(table)

    def is_among(self, column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
        """Return a comparison with one array: so there is one value to send, and one statement for any number."""
        return column == any_(cast(literal(to_array(values), Text), postgresql.ARRAY(Text)))

    async def insert_new(self, connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]) -> int:
        """Insert in bulk: one array a column, so one statement whatever the number of rows."""
        names = tuple(rows[0])
        columns = [to_array([row[name] for row in rows]) for name in names]
        driver: Any = (await connection.get_raw_connection()).driver_connection
        cursor = await driver.execute(_statement(table, names), columns)
        return int(cursor.rowcount)  # the driver's own, of one statement: those that were new

    async def truncate_log(self) -> bool:
        """Do nothing: the log is the server's, and holds what its settings say."""
        return True

    async def measure(self) -> Size:
        """Ask the server how much room the database takes."""
        try:
            async with self.read() as connection:
                size = await connection.scalar(text("SELECT pg_database_size(current_database())"))
        except StoreError:
            return Size(0)
        return Size(int(size or 0))

    def is_idle(self) -> bool:
        """Tell whether nothing has a connection."""
        return not any(engine.pool.checkedout() for engine in (self.writer, self.readers))  # type: ignore[attr-defined]

    async def close(self) -> None:
        """Let every connection go."""
        await self.readers.dispose()
        await self.writer.dispose()


def _make_engine(server: DatabaseServer, pool_size: int) -> AsyncEngine:
    url = read_url(server)
    # The driver begins no transaction by itself: each here begins with more than a BEGIN.
    options = {"autocommit": True, **connect_options(url)}
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,  # an error's text would hold them
        use_native_hstore=False,  # else each connection asks for a type that nothing here uses
        connect_args=options,
    )


@asynccontextmanager
async def _begun(engine: AsyncEngine, begin: str, fence: Fence | None = None) -> AsyncIterator[AsyncConnection]:
    connection = await _connect(engine, begin, fence)
    try:
        async with connection.begin():
            yield connection
    except BaseException as error:
        if is_read_only(error):  # it would stay so, even if the server no longer is
            await asyncio.shield(connection.invalidate())
        raise
    finally:
        await asyncio.shield(connection.close())


async def _connect(engine: AsyncEngine, begin: str, fence: Fence | None) -> AsyncConnection:
    """Return a connection with its transaction begun, and its fence compared where it has one.

    One that lay in the pool may have been lost since, with a server that was started again; then another one is taken,
    until a new one fails too. Nothing was done yet, so nothing is done twice.
    """
    while True:
        connection = await _open(engine)
        is_new = HAS_BEGUN not in connection.info
        try:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            if fence is not None and is_new:
                await driver.execute(NOTICE_CUTS)
            cursor = await driver.execute(begin)
            if fence is not None:
                await compare(cursor, fence)
        except BaseException as error:
            await connection.invalidate()  # it may have begun all the same, and nobody would end it
            await connection.close()
            if is_new or not is_lost(error):
                raise
        else:
            connection.info[HAS_BEGUN] = True
            return connection


async def _open(engine: AsyncEngine) -> AsyncConnection:
    """Connect. Where whoever asked is cancelled meanwhile, the connection is given back and not left open."""
    opening: asyncio.Future[AsyncConnection] = asyncio.ensure_future(engine.connect())
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_give_back)
        raise


def _give_back(opened: asyncio.Future[AsyncConnection]) -> None:
    if not opened.cancelled() and opened.exception() is None:
        closing = asyncio.ensure_future(opened.result().close())
        _CLOSING.add(closing)  # the loop itself would forget it
        closing.add_done_callback(_CLOSING.discard)


@cache
def _statement(table: Table, names: tuple[str, ...]) -> str:
    # The names are those of the schema; every value is bound.
    arrays = ", ".join(f"%s::{_type_name(table.c[name].type)}[]" for name in names)
    columns = ", ".join(names)
    return f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING"  # noqa: S608


def _type_name(kind: TypeEngine[Any]) -> str:
    names: tuple[tuple[type, str], ...] = (
        (UtcDateTime, "timestamptz"),
        (BigInteger, "bigint"),
        (Integer, "integer"),
        (Boolean, "boolean"),
        (LargeBinary, "bytea"),
        (Date, "date"),
    )
    return next((name for known, name in names if isinstance(kind, known)), "text")
