"""What people chose for themselves: their group, whether they may be quoted, written to, or collected from at all.

A person's row is opened and sealed here; whoever stores what somebody wrote asks Silences first.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.people import STAFF_GROUPS, Choices, Silence
from bot.models.replies import Edit
from bot.replies.opt_outs import KeptChoices, start_collecting, stop_collecting
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.repository import SealedRepository, chunks
from bot.store.schema.sealed_columns import open_column, seal_column
from bot.store.tables import guilds, people, replies

NO_GROUP = "That isn’t one of the staff groups. Choose one from the list."
STOPPED = "You asked us to store nothing that you write. Press “Start again” in /my first, then send it again."


class ChoiceValues(TypedDict, total=False):
    """What a person can choose by a word; stopping and starting also need a moment."""

    quotes: bool
    notices: bool
    group: str
    manages: bool
    shown: bool
    modelled: bool


class PeopleStore(SealedRepository):
    """Verbs over the table people."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._rows = ChoiceRows(database, sealer)

    async def of(self, guild_id: int, user_id: int) -> Choices:
        """Read a person's choices in a server; if they chose nothing, what holds before."""
        async with self._database.read() as connection:
            return (await self._rows.of(connection, self._pseudonyms.of(guild_id, user_id))).choices

    async def choose(self, guild_id: int, user_id: int, **changes: Unpack[ChoiceValues]) -> Choices:
        """Change some of a person's choices, and return all of them.

        The user id is stored while ``notices`` is true, and forgotten when it is not. Raises UserError for a group that
        is none of STAFF_GROUPS.
        """
        refuse_unknown_group(changes.get("group"))
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
        """Read the times in which nothing that a person wrote was collected, the oldest first."""
        async with self._database.read() as connection:
            return (await self._rows.of(connection, self._pseudonyms.of(guild_id, user_id))).silences

    async def groups(self, guild_id: int) -> Mapping[str, Choices]:
        """Read the choices of everybody in a server who chose anything, by pseudonym."""
        rows = await self._read_all(select(people).where(people.c.guild_id == guild_id))
        return {row["person"]: self._rows.opened(row).choices for row in rows}

    async def quotable(self, guild_id: int) -> frozenset[str]:
        """Read the pseudonyms of those who may be quoted outside of their server."""
        return frozenset(person for person, choices in (await self.groups(guild_id)).items() if choices.quotes)

    async def keeping_back(self, guild_id: int) -> frozenset[str]:
        """Read the pseudonyms of people whose words nobody is asked about: they stopped, or said no to it or quotes."""
        return frozenset(person for person, choices in (await self.groups(guild_id)).items() if choices.keeps_back)

    async def keeping_from_model(self, guild_id: int) -> frozenset[str]:
        """Read the pseudonyms of people whose words never go to a language model: they said no to it, or stopped."""
        choices = await self.groups(guild_id)
        return frozenset(person for person, chosen in choices.items() if chosen.keeps_from_model)

    async def reach(self, guild_id: int, person: str) -> int | None:
        """Find the user id behind a pseudonym, of somebody who allows direct messages; None for everybody else."""
        query = select(people).where(
            people.c.guild_id == guild_id, people.c.person == person, people.c.notices.is_(True)
        )
        row = await self._read_first(query)
        return None if row is None else self._rows.opened(row).user_id

    async def _silence(self, guild_id: int, user_id: int, *, stop: bool, at: datetime) -> Choices:
        async with self._database.write() as connection:
            kept = await self._rows.of(connection, self._pseudonyms.of(guild_id, user_id))
            kept = stop_collecting(kept, at) if stop else start_collecting(kept, at)
            await self._rows.keep(connection, guild_id, kept)
        return kept.choices


class ChoiceRows:
    """Reads and writes rows of the table people; every method works within its caller's transaction."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def of(self, connection: AsyncConnection, person: str) -> KeptChoices:
        """Read what is kept of one person; if nothing is, what holds before they chose."""
        return (await self.of_many(connection, (person,))).get(person, KeptChoices(Choices(person)))

    async def of_many(self, connection: AsyncConnection, persons: Collection[str]) -> dict[str, KeptChoices]:
        """Read what is kept of those who ever chose anything, by pseudonym."""
        kept: dict[str, KeptChoices] = {}
        for chunk in chunks(tuple(persons)):
            named = self._database.is_among(people.c.person, chunk)
            rows = (await connection.execute(select(people).where(named))).mappings()
            kept.update((row["person"], self.opened(row)) for row in rows)
        return kept

    async def keep(self, connection: AsyncConnection, guild_id: int, kept: KeptChoices) -> None:
        """Store what a person chose; if that is nothing, no row stays."""
        person = kept.choices.person
        if kept == KeptChoices(Choices(person)):
            await connection.execute(delete(people).where(people.c.person == person))
            return
        values = {
            "guild_id": guild_id,
            "stopped": kept.choices.stopped,
            "quotes": kept.choices.quotes,
            "notices": kept.choices.notices,
        }
        values |= seal_column(self._sealer, people, {**values, "person": person}, _body(kept))
        known = self._database.insert(guilds).values(id=guild_id).on_conflict_do_nothing()
        await connection.execute(known)
        insert = self._database.insert(people).values(person=person, **values)
        await connection.execute(insert.on_conflict_do_update(index_elements=["person"], set_=values))

    def opened(self, row: RowMapping) -> KeptChoices:
        """Open a row."""
        body = json.loads(open_column(self._sealer, people, row))
        choices = Choices(
            person=row["person"],
            stopped=row["stopped"],
            quotes=row["quotes"],
            notices=row["notices"],
            group=body["group"],
            manages=body["manages"],
            refused=body.get("refused", False),
            shown=body.get("shown", True),
            modelled=body.get("modelled", True),
        )
        return KeptChoices(choices, body["user_id"], tuple(_silence(*span) for span in body["silences"]))


class Silences:
    """Queries over the table people; every method works within its caller's transaction."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._rows = ChoiceRows(database, sealer)

    async def of(self, connection: AsyncConnection, persons: Collection[str]) -> Mapping[str, Sequence[Silence]]:
        """Read the times in which nothing that people wrote was collected; only those who ever stopped are in it."""
        kept = await self._rows.of_many(connection, persons)
        return {person: own.silences for person, own in kept.items() if own.silences}

    async def over(self, connection: AsyncConnection, edit: Edit) -> bool:
        """Tell whether the author of a stored reply had stopped when they changed it."""
        query = select(people).join(replies, replies.c.person == people.c.person).where(replies.c.id == edit.id)
        row = (await connection.execute(query)).mappings().first()
        return row is not None and any(silence.covers(edit.edited_at) for silence in self._rows.opened(row).silences)

    async def is_stopped(self, connection: AsyncConnection, person: str) -> bool:
        """Tell whether a person has stopped."""
        return (await self._rows.of(connection, person)).choices.stopped

    async def keeps_from_model(self, connection: AsyncConnection, person: str) -> bool:
        """Tell whether nothing that a person writes may be sent to a language model."""
        return (await self._rows.of(connection, person)).choices.keeps_from_model

    async def refuse(self, connection: AsyncConnection, person: str) -> None:
        """Raise UserError where somebody who sends a form has stopped."""
        if await self.is_stopped(connection, person):
            raise UserError(STOPPED)


def refuse_unknown_group(group: str | None) -> None:
    """Raise UserError for what is neither one of STAFF_GROUPS nor no answer."""
    if group and group not in STAFF_GROUPS:
        raise UserError(NO_GROUP)


def _body(kept: KeptChoices) -> str:
    spans = [[_text(silence.since), _text(silence.until)] for silence in kept.silences]
    chosen = kept.choices
    own = {"group": chosen.group, "manages": chosen.manages, "refused": chosen.refused, "shown": chosen.shown}
    no = {} if chosen.modelled else {"modelled": False}
    return json.dumps({**own, **no, "user_id": kept.user_id, "silences": spans})


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _silence(since: str, until: str | None) -> Silence:
    return Silence(datetime.fromisoformat(since), None if until is None else datetime.fromisoformat(until))
