"""What people chose for themselves: their group, whether they may be quoted, written to, or collected from at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import select

from bot.errors import UserError
from bot.models.people import STAFF_GROUPS, Choices, Silence
from bot.store.choices import ChoiceRows, Kept, started, stopped
from bot.store.database import Database
from bot.store.encryption import Pseudonyms, Sealer
from bot.store.tables import people

NO_GROUP = "That is not one of the staff groups. Choose one from the list."


class Choosing(TypedDict, total=False):
    """What a person can choose by a word; stopping and starting need a moment besides."""

    quotes: bool
    notices: bool
    group: str
    manages: bool


class PeopleStore:
    """Verbs over the table people."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._rows = ChoiceRows(database, sealer)

    async def of(self, guild_id: int, user_id: int) -> Choices:
        """A person's choices in a server; where they chose nothing, what holds before."""
        async with self._database.read() as connection:
            return (await self._rows.of(connection, self._pseudonyms.of(guild_id, user_id))).choices

    async def choose(self, guild_id: int, user_id: int, **changes: Unpack[Choosing]) -> Choices:
        """Change some of a person's choices, and return all of them.

        The user id is stored while ``notices`` is true, and forgotten when it is not. Raises UserError for a group that
        is none of STAFF_GROUPS.
        """
        if changes.get("group", "") not in ("", *STAFF_GROUPS):
            raise UserError(NO_GROUP)
        async with self._database.write() as connection:
            kept = await self._rows.of(connection, self._pseudonyms.of(guild_id, user_id))
            choices = replace(kept.choices, **changes)
            if "quotes" in changes:
                choices = replace(choices, refused=not choices.quotes)
            kept = replace(kept, choices=choices, user_id=user_id if choices.notices else None)
            await self._rows.keep(connection, guild_id, kept)
        return choices

    async def stop(self, guild_id: int, user_id: int, at: datetime) -> Choices:
        """Collect nothing that a person writes from a moment on. What is stored stays."""
        return await self._silence(guild_id, user_id, stop=True, at=at)

    async def start(self, guild_id: int, user_id: int, at: datetime) -> Choices:
        """Collect again what a person writes from a moment on. What they wrote while they were stopped stays out."""
        return await self._silence(guild_id, user_id, stop=False, at=at)

    async def silences(self, guild_id: int, user_id: int) -> tuple[Silence, ...]:
        """The times in which nothing that a person wrote was collected, the oldest first."""
        async with self._database.read() as connection:
            return (await self._rows.of(connection, self._pseudonyms.of(guild_id, user_id))).silences

    async def groups(self, guild_id: int) -> Mapping[str, Choices]:
        """The choices of everybody in a server who chose anything, by pseudonym."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(people).where(people.c.guild_id == guild_id))).mappings().all()
        return {row["person"]: self._rows.opened(row).choices for row in rows}

    async def quotable(self, guild_id: int) -> frozenset[str]:
        """The pseudonyms of those who may be quoted outside of their server."""
        query = select(people.c.person).where(people.c.guild_id == guild_id, people.c.quotes.is_(True))
        async with self._database.read() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def refusing(self, guild_id: int) -> frozenset[str]:
        """The pseudonyms of those who said no to quotes, or took their yes back: they are quoted nowhere."""
        return frozenset(person for person, choices in (await self.groups(guild_id)).items() if choices.refused)

    async def reach(self, guild_id: int, person: str) -> int | None:
        """The user id behind a pseudonym, of somebody who allows direct messages; None for everybody else."""
        query = select(people).where(
            people.c.guild_id == guild_id, people.c.person == person, people.c.notices.is_(True)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else self._rows.opened(row).user_id

    async def _silence(self, guild_id: int, user_id: int, *, stop: bool, at: datetime) -> Choices:
        async with self._database.write() as connection:
            kept: Kept = await self._rows.of(connection, self._pseudonyms.of(guild_id, user_id))
            kept = stopped(kept, at) if stop else started(kept, at)
            await self._rows.keep(connection, guild_id, kept)
        return kept.choices
