"""Processes that die just before a statement that the database is given, or that meet a full disk."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.models.database_server import Place
from bot.store import Store, open_store
from tests.engines import IS_ON_POSTGRES, at
from tests.processes import Forked, run_cli
from tests.world import DATA_KEY

Act = Callable[[Store, datetime], Awaitable[object]]


class Dying:
    """Dies before the ``number``th statement that begins so, of those after it was armed; in all connections."""

    def __init__(self, statement: str, number: int) -> None:
        self._statement, self._number = statement, number
        self._seen: Counter[str] = Counter()
        self._armed = False
        connect = sqlite3.connect

        def watched(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **options)
            connection.set_trace_callback(self.look)
            return connection

        sqlite3.connect = watched  # type: ignore[assignment]
        if IS_ON_POSTGRES:  # SQLite is traced above, where the keys are too
            event.listen(Engine, "before_cursor_execute", lambda _c, _cursor, text, *_rest: self.look(text))
            event.listen(Engine, "begin", lambda _c: self.look("BEGIN"))  # it has gone out by then, alone
            event.listen(Engine, "commit", lambda _c: self.look("COMMIT"))

    def arm(self) -> None:
        """Count from now on."""
        self._armed = True

    def look(self, text: str) -> None:
        """Die, if this is the statement."""
        if self._armed and text.startswith(self._statement):
            self._seen[self._statement] += 1
            if self._seen[self._statement] == self._number:
                os.kill(os.getpid(), signal.SIGKILL)


async def killed(play: Any, *arguments: object) -> None:
    """Run a function in a process of its own, which has to die."""
    process = Forked(play, *arguments)
    try:
        code, said = await process.ended()
    finally:
        process.kill()
    assert code == -signal.SIGKILL, f"the point was never reached: {said}"


async def killed_in(act: Act, now: datetime, path: Path, statement: str, number: int) -> None:
    """Do something with the database of ``path`` in a process of its own, which has to die before the statement.

    The statement "the end" comes once all is done.
    """
    await killed(_do_until, act, now, at(path), statement, number)


def _do_until(act: Act, now: datetime, path: Place, statement: str, number: int) -> None:
    asyncio.run(_do(act, now, path, Dying(statement, number)))


async def _do(act: Act, now: datetime, path: Place, dying: Dying) -> None:
    store = await open_store(path, DATA_KEY)
    dying.arm()
    await act(store, now)
    dying.look("the end")


async def refused_on_full_disk(arguments: tuple[str, ...], room: int) -> None:
    """Run a command that may write no file longer than ``room`` bytes: it has to say in one line why it fails."""
    child = Forked(_run_with_room, arguments, room)
    try:
        code, told = await child.ended()
    finally:
        child.kill()
    assert code == 2, told
    assert "Traceback" not in told
    assert told.count("\n") == 1, told


def _run_with_room(arguments: tuple[str, ...], room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    run_cli(arguments, {})


def key_bytes(database: Path) -> bytes:
    """Every byte of the file of keys of a database, and of its log."""
    return b"".join(file.read_bytes() for file in (database.parent / "prompt-keys").iterdir())
