"""The keys of open prompts and checks, in a small file of their own that backups of the database do not take.

Two machines keep them on a server instead: see bot.store.postgres.key_server.
A prompt's key makes the pseudonyms of those who sent it private replies or pressed about its statements, a check's
those of people who pressed or wrote there. Without the key, nobody can make them again. So it is destroyed at the end,
and nothing keeps one in memory longer than a call. See key_file for how the file is laid out.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.models.database_server import Place
from bot.store.database import StoreError
from bot.store.encryption.sealer import KEY_BYTES
from bot.store.keyed.key_dates import OVER, KeyDate, read_date, write_date
from bot.store.keyed.key_file import (
    OF_CHECKS,
    OF_MARKS,
    OF_PROMPTS,
    FileContents,
    KeyTable,
    bring_up_to_date,
    claim_for,
    read_contents,
)
from bot.store.keyed.key_store import HAS_ENDED, EndedError, NotDestroyedError

__all__ = ["HAS_ENDED", "OVER", "EndedError", "KeyDate", "KeyFile", "NotDestroyedError"]

T = TypeVar("T")

PATIENCE_MS = 5_000
RETRY_S = 0.01
OWN_FOLDER = "prompt-keys"

CANNOT_BE_USED = (
    "The file of prompt keys at {path} can’t be used. Give the bot’s user the right to write it and its folder, and "
    "check WARD_PROMPT_KEYS and the disk. Private replies and taps can’t be taken or released until then."
)
STILL_THERE = (
    "The bot can’t be sure that it destroyed an old key at {path}: another program has the file open. Close that "
    "program. The bot will try again."
)
OTHER_DATABASE = (
    "The file of prompt keys at {path} belongs to another database. Set WARD_PROMPT_KEYS to the file that was used "
    "with this one. Until then, private replies and taps are neither taken nor released, and nothing is lost."
)
NO_KEY = (
    "The file of prompt keys at {path} is missing the key of a question or a check that people answered, so their taps "
    "can’t be counted and their private replies aren’t released. Set WARD_PROMPT_KEYS to the file that the bot uses. "
    "If that file is lost for good, run the command tidy with --keys-lost: it gives these taps up and releases the "
    "rest."
)
_PRIMARY = 0xFF
"""The part of SQLite's extended codes that names the kind of error."""
PRAGMAS = (f"busy_timeout = {PATIENCE_MS}", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")


class KeyFile:
    """Keys in a file. Every method opens it and lets it go.

    Raises StoreError if it cannot be used, or belongs to another database than the one that ``database`` is a mark of.
    """

    def __init__(
        self, path: Path, table: KeyTable = OF_PROMPTS, turn: asyncio.Lock | None = None, *, database: str = ""
    ) -> None:
        self.path = path
        self._table = table
        self._turn = turn or asyncio.Lock()
        self._database = database

    @property
    def place(self) -> Place:
        """Where the keys are."""
        return self.path

    def of_checks(self) -> KeyFile:
        """Return the keys of checks, in the same file."""
        return KeyFile(self.path, OF_CHECKS, self._turn, database=self._database)

    def of_marks(self) -> KeyFile:
        """Return the salts of the marks of erased reactions, by prompt, in the same file."""
        return KeyFile(self.path, OF_MARKS, self._turn, database=self._database)

    async def prepare(self, *, may_write: bool = True) -> None:
        """Make the folder and the file, for the bot's user alone, if they are not there yet."""
        if may_write:
            await self._call(_nothing)

    async def make(self, owner_id: int, claim: str = "", ends_at: datetime | None = None) -> bytes:
        """Return an owner's key; make it if there is none, with the date at which it has to end.

        The date of a key that is there stays. Raises EndedError if this owner's key was destroyed.
        """
        return await self._call(lambda connection: _make(connection, self._table, owner_id, claim, ends_at))

    async def find(self, owner_ids: Collection[int]) -> Mapping[int, bytes]:
        """Return the keys of those of these owners that have one."""
        if not owner_ids or not self.path.exists():
            return {}
        return await self._call(lambda connection: _find(connection, self._table, owner_ids))

    async def owner_ids(self) -> frozenset[int]:
        """Return the owners that have a key."""
        return frozenset(await self.dates())

    async def dates(self) -> Mapping[int, KeyDate]:
        """Return until when each key may last, by its owner; OVER where somebody altered its date."""
        return await self._call(lambda connection: _dates(connection, self._table)) if self.path.exists() else {}

    async def ended(self) -> Mapping[int, str]:
        """Return the owners whose key was destroyed, with their claims."""
        if not self.path.exists():
            return {}
        return await self._call(lambda connection: dict(connection.execute(self._table.read_ended).fetchall()))

    async def adopt(self, dates: Mapping[int, KeyDate], ended: Mapping[int, str]) -> None:
        """Complete a file from before keys had dates, once, from what the database says.

        ``dates`` are those of unreleased owners; ``ended`` are owners whose key had been destroyed and whose rows were
        not released when the program stopped.
        """
        if self.path.exists():
            await self._call(lambda connection: _adopt(connection, self._table, dates, ended))

    async def note_ended(self, owner_id: int, claim: str) -> None:
        """Note that an owner's key is lost for good, so that its rows can be released without it."""
        await self._call(lambda connection: connection.execute(self._table.note_ended, (owner_id, claim)).fetchall())

    async def destroy(self, owner_ids: Collection[int]) -> None:
        """Delete keys, note that they were destroyed, and empty the write-ahead log that still holds them.

        Repeating it changes nothing. Raises NotDestroyedError if the log could not be emptied, because another
        program reads the file.
        """
        if self.path.exists():
            gone = frozenset(owner_ids)
            await self._call(lambda connection: _destroy(connection, self._table, self.path, gone))

    async def read_all(self) -> FileContents:
        """Return all that the file holds, to be moved to a server."""
        return await self._call(read_contents)

    async def destroy_file(self) -> None:
        """Destroy every key, and then the file with all that lies beside it: its keys have another home now."""
        for home in (self, self.of_checks(), self.of_marks()):
            await home.destroy(await home.owner_ids())
        for end in ("-wal", "-shm", ""):  # the file last: while it is there, the move is not done
            await asyncio.to_thread(self.path.with_name(f"{self.path.name}{end}").unlink, missing_ok=True)

    def missing(self) -> StoreError:
        """Return the error that says that a key is missing under which something lies."""
        return StoreError(NO_KEY, self.path)

    async def close(self) -> None:
        """Do nothing: no method leaves the file open."""

    async def _call(self, step: Callable[[sqlite3.Connection], T]) -> T:
        async with self._turn:
            return await asyncio.to_thread(self._within, step)

    def _within(self, step: Callable[[sqlite3.Connection], T]) -> T:
        with _faults(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
                _prepare(connection)
                if self._database and not claim_for(connection, self._database):
                    raise StoreError(OTHER_DATABASE, self.path)
                return step(connection)


def _prepare(connection: sqlite3.Connection) -> None:
    """Set the file up. SQLite refuses to begin a write-ahead log at once where two do so, without waiting by itself."""
    until = time.monotonic() + PATIENCE_MS / 1_000
    while True:
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            bring_up_to_date(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(RETRY_S)
        else:
            return


def _nothing(_connection: sqlite3.Connection) -> None:
    """Opening the file was all."""


def _find(connection: sqlite3.Connection, table: KeyTable, owner_ids: Collection[int]) -> dict[int, bytes]:
    rows = ((owner_id, connection.execute(table.find, (owner_id,)).fetchone()) for owner_id in owner_ids)
    return {owner_id: bytes(row[0]) for owner_id, row in rows if row is not None}


def _dates(connection: sqlite3.Connection, table: KeyTable) -> dict[int, KeyDate]:
    return {row[0]: read_date(table.keys, *row) for row in connection.execute(table.read).fetchall()}


def _make(
    connection: sqlite3.Connection, table: KeyTable, owner_id: int, claim: str, ends_at: datetime | None
) -> bytes:
    with _transaction(connection):
        row = connection.execute(table.find, (owner_id,)).fetchone()
        if row is not None and (not claim or row[1] in (None, claim)):
            return bytes(row[0])
        if row is not None:  # its number was that of another, which was erased
            connection.execute(table.delete, (owner_id,))
        elif claim and connection.execute(table.find_ended, (owner_id, claim)).fetchone() is not None:
            raise EndedError(HAS_ENDED)
        new = os.urandom(KEY_BYTES)
        connection.execute(table.insert, (owner_id, new, *write_date(table.keys, new, owner_id, claim, ends_at)))
    return new


def _adopt(
    connection: sqlite3.Connection, table: KeyTable, dates: Mapping[int, KeyDate], ended: Mapping[int, str]
) -> None:
    with _transaction(connection):
        held = {row[0]: row for row in connection.execute(table.read).fetchall()}
        for owner_id, key, claim, *_ in held.values():
            if claim is None and owner_id in dates:
                date = dates[owner_id]
                dated = write_date(table.keys, bytes(key), owner_id, date.claim, date.ends_at)
                connection.execute(table.set_date, (*dated, owner_id))
        if connection.execute(table.is_adopted).fetchone() is None:
            lost = [(owner_id, claim) for owner_id, claim in ended.items() if owner_id not in held]
            connection.executemany(table.note_ended, lost)
            connection.execute(table.note_adopted)


def _destroy(connection: sqlite3.Connection, table: KeyTable, path: Path, owner_ids: frozenset[int]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(table.end, [(owner_id,) for owner_id in owner_ids])
    connection.executemany(table.delete, [(owner_id,) for owner_id in owner_ids])
    connection.execute("COMMIT")
    # Also where nothing was deleted just now: the process may have died between the two.
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    log = path.with_name(f"{path.name}-wal")
    if busy or (log.exists() and log.stat().st_size):
        raise NotDestroyedError(STILL_THERE, path)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error):
        raise StoreError(CANNOT_BE_USED, path) from None
