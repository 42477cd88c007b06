"""The keys of open prompts and checks, in a small file of their own that backups of the database do not take.

A prompt's key makes the pseudonyms of those who sent it private replies or pressed about its statements, a check's
those of people who pressed or wrote there. Without the key, nobody can make them again: so it is destroyed at the end,
and nothing keeps one in memory longer than a call.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.store.database import StoreError
from bot.store.encryption import KEY_BYTES

T = TypeVar("T")

PATIENCE_MS = 5_000
RETRY_S = 0.01
OWN_FOLDER = "prompt-keys"

CANNOT_BE_USED = (
    "The file of prompt keys at {path} cannot be used. Give the bot's user the right to write it and its folder, and "
    "check WARD_PROMPT_KEYS and the disk. Private replies and taps cannot be taken or released until then."
)
STILL_THERE = (
    "A key at {path} that is needed no more is not destroyed for certain: another program has the file open. Close "
    "that program. The bot tries again by itself."
)
_PRIMARY = 0xFF
"""The part of SQLite's extended codes that names the kind of error."""
PRAGMAS = (f"busy_timeout = {PATIENCE_MS}", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The statements over the keys of one kind of owner: a "prompt" or a "check"."""

    create: str
    insert: str
    find: str
    read: str
    delete: str

    @classmethod
    def of(cls, owner: str) -> KeyTable:
        """Return the statements over the table of an owner's keys, whose name is no word of anybody."""
        table, number = f"{owner}_keys", f"{owner}_id"
        return cls(
            f"CREATE TABLE IF NOT EXISTS {table} ({number} INTEGER PRIMARY KEY, key BLOB NOT NULL)",
            f"INSERT OR IGNORE INTO {table} ({number}, key) VALUES (?, ?)",  # noqa: S608 - a name of ours
            f"SELECT key FROM {table} WHERE {number} = ?",  # noqa: S608 - a name of ours
            f"SELECT {number}, key FROM {table}",  # noqa: S608 - a name of ours
            f"DELETE FROM {table} WHERE {number} = ?",  # noqa: S608 - a name of ours
        )


OF_PROMPTS = KeyTable.of("prompt")
OF_CHECKS = KeyTable.of("check")


class NotDestroyedError(StoreError):
    """A key was deleted, and its trace in the write-ahead log may still be there. Try again later."""


class KeyFile:
    """One random key of 32 bytes for each open prompt and check in which somebody pressed or wrote privately.

    Every method opens the file and lets it go. Raises StoreError where it cannot be used. An owner is the prompt or the
    check that a key belongs to.
    """

    def __init__(self, path: Path, table: KeyTable = OF_PROMPTS, turn: asyncio.Lock | None = None) -> None:
        self.path = path
        self._table = table
        self._turn = turn or asyncio.Lock()

    def of_checks(self) -> KeyFile:
        """Return the keys of checks, in the same file."""
        return KeyFile(self.path, OF_CHECKS, self._turn)

    async def prepare(self) -> None:
        """Make the folder and the file, for the bot's user alone, where they are not there yet."""
        await self._call(_nothing)

    async def make(self, owner_id: int) -> bytes:
        """Return an owner's key; make it where there is none."""
        return await self._call(lambda connection: _make(connection, self._table, owner_id))

    async def find(self, owner_ids: Collection[int]) -> Mapping[int, bytes]:
        """Return the keys of those of these owners that have one."""
        if not owner_ids or not self.path.exists():
            return {}
        return await self._call(lambda connection: _find(connection, self._table, owner_ids))

    async def owner_ids(self) -> frozenset[int]:
        """Return the owners that have a key."""
        return frozenset(await self._all())

    async def destroy(self, owner_ids: Collection[int]) -> None:
        """Delete keys, and empty the write-ahead log in which they stand. Repeating it changes nothing.

        Raises NotDestroyedError where the log could not be emptied, because another program reads the file.
        """
        if self.path.exists():
            gone = frozenset(owner_ids)
            await self._call(lambda connection: _destroy(connection, self._table, self.path, gone))

    async def _all(self) -> dict[int, bytes]:
        return await self._call(lambda connection: _read(connection, self._table)) if self.path.exists() else {}

    async def _call(self, step: Callable[[sqlite3.Connection], T]) -> T:
        async with self._turn:
            return await asyncio.to_thread(self._within, step)

    def _within(self, step: Callable[[sqlite3.Connection], T]) -> T:
        with _faults(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
                _prepare(connection, self._table)
                return step(connection)


def _prepare(connection: sqlite3.Connection, table: KeyTable) -> None:
    """Set the file up. SQLite refuses to begin a write-ahead log at once where two do so, without waiting by itself."""
    until = time.monotonic() + PATIENCE_MS / 1_000
    while True:
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute(table.create)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(RETRY_S)
        else:
            return


def _nothing(_connection: sqlite3.Connection) -> None:
    """Opening the file was all."""


def _read(connection: sqlite3.Connection, table: KeyTable) -> dict[int, bytes]:
    return dict(connection.execute(table.read).fetchall())


def _find(connection: sqlite3.Connection, table: KeyTable, owner_ids: Collection[int]) -> dict[int, bytes]:
    found = ((owner_id, connection.execute(table.find, (owner_id,)).fetchone()) for owner_id in owner_ids)
    return {owner_id: bytes(row[0]) for owner_id, row in found if row is not None}


def _make(connection: sqlite3.Connection, table: KeyTable, owner_id: int) -> bytes:
    connection.execute("BEGIN IMMEDIATE")
    new = os.urandom(KEY_BYTES)
    connection.execute(table.insert, (owner_id, new))
    (key,) = connection.execute(table.find, (owner_id,)).fetchone()
    connection.execute("COMMIT")
    return bytes(key)


def _destroy(connection: sqlite3.Connection, table: KeyTable, path: Path, owner_ids: frozenset[int]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(table.delete, [(owner_id,) for owner_id in owner_ids])
    connection.execute("COMMIT")
    # Also where nothing was deleted just now: the process may have died between the two.
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    log = path.with_name(f"{path.name}-wal")
    if busy or (log.exists() and log.stat().st_size):
        raise NotDestroyedError(STILL_THERE, path)


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error):
        raise StoreError(CANNOT_BE_USED, path) from None
