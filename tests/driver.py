"""Runs SQLite's statements for the simulated Discord in the loop itself, where a desk plays it.

The driver has a thread for each connection. To wake it and to be woken by it took a third of the time of a test with a
bot, four times for a statement. Here a statement runs at once, and then every other task has a turn, as it had while
the thread worked: so tasks meet each other between statements as before. The threads themselves are used by all tests
without a world, and by all tests on a clean checkout.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

import aiosqlite

from tests.engines import IS_ON_POSTGRES
from tests.examples import is_whole

TURNS = {"execute", "executemany", "executescript", "commit", "rollback"}
"""After these another task has a turn. To make a cursor, read its rows and close it belongs to the statement."""

_threaded = aiosqlite.connect
_worlds = 0


class Direct(aiosqlite.Connection):
    """A connection without a thread."""

    def __init__(self, connector: Callable[[], Any], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        self._tx = SimpleNamespace(put_nowait=_do)  # type: ignore[assignment]
        self._thread = SimpleNamespace(start=lambda: None)  # type: ignore[assignment]

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        try:
            return fn(*args, **kwargs)
        finally:
            if fn.__name__ in TURNS:
                await asyncio.sleep(0)


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
    if not _worlds:
        return _threaded(database, iter_chunk_size=iter_chunk_size, **options)
    return Direct(partial(aiosqlite.core.sqlite3.connect, database, **options), iter_chunk_size)


def spare_threads() -> None:
    """Let what connects while there is a world do without a thread, unless all is to be as it is in production."""
    if not IS_ON_POSTGRES:
        aiosqlite.connect = _connect


@contextmanager
def no_threads() -> Iterator[None]:
    """Connect without a thread meanwhile, where a desk runs this."""
    global _worlds
    counts = not is_whole()
    _worlds += counts
    try:
        yield
    finally:
        _worlds -= counts
