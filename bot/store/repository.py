"""What all repositories are built on: rows read and written in one call, words sealed for their row, rows in bulk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Delete, Executable, RowMapping, Select, Table, Update, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.slices import iterate_in_slices
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased, Mark
from bot.store.schema.sealed_columns import Row, change_sealed, open_column, seal_column

# SQLite takes at most 32,766 values in one statement; this keeps well below, in PostgreSQL too.
CHUNK = 500
PAGE = 2_000
"""Rows that are read in one go, where there may be any number."""


class Repository:
    """One transaction for a call: what reads or writes more than one thing at once begins its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _is_held(self, guild_id: ColumnElement[int]) -> ColumnElement[bool]:
        """Return what every function that speaks of all servers asks of a row: that its server is this program's."""
        return self._database.is_held(guild_id)

    def _is_of_held(self, owner_id: ColumnElement[int], owners: Table) -> ColumnElement[bool]:
        """Return the same for a row that names a server's prompt, series or the like, and not the server itself."""
        if self._database.held.are_all:
            return true()
        return owner_id.in_(select(owners.c.id).where(self._is_held(owners.c.guild_id)))

    async def _read_all(self, query: Executable) -> Sequence[RowMapping]:
        """Read every row of a query."""
        async with self._database.read() as connection:
            return (await connection.execute(query)).mappings().all()

    async def _read_first(self, query: Executable) -> RowMapping | None:
        """Read the first row of a query; None if it has none."""
        async with self._database.read() as connection:
            return (await connection.execute(query)).mappings().first()

    async def _read_one(self, query: Executable, missing: str) -> RowMapping:
        """Read the first row of a query. Raises UserError with the sentence ``missing`` if it has none."""
        row = await self._read_first(query)
        if row is None:
            raise UserError(missing)
        return row

    async def _read_scalars(self, query: Executable) -> Sequence[Any]:
        """Read the first column of every row of a query."""
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalars().all()

    async def _read_scalar(self, query: Executable) -> Any:
        """Read the first column of a query's first row; None if it has none."""
        async with self._database.read() as connection:
            return await connection.scalar(query)

    async def _write(self, statement: Update | Delete) -> int:
        """Run one statement that changes rows or deletes them, and return how many."""
        async with self._database.write() as connection:
            return await write_rows(connection, statement)

    async def _write_first(self, statement: Executable) -> RowMapping | None:
        """Run one statement that returns rows, and return the first; None if it has none."""
        async with self._database.write() as connection:
            return (await connection.execute(statement)).mappings().first()

    async def _upsert(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Insert a row, or set the values of the one that has the key."""
        insert = self._database.insert(table).values(**key, **values)
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=values))


class SealedRepository(Repository):
    """A repository of rows that hold people's words sealed, or are under their pseudonyms."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms) -> None:
        super().__init__(database)
        self._sealer = sealer
        self._pseudonyms = pseudonyms

    def _seal(self, table: Table, row: Row, text: str, column: str = "sealed") -> dict[str, Any]:
        """Return the values that hold words of a new row, sealed for it; ``row`` has what is bound into them."""
        return seal_column(self._sealer, table, row, text, column)

    async def _reseal(
        self,
        connection: AsyncConnection,
        table: Table,
        *wanted: ColumnElement[bool],
        values: Mapping[str, Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> int:
        """Change rows, and seal what they hold again for what they are then. Returns how many."""
        return await connection.run_sync(change_sealed, self._sealer, table, wanted, values, words)

    def _note_erased(self, kind: Erased, *names: object) -> None:
        """Note in the journal what the transaction that is open for writing erases."""
        self._database.note_erased(*(Mark(kind, self._pseudonyms.erased(kind, name)) for name in names))

    def _open(self, table: Table, row: Row, column: str = "sealed") -> str:
        """Open the words of a row; "" where it has none."""
        return open_column(self._sealer, table, row, column)


async def write_rows(connection: AsyncConnection, statement: Update | Delete) -> int:
    """Run a statement that changes rows or deletes them, and return how many it found.

    The drivers of both engines count these right. They don't for an INSERT that may find a row there already: that one
    says with RETURNING what it did.
    """
    return (await connection.execute(statement)).rowcount


def chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Return the items in runs that fit into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


async def read_in_pages(
    connection: AsyncConnection, query: Select[Any], key: ColumnElement[int]
) -> AsyncIterator[RowMapping]:
    """Yield the rows of a query in the order of ``key``, a column of it that no two rows share.

    The loop is free in between. The driver hands over all rows of a statement in one go, so there are several.
    """
    page, last = query, None
    while True:
        count = 0
        async for row in iterate_in_slices((await connection.execute(page.order_by(key).limit(PAGE))).mappings()):
            yield row
            last, count = row[key], count + 1
        if count < PAGE:
            return
        page = query.where(key > last)
