"""What a database engine has to be able to do, and the choice of one: SQLite in a file, or a PostgreSQL server.

Repositories ask for these verbs alone, so that none of them knows which engine it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import ColumnElement, Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.models.database_server import Place
from bot.models.database_state import Size
from bot.store.fence import Fence

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert


class Engine(Protocol):
    """One connection that writes, in turn with every other program, and a few that only read.

    Each verb raises StoreError, in a clear sentence, for what is wrong with the disk, the file or the server.
    """

    writer: AsyncEngine
    readers: AsyncEngine

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open the transaction of the one writer. Commits at the end, rolls back on any error."""

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a consistent view of the last commit, which cannot write."""

    def insert(self, table: Table) -> SqliteInsert | PostgresInsert:
        """Return an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""

    def is_among(self, column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
        """Return the condition that a column of text has one of the values, where there may be hundreds of them."""

    async def insert_new(self, connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]) -> int:
        """Insert in bulk those of the rows that conflict with none that is there. Returns how many.

        Every row has the same columns in the same order.
        """

    async def truncate_log(self) -> bool:
        """Empty the write-ahead log where erased words could be read. False if that has to wait.

        True where the log is not this program's: what is said of erasing on such a server is in the documents.
        """

    async def measure(self) -> Size:
        """Return how much room the database takes; zeros while it cannot be asked."""

    def is_idle(self) -> bool:
        """Tell whether nothing has a connection of this engine."""

    async def close(self) -> None:
        """Let every connection go."""


def choose_engine(place: Place, fence: Fence | None = None) -> Engine:
    """Return the engine of a database, not connected yet. Raises StoreError where its driver is not installed.

    ``fence`` is what a bot holds of a database on a server. A file is locked for one bot alone.
    """
    if isinstance(place, Path):
        from bot.store.sqlite.engine import SqliteEngine

        return SqliteEngine(place)
    from bot.store.postgres.engine import PostgresEngine

    return PostgresEngine(place, fence)
