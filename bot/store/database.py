"""The database that all repositories share: one writer at a time, readers beside it, and the journal of erasures.

What differs between SQLite and PostgreSQL is in their engines: see bot.store.engine.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Integer, Table, literal_column, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.database_server import Place
from bot.models.database_state import Size
from bot.models.shards import EVERY_SHARD, SHIFT, Shards
from bot.store.engine import choose_engine
from bot.store.faults import StoreError
from bot.store.fence import Fence
from bot.store.schema.conversation import meta

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert

    from bot.store.erasure.journal import Journal, Mark

__all__ = ["APPLIED", "Database", "StoreError", "keep_applied", "read_applied"]

APPLIED = "erasures applied"
CLOSING_LOOKS = 2_000
CLOSING_LOOK_S = 0.005


class Database:
    """A database, wherever it is, behind the verbs of its engine.

    ``held`` are the shards whose servers are meant where all servers are asked for. ``is_beside`` says that this
    program is not the bot, which has to be told of what is changed here. ``fence`` is what a bot has to hold, where
    the database is on a server.
    """

    def __init__(
        self,
        place: Place,
        journal: Journal | None = None,
        held: Shards = EVERY_SHARD,
        *,
        is_beside: bool = False,
        fence: Fence | None = None,
    ) -> None:
        self.place = place
        self.journal = journal
        self.held = held
        self.is_beside = is_beside
        self._erased: list[Mark] | None = None
        self._closed = False
        self._turn = asyncio.Lock()
        self._engine = choose_engine(place, fence)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes. Commits at the end, rolls back on any error.

        Writers take turns here, so that nobody meets "database is locked". What was noted as erased is in the journal
        before it is gone from here. Raises StoreError for the faults of a disk or a file.
        """
        async with self._turn, self._begin(self._engine.write) as connection:
            self._erased = []
            yield connection
            if self._erased and self.journal is not None:
                await self._keep_journal(connection, self.journal, self._erased)

    @asynccontextmanager
    async def write_again(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes, of which nothing is noted as erased: it does what the journal says."""
        async with self._turn, self._begin(self._engine.write) as connection:
            self._erased = None
            yield connection

    def note_erased(self, *marks: Mark) -> None:
        """Note what the transaction that is open for writing erases."""
        if self._erased is not None:
            self._erased += marks

    async def _keep_journal(self, connection: AsyncConnection, journal: Journal, marks: Sequence[Mark]) -> None:
        """Write to the journal first. Killed before the commit, the erasing is done at the next start."""
        known = await read_applied(connection)
        before, last = await asyncio.to_thread(journal.append, tuple(marks), known)
        if before == known:  # else something is noted that was never done, and the next start does it
            await keep_applied(self, connection, last)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a consistent view of the last commit; it never waits for a writer."""
        async with self._begin(self._engine.read) as connection:
            yield connection

    async def truncate_log(self) -> bool:
        """Empty the write-ahead log, if it is this program's. False if somebody is reading just now: try later."""
        self._refuse_closed()
        async with self._turn:
            return await self._engine.truncate_log()

    async def measure(self) -> Size:
        """Return how much room the database takes."""
        return await self._engine.measure()

    @asynccontextmanager
    async def _begin(
        self, opening: Callable[[], AbstractAsyncContextManager[AsyncConnection]]
    ) -> AsyncIterator[AsyncConnection]:
        self._refuse_closed()
        async with opening() as connection:
            yield connection

    def is_held(self, guild_id: ColumnElement[int]) -> ColumnElement[bool]:
        """Return the condition that a column of servers' ids names one of the shards that this program holds."""
        if self.held.are_all:
            return true()
        # As a bound value it would be as wide as the id, which PostgreSQL does not take.
        shift = literal_column(str(SHIFT), Integer)
        return (guild_id.bitwise_rshift(shift) % self.held.count).in_(sorted(self.held.held))

    def _refuse_closed(self) -> None:
        if self._closed:  # the engine would open the file again, and nothing would close it
            raise StoreError("The bot is stopping. Try again when it is back.")

    def insert(self, table: Table) -> SqliteInsert | PostgresInsert:
        """Return an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update`` in this dialect."""
        return self._engine.insert(table)

    def is_among(self, column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
        """Return the condition that a column of text has one of the values, where there may be hundreds of them."""
        return self._engine.is_among(column, values)

    async def insert_new(self, connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]) -> int:
        """Insert in bulk those of the rows that conflict with none that is there. Returns how many.

        Every row has the same columns in the same order.
        """
        return await self._engine.insert_new(connection, table, rows)

    async def close(self) -> None:
        """Let the file go, once what is under way has ended or was undone; nothing new begins."""
        self._closed = True
        for _ in range(CLOSING_LOOKS):
            if self._engine.is_idle():
                break
            await asyncio.to_thread(time.sleep, CLOSING_LOOK_S)
        await self._engine.close()


async def read_applied(connection: AsyncConnection) -> int:
    """Return the number of the last erasure that this database knows of."""
    value = await connection.scalar(select(meta.c.value).where(meta.c.name == APPLIED))
    return int(value or 0)


async def keep_applied(database: Database, connection: AsyncConnection, number: int) -> None:
    """Note the number of the last erasure that this database knows of."""
    put = database.insert(meta).values(name=APPLIED, value=str(number))
    await connection.execute(put.on_conflict_do_update(index_elements=["name"], set_={"value": str(number)}))
