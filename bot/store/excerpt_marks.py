"""Marks: the excerpts that a server's facilitators want to use next, shared by all of them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.repository import Repository
from bot.store.tables import excerpts, marks, sources

NOTHING_MARKED = "Nothing is marked now. Someone made a series of it or removed the marks."


class ExcerptMarkStore(Repository):
    """Verbs over the table marks. To mark twice, or to take off twice, is to do it once."""

    async def of_guild(self, guild_id: int) -> tuple[int, ...]:
        """Return the ids of the marked excerpts, in the order of their sources."""
        query = (
            select(marks.c.excerpt_id)
            .join(excerpts, excerpts.c.id == marks.c.excerpt_id)
            .where(marks.c.guild_id == guild_id)
            .order_by(excerpts.c.source_id, excerpts.c.position)
        )
        return tuple(await self._read_scalars(query))

    async def add(self, guild_id: int, excerpt_ids: Collection[int]) -> None:
        """Mark excerpts to use; those that the server does not have are left out."""
        own = (
            select(sources.c.guild_id, excerpts.c.id)
            .join(sources, sources.c.id == excerpts.c.source_id)
            .where(sources.c.guild_id == guild_id, excerpts.c.id.in_(excerpt_ids))
        )
        insert = self._database.insert(marks).from_select(["guild_id", "excerpt_id"], own)
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_nothing())

    async def remove(self, guild_id: int, excerpt_ids: Collection[int]) -> None:
        """Take marks off."""
        await self._write(delete(marks).where(marks.c.guild_id == guild_id, marks.c.excerpt_id.in_(excerpt_ids)))


async def take_marks(connection: AsyncConnection, guild_id: int) -> tuple[int, ...]:
    """Take all marks of a server off within a transaction, and return their excerpts in the order of their sources.

    Raises UserError if there are none.
    """
    gone = delete(marks).where(marks.c.guild_id == guild_id).returning(marks.c.excerpt_id)
    excerpt_ids = (await connection.execute(gone)).scalars().all()
    if not excerpt_ids:
        raise UserError(NOTHING_MARKED)
    in_order = select(excerpts.c.id).where(excerpts.c.id.in_(excerpt_ids))
    in_order = in_order.order_by(excerpts.c.source_id, excerpts.c.position)
    return tuple((await connection.execute(in_order)).scalars().all())
