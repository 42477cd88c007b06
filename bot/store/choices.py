"""A row of people's choices, opened and sealed: what a person chose, whom to write to, and when they were stopped."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.people import Choices, Silence
from bot.store.database import Database
from bot.store.encryption import Sealer
from bot.store.tables import guilds, people

CHUNK = 500
"""People in one query, well below SQLite's limit of values in a statement."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of a person's choices. ``user_id`` is None unless they allow direct messages.

    ``silences`` are the times in which nothing they wrote was collected; the last one is open while they are stopped.
    """

    choices: Choices
    user_id: int | None = field(default=None, repr=False)
    silences: tuple[Silence, ...] = ()


class ChoiceRows:
    """Reads and writes rows of the table people; every method works within its caller's transaction."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def of(self, connection: AsyncConnection, person: str) -> Kept:
        """What is kept of one person; where nothing is, what holds before they chose."""
        return (await self.of_many(connection, (person,))).get(person, Kept(Choices(person)))

    async def of_many(self, connection: AsyncConnection, persons: Collection[str]) -> dict[str, Kept]:
        """What is kept of those who ever chose anything, by pseudonym."""
        wanted = tuple(persons)
        found: dict[str, Kept] = {}
        for start in range(0, len(wanted), CHUNK):
            query = select(people).where(people.c.person.in_(wanted[start : start + CHUNK]))
            rows = (await connection.execute(query)).mappings()
            found.update((row["person"], self.opened(row)) for row in rows)
        return found

    async def keep(self, connection: AsyncConnection, guild_id: int, kept: Kept) -> None:
        """Store what a person chose; where that is nothing, no row stays."""
        person = kept.choices.person
        if kept == Kept(Choices(person)):
            await connection.execute(delete(people).where(people.c.person == person))
            return
        values = {
            "guild_id": guild_id,
            "stopped": kept.choices.stopped,
            "quotes": kept.choices.quotes,
            "notices": kept.choices.notices,
            "sealed": self._sealer.seal(_body(kept), f"people:{person}"),
            "key_id": self._sealer.key_id,
        }
        known = self._database.insert(guilds).values(id=guild_id).on_conflict_do_nothing()
        await connection.execute(known)
        insert = self._database.insert(people).values(person=person, **values)
        await connection.execute(insert.on_conflict_do_update(index_elements=["person"], set_=values))

    def opened(self, row: RowMapping) -> Kept:
        """A row, opened."""
        body = json.loads(self._sealer.open(row["sealed"], f"people:{row['person']}", row["key_id"]))
        choices = Choices(
            person=row["person"],
            stopped=row["stopped"],
            quotes=row["quotes"],
            notices=row["notices"],
            group=body["group"],
            manages=body["manages"],
            refused=body.get("refused", False),
        )
        return Kept(choices, body["user_id"], tuple(_silence(*span) for span in body["silences"]))


def stopped(kept: Kept, at: datetime) -> Kept:
    """The choices of a person who is stopped from a moment on. Stopping twice changes nothing."""
    if kept.choices.stopped:
        return kept
    return replace(kept, choices=replace(kept.choices, stopped=True), silences=(*kept.silences, Silence(at)))


def started(kept: Kept, at: datetime) -> Kept:
    """The choices of a person who is stopped no longer. Starting twice changes nothing."""
    if not kept.choices.stopped:
        return kept
    *before, last = kept.silences
    silences = (*before, replace(last, until=at))
    return replace(kept, choices=replace(kept.choices, stopped=False), silences=silences)


def forgotten(kept: Kept) -> Kept:
    """What stays where a person erases everything: when nothing they write may be collected, and their no to quotes.

    Both are what they asked us not to do; forgotten, the next thing that they write would be collected and quoted.
    """
    choices = Choices(kept.choices.person, stopped=kept.choices.stopped, refused=kept.choices.refused)
    return Kept(choices, silences=kept.silences)


def _body(kept: Kept) -> str:
    spans = [[_text(one.since), _text(one.until)] for one in kept.silences]
    own = {"group": kept.choices.group, "manages": kept.choices.manages, "refused": kept.choices.refused}
    return json.dumps({**own, "user_id": kept.user_id, "silences": spans})


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _silence(since: str, until: str | None) -> Silence:
    return Silence(datetime.fromisoformat(since), None if until is None else datetime.fromisoformat(until))
