"""Servers and what their managers have set; also the program's own small notes (which commands were synced)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.models.settings import GuildSettings
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms
from bot.store.erasure.journal import Erased, Mark
from bot.store.repository import Repository
from bot.store.tables import guilds, meta


class SettingsStore(Repository):
    """Verbs over the tables guilds and meta."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms) -> None:
        super().__init__(database)
        self._pseudonyms = pseudonyms

    async def of(self, guild_id: int) -> GuildSettings:
        """Return a server's settings; the defaults where nothing was set."""
        row = await self._read_first(select(guilds).where(guilds.c.id == guild_id))
        if row is None:
            return GuildSettings(guild_id)
        values = {name: value for name, value in row.items() if name not in ("id", "left_at", "weekly_told_at")}
        return GuildSettings(guild_id, **{**values, "removed_words": tuple(values["removed_words"])})

    async def removed_words(self) -> Mapping[int, tuple[str, ...]]:
        """Return the words that servers want removed from replies, by server; those that set none are left out."""
        rows = await self._read_all(select(guilds.c.id, guilds.c.removed_words).where(self._is_held(guilds.c.id)))
        return {row["id"]: tuple(row["removed_words"]) for row in rows if row["removed_words"]}

    async def save(self, settings: GuildSettings) -> None:
        """Store all of a server's settings."""
        values = {name: value for name, value in asdict(settings).items() if name != "guild_id"}
        await self._upsert(guilds, {"id": settings.guild_id}, values)

    async def change(self, guild_id: int, **values: Any) -> GuildSettings:
        """Store some of a server's settings, by the names of GuildSettings' fields, and return all of them."""
        await self._upsert(guilds, {"id": guild_id}, values)
        return await self.of(guild_id)

    async def join(self, guild_ids: Sequence[int]) -> None:
        """Note the servers that the bot is in. A server that it was invited back to keeps all it had."""
        if not guild_ids:
            return
        insert = self._database.insert(guilds).on_conflict_do_update(index_elements=["id"], set_={"left_at": None})
        async with self._database.write() as connection:
            await connection.execute(insert, [{"id": guild_id} for guild_id in guild_ids])

    async def leave(self, guild_id: int, now: datetime) -> None:
        """Note that the bot was removed from a server; nothing is erased yet."""
        await self._write(update(guilds).where(guilds.c.id == guild_id, guilds.c.left_at.is_(None)).values(left_at=now))

    async def erase_left(self, before: datetime, *, present: Collection[int] = ()) -> int:
        """Erase everything of the servers that the bot left before a moment. Returns how many.

        Those of ``present`` invited it back, and it may not be noted yet.
        """
        left = guilds.c.left_at < before, self._is_held(guilds.c.id)
        async with self._database.write() as connection:
            due = (await connection.execute(select(guilds.c.id).where(*left))).scalars().all()
            gone = [guild_id for guild_id in due if guild_id not in present]
            for guild_id in gone:
                await connection.execute(delete(guilds).where(guilds.c.id == guild_id))
            marks = (self._pseudonyms.erased(Erased.GUILD, guild_id) for guild_id in gone)
            self._database.note_erased(*(Mark(Erased.GUILD, mark) for mark in marks))
        return len(gone)

    async def guild_ids(self) -> tuple[int, ...]:
        """Return the servers that the bot is in."""
        query = select(guilds.c.id).where(guilds.c.left_at.is_(None), self._is_held(guilds.c.id)).order_by(guilds.c.id)
        return tuple(await self._read_scalars(query))

    async def note(self, name: str) -> str | None:
        """Return a note of the program itself, or None."""
        value = await self._read_scalar(select(meta.c.value).where(meta.c.name == name))
        return None if value is None else str(value)

    async def keep_note(self, name: str, value: str) -> None:
        """Keep a note of the program itself."""
        await self._upsert(meta, {"name": name}, {"value": value})
