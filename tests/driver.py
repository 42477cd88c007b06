"""Runs SQLite's statements in the loop itself, where a desk plays a test whose point the driver's threads aren't.

The driver has a thread for each connection. To wake it and to be woken by it, four times for a statement, took a third
of the time of a test with a bot. Here a statement runs at once, and then every other task has a turn, as it had while
the thread worked: so tasks meet between statements as before. What has to wait for another connection runs beside the
loop all the same, since it would wait for the loop. The tests in ``tests/store``, but for those of rows under a key, of
the stop and of backups have the threads, processes of their own have them (the kills, the demo, the commands), and a
clean checkout plays all tests with them.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.examples import is_whole
from tests.private_names import require_names

TURNS = {"execute", "executemany", "executescript", "commit", "rollback"}
"""After these another task has a turn. To make a cursor, read its rows and close it belongs to the statement."""

READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
CHECKPOINT = "PRAGMA wal_checkpoint"
"""This waits for other connections, whose tasks go on meanwhile: it runs beside the loop here too."""
DRIVER = "aiosqlite"
TESTS = Path(__file__).parent
THREADED = (TESTS / "store", TESTS / "cli/test_stop.py", TESTS / "cli/test_backup.py")
"""Whose point is what happens between connections, or to a statement whose reader is cancelled."""
THREADLESS = TESTS / "store" / "keyed"
"""Of these, the tests whose point is what rows under a key hold, and what is left once it is destroyed."""
PRIVATE = ("_connect", "_connection", "_execute", "_running", "_thread", "_tx")
"""The private parts of the driver's connection that ``Direct`` uses or replaces."""

_threaded = aiosqlite.connect
_leave_in_a_task = AsyncConnection.__aexit__
_without = 0


class Direct(aiosqlite.Connection):
    """A connection without a thread."""

    def __init__(self, connector: Callable[[], Any], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        self._tx = SimpleNamespace(put_nowait=_do)  # type: ignore[assignment]
        self._thread = SimpleNamespace(start=lambda: None)  # type: ignore[assignment]
        self._only_reads = False

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        statement = args[0] if args and isinstance(args[0], str) else ""
        if statement.startswith(CHECKPOINT):
            return await asyncio.to_thread(fn, *args, **kwargs)
        if statement in (READ, WRITE):
            self._only_reads = statement == READ
        has_turn = fn.__name__ in TURNS and not self._ends_nothing(fn.__name__)
        try:
            return fn(*args, **kwargs) if statement != WRITE else await self._begin_to_write(partial(fn, *args))
        finally:
            if has_turn:
                await asyncio.sleep(0)

    def _ends_nothing(self, name: str) -> bool:
        """Whether nothing changes by this end: the transaction only read, or SQLAlchemy rolls back what has ended."""
        return (name == "commit" and self._only_reads) or (name == "rollback" and not self.in_transaction)

    async def _begin_to_write(self, begin: Callable[[], Any]) -> Any:
        """Begin at once; where another connection writes, wait for it beside the loop."""
        ((patience,),) = self._conn.execute("PRAGMA busy_timeout").fetchall()
        self._conn.execute("PRAGMA busy_timeout = 0").fetchall()
        with suppress(sqlite3.OperationalError):
            try:
                return begin()
            finally:
                self._conn.execute(f"PRAGMA busy_timeout = {patience}").fetchall()
        return await asyncio.to_thread(begin)


def _do(job: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
    """Do what the driver leaves to its thread, and tell who waits for it."""
    future, do = job
    try:
        result = do()
    except BaseException as error:
        if future is None:
            raise
        future.set_exception(error)
    else:
        if future is not None:
            future.set_result(result)


def _connect(database: Any, *, iter_chunk_size: int = 64, **options: Any) -> aiosqlite.Connection:
    if not _without:
        return _threaded(database, iter_chunk_size=iter_chunk_size, **options)
    return Direct(partial(sqlite3.connect, database, **options), iter_chunk_size)


async def _leave(connection: AsyncConnection, *error: Any) -> None:
    """Close a connection as SQLAlchemy does, but in no task of its own where nothing is waited for."""
    if _without and connection.dialect.driver == DRIVER:
        await connection.close()
    else:
        await _leave_in_a_task(connection, *error)


def has_threads(test: Path) -> bool:
    """Whether the tests of a file have the driver as it is in production, wherever they are played."""
    is_threaded = any(test.is_relative_to(place) for place in THREADED) and not test.is_relative_to(THREADLESS)
    return is_threaded or is_whole()


def check_driver() -> None:
    """Raise RuntimeError if the driver has lost a name that a connection without a thread needs."""
    require_names("aiosqlite", aiosqlite.Connection(partial(sqlite3.connect, ":memory:"), 64), *PRIVATE)


def spare_threads() -> None:
    """Let what connects do without a thread, wherever that is asked for. Raises RuntimeError where it can't."""
    if not is_whole():  # else nothing asks for it, and older drivers have no such names
        check_driver()
    aiosqlite.connect = _connect
    AsyncConnection.__aexit__ = _leave  # type: ignore[assignment, method-assign]


@contextmanager
def no_threads() -> Iterator[None]:
    """Connect without a thread meanwhile."""
    global _without
    _without += 1
    try:
        yield
    finally:
        _without -= 1
