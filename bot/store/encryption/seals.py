"""Opens all that is sealed, to see what was changed by hand; nothing of what it says leaves this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Select, Table, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.encryption.sealer import ChangedRowError
from bot.store.repository import CHUNK, SealedRepository
from bot.store.schema.sealed_columns import SEALED, open_column, select_sealed
from bot.store.tables import reactions, secrets


@dataclass(frozen=True, slots=True)
class SealCheck:
    """How many rows are as the bot wrote them, and how many of each table are not, by its name."""

    rows: int
    changed: Mapping[str, int]


class SealStore(SealedRepository):
    """Verbs over everything that is sealed."""

    async def check(self) -> SealCheck:
        """Open every sealed row, at one moment. Raises WrongKeyError if a key is missing."""
        rows = 0
        changed: dict[str, int] = {}
        async with self._database.read() as connection:
            for table in SEALED:
                if table is secrets:  # opened at the start
                    continue
                opened, broken = await self._check_table(connection, table)
                rows += opened
                if broken:
                    changed[table.name] = broken
            sealed, forged = await self._check_reactions(connection)
        if forged:
            changed[reactions.name] = forged
        return SealCheck(rows + sealed, changed)

    async def _check_reactions(self, connection: AsyncConnection) -> tuple[int, int]:
        """Count the reactions that are as the bot wrote them, and those that are not. They hold no words to open."""
        key = tuple_(*reactions.primary_key)
        query = select(reactions).order_by(*reactions.primary_key).limit(CHUNK)
        last: tuple[object, ...] | None = None
        sealed = forged = 0
        while rows := await _read_raw(connection, query if last is None else query.where(key > last)):
            for row in rows:
                is_own = row["seal"] == self._pseudonyms.reaction(row["reply_id"], row["person"], row["emoji"])
                sealed, forged = sealed + is_own, forged + (not is_own)
            last = tuple(rows[-1][column.name] for column in reactions.primary_key)
        return sealed, forged

    async def _check_table(self, connection: AsyncConnection, table: Table) -> tuple[int, int]:
        key = tuple_(*table.primary_key)
        query = select_sealed(table).order_by(*table.primary_key).limit(CHUNK)
        last: tuple[object, ...] | None = None
        opened = broken = 0
        while rows := await _read_raw(connection, query if last is None else query.where(key > last)):
            for row in rows:
                try:
                    held = [open_column(self._sealer, table, row, column) for column in SEALED[table].columns]
                except ChangedRowError:
                    broken += 1
                else:
                    opened += any(held)
            last = tuple(rows[-1][column.name] for column in table.primary_key)
        return opened, broken


async def _read_raw(connection: AsyncConnection, query: Select[Any]) -> Sequence[RowMapping]:
    """Read rows as they lie in the file: what somebody wrote into a column by hand need not be what it is for."""
    written = str(query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    return (await connection.execute(text(written.replace(":", "\\:")))).mappings().all()
