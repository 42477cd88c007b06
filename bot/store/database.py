"""The engine: one writer at a time, readers beside it, and SQLite's faults turned into clear sentences."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, event, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import UserError
from bot.models.shards import EVERY_SHARD, SHIFT, Shards
from bot.store.schema.conversation import meta

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert

    from bot.store.erasure_journal import ErasureJournal, Mark

APPLIED = "erasures applied"
BUSY_MS = 15_000
LOG_PATIENCE_MS = 1_000
"""How long emptying the log waits for readers; writers wait meanwhile."""
CLOSING_LOOKS = 2_000
CLOSING_LOOK_S = 0.005

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


class StoreError(UserError):
    """The database cannot be used as it is; the text says why and what to do."""

    def __init__(self, sentence: str, path: Path | None = None) -> None:
        super().__init__(sentence.format(path=path))
        self._sentence = sentence

    @property
    def public(self) -> str:
        """Return the text without the place of the file."""
        return self._sentence.replace(" at {path}", "")


class Database:
    """A SQLite file behind two engines: one connection that writes, a few that only read.

    ``held`` are the shards whose servers are meant where all servers are asked for. ``is_beside`` says that this
    program is not the bot, which has to be told of what is changed here.
    """

    def __init__(
        self,
        path: Path,
        journal: ErasureJournal | None = None,
        held: Shards = EVERY_SHARD,
        *,
        is_beside: bool = False,
    ) -> None:
        self.path = path
        self.journal = journal
        self.held = held
        self.is_beside = is_beside
        self._erased: list[Mark] | None = None
        self._closed = False
        self._turn = asyncio.Lock()
        self._writer = _engine(path, pool_size=1, begin="BEGIN IMMEDIATE")
        self._readers = _engine(path, pool_size=4, begin="BEGIN", pragmas=("query_only = ON",))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes. Commits at the end, rolls back on any error.

        Writers take turns here, so that nobody meets "database is locked". What was noted as erased is in the journal
        before it is gone from here. Raises StoreError for the faults of a disk or a file.
        """
        async with self._turn, self._begin(self._writer) as connection:
            self._erased = []
            yield connection
            if self._erased and self.journal is not None:
                await self._keep_journal(connection, self.journal, self._erased)

    @asynccontextmanager
    async def write_again(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes, of which nothing is noted as erased: it does what the journal says."""
        async with self._turn, self._begin(self._writer) as connection:
            self._erased = None
            yield connection

    def note_erased(self, *marks: Mark) -> None:
        """Note what the transaction that is open for writing erases."""
        if self._erased is not None:
            self._erased += marks

    async def _keep_journal(self, connection: AsyncConnection, journal: ErasureJournal, marks: Sequence[Mark]) -> None:
        """Write to the journal first. Killed before the commit, the erasing is done at the next start."""
        known = await read_applied(connection)
        before, last = await asyncio.to_thread(journal.append, tuple(marks), known)
        if before == known:  # else something is noted that was never done, and the next start does it
            await keep_applied(self, connection, last)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a consistent view of the last commit; it never waits for a writer."""
        async with self._begin(self._readers) as connection:
            yield connection

    async def truncate_log(self) -> bool:
        """Empty the write-ahead log, which holds erased words. False if somebody is reading just now: try later."""
        if self._writer.dialect.name != "sqlite":
            return True
        self._refuse_closed()
        with translate_faults(self.path):
            async with self._turn, self._writer.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await _pragma(driver, f"busy_timeout = {LOG_PATIENCE_MS}")
                ((busy, *_),) = await _pragma(driver, "wal_checkpoint(TRUNCATE)")
                await _pragma(driver, f"busy_timeout = {BUSY_MS}")
        return not busy

    @asynccontextmanager
    async def _begin(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        self._refuse_closed()
        with translate_faults(self.path):
            async with engine.begin() as connection:
                yield connection

    def is_held(self, guild_id: ColumnElement[int]) -> ColumnElement[bool]:
        """Return the condition that a column of servers' ids names one of the shards that this program holds."""
        if self.held.are_all:
            return true()
        return (guild_id.bitwise_rshift(SHIFT) % self.held.count).in_(sorted(self.held.held))

    def _refuse_closed(self) -> None:
        if self._closed:  # the engine would open the file again, and nothing would close it
            raise StoreError("The bot is stopping. Try again when it is back.")

    def insert(self, table: Table) -> SqliteInsert | PostgresInsert:
        """Return an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update`` in this dialect."""
        if self._writer.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    async def close(self) -> None:
        """Let the file go, once what is under way has ended or was undone; nothing new begins."""
        self._closed = True
        for _ in range(CLOSING_LOOKS):
            if not any(engine.pool.checkedout() for engine in (self._writer, self._readers)):  # type: ignore[attr-defined]
                break
            await asyncio.to_thread(time.sleep, CLOSING_LOOK_S)
        await self._readers.dispose()
        await self._writer.dispose()


async def read_applied(connection: AsyncConnection) -> int:
    """Return the number of the last erasure that this database knows of."""
    value = await connection.scalar(select(meta.c.value).where(meta.c.name == APPLIED))
    return int(value or 0)


async def keep_applied(database: Database, connection: AsyncConnection, number: int) -> None:
    """Note the number of the last erasure that this database knows of."""
    put = database.insert(meta).values(name=APPLIED, value=str(number))
    await connection.execute(put.on_conflict_do_update(index_elements=["name"], set_={"value": str(number)}))


async def _pragma(driver: Any, text: str) -> list[Any]:
    """Run a pragma of SQLite and return what it answers, outside of any transaction."""
    cursor = await driver.execute(f"PRAGMA {text}")
    rows: list[Any] = list(await cursor.fetchall())
    await cursor.close()
    return rows


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


def _engine(path: Path, *, pool_size: int, begin: str, pragmas: tuple[str, ...] = ()) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,  # every use here ends its own transaction; one more rollback is one more hop
        hide_parameters=True,  # an error's text would hold them
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
