"""The release of keyed rows: their owner's key is destroyed, and then they are written again as nobody's, once.

What is committed at each step allows no other order: an owner that ended takes no more rows, the key goes for certain,
and one transaction makes the rows nobody's and notes that it was done. Killed anywhere, it goes on from there.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.keyed.key_dates import KeyDate
from bot.store.keyed.owner_keys import refuse_without_key
from bot.store.keyed.rows import KeyedRows, OwnerT, RowT
from bot.store.keyed.withdrawals import erase_noted
from bot.store.schema.sealed_columns import select_sealed
from bot.store.tables import guilds

ReleasedT = TypeVar("ReleasedT")

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anything was stored: the date of what is over, whenever it was."""


class Releases(KeyedRows[OwnerT, RowT], Generic[OwnerT, RowT, ReleasedT]):
    """Verbs that end the link between people and their rows."""

    async def to_release(self) -> tuple[OwnerT, ...]:
        """Return the owners that ended and whose rows are not released, whether or not they have any."""
        owners = self.kind.owners
        waiting = owners.c.state == self.kind.ended, owners.c.released_at.is_(None), self._is_held(owners.c.guild_id)
        rows = await self._read_all(select(owners).where(*waiting).order_by(owners.c.id))
        return tuple(self._owner(row) for row in rows)

    async def release(self, owner: OwnerT, now: datetime) -> ReleasedT | None:
        """Destroy the key of an owner that ended for good, and then make its rows nobody's and share them.

        Returns what came of it; None also where it was released before, or is gone. However often it is cut short or
        repeated, that happens once. Raises UserError while the owner is open. Raises StoreError, with nothing released
        and nothing lost, where the file of keys is not the one that has, or had, the key of these rows; and, where the
        key is not gone for certain, NotDestroyedError: then try again later.
        """
        owners = self.kind.owners
        if await self._read_scalar(select(owners.c.state).where(owners.c.id == owner.id)) not in (
            None,
            self.kind.ended,
        ):
            raise UserError(self.kind.still_open)
        async with self._database.read() as connection:
            await refuse_without_key(connection, self._keys, owner, self.kind.owner_id.name)
        await self._keys.destroy((owner.id,))
        async with self._database.write() as connection:
            released = await self._release(connection, owner.id, now)
        await self._database.truncate_log()
        return released

    async def tidy(self) -> bool:
        """Destroy the keys of owners that are released or exist no more, and empty the database's log.

        It is about the file of keys, and so about every owner, whichever shards are held.
        False where somebody was reading, so that the log still holds what was erased: try again later. Raises
        NotDestroyedError as release does.
        """
        owners = self.kind.owners
        # The keys first: an owner whose key is made after that is in the database for certain.
        with_key = await self._keys.dates()
        rows = await self._read_all(select(owners.c.id, owners.c.claim).where(owners.c.released_at.is_(None)))
        unreleased = {row["id"]: row["claim"] for row in rows}
        await self._keys.destroy(
            [number for number, date in with_key.items() if date.claim not in ("", unreleased.get(number))]
            + [number for number in with_key if number not in unreleased]
        )
        return await self._database.truncate_log()

    async def follow_keys(self, now: datetime) -> None:
        """Let what the file of keys says of dates hold, where the database was restored or altered and says otherwise.

        An owner that is open ends no later than its key does, and at once where its key was destroyed. A file from
        before keys had dates gets them here, once. Repeating it changes nothing. It is about the whole file of keys,
        whichever shards are held.
        """
        owners, ends_at = self.kind.owners, self.kind.ends_at
        columns = (owners.c.id, owners.c.claim, owners.c.state, ends_at.label("ends_at"))
        unreleased = await self._read_all(select(*columns).where(owners.c.released_at.is_(None)))
        said = {row["id"]: KeyDate(row["claim"], row["ends_at"]) for row in unreleased}
        await self._keys.adopt(said, {row["id"]: row["claim"] for row in unreleased if row["state"] == self.kind.ended})
        dates, ended = await self._keys.dates(), await self._keys.ended()
        for row in unreleased:
            held = dates.get(row["id"])
            end = None if held is None or held.claim != row["claim"] else held.ends_at
            if held is None and ended.get(row["id"]) == row["claim"]:
                end = now
            if end is not None and end < row["ends_at"]:
                this = owners.c.id == row["id"]
                await self._write(update(owners).where(this).values({ends_at.name: max(end, FIRST)}))

    async def give_up_key(self, owner: OwnerT) -> None:
        """Note that an owner's key is lost for good: its rows are released without it, since nobody has it."""
        if not await self._keys.find((owner.id,)):
            await self._keys.note_ended(owner.id, owner.claim)

    @abstractmethod
    def _disown(self, row: RowMapping) -> dict[str, Any] | None:
        """Return the values to write in a row's place, sealed under the first key with no author: ``person`` is None.

        None where the row goes for good.
        """

    @abstractmethod
    async def _share(
        self, connection: AsyncConnection, owner: OwnerT, rows: Sequence[RowMapping], today: date
    ) -> ReleasedT | None:
        """Put what was released where others may read it; ``rows`` are as they were before."""

    async def _release(self, connection: AsyncConnection, owner_id: int, now: datetime) -> ReleasedT | None:
        owners, rows = self.kind.owners, self.kind.rows
        ended = owners.c.id == owner_id, owners.c.state == self.kind.ended, owners.c.released_at.is_(None)
        noted = await connection.execute(update(owners).where(*ended).values(released_at=now).returning(owners))
        row = noted.mappings().first()
        if row is None:
            return None
        zone = await connection.scalar(select(guilds.c.time_zone).where(guilds.c.id == row["guild_id"]))
        today = now.astimezone(ZoneInfo(zone or "UTC")).date()
        of_owner = self.kind.owner_id == owner_id
        await erase_noted(connection, self._database, self._pseudonyms, rows, of_owner)
        held = (await connection.execute(select_sealed(rows).where(of_owner).order_by(rows.c.id))).mappings().all()
        await connection.execute(delete(rows).where(of_owner))
        # In the order of their random ids: within a page of the file, rows lie as they were written.
        disowned = (values for row in held if (values := self._disown(row)) is not None)
        fresh = sorted(disowned, key=lambda values: str(values["id"]))
        if fresh:
            await connection.execute(insert(rows), fresh)
        return await self._share(connection, self._owner(row), held, today)
