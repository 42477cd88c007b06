"""Who asked that nothing they write be collected, looked up while replies are being stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.people import Silence
from bot.models.replies import Arrival, Edit
from bot.store.choices import ChoiceRows
from bot.store.database import Database
from bot.store.encryption import Sealer
from bot.store.tables import people, replies

STOPPED = "You asked me with /my stop to collect nothing that you write. Use /my start first, then send it again."


class Silences:
    """Queries over the table people; every method works within its caller's transaction."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._rows = ChoiceRows(database, sealer)

    async def of(self, connection: AsyncConnection, persons: Collection[str]) -> Mapping[str, Sequence[Silence]]:
        """The times in which nothing that people wrote was collected; only those who ever stopped are in it."""
        kept = await self._rows.of_many(connection, persons)
        return {person: one.silences for person, one in kept.items() if one.silences}

    async def over(self, connection: AsyncConnection, edit: Edit) -> bool:
        """Whether the author of a stored reply had stopped when they changed it."""
        query = select(people).join(replies, replies.c.person == people.c.person).where(replies.c.id == edit.id)
        row = (await connection.execute(query)).mappings().first()
        return row is not None and any(one.covers(edit.edited_at) for one in self._rows.opened(row).silences)

    async def refuse(self, connection: AsyncConnection, person: str) -> None:
        """Raise UserError where somebody who sends a form has stopped."""
        if (await self._rows.of(connection, person)).choices.stopped:
            raise UserError(STOPPED)


def is_stopped(person: str) -> ColumnElement[bool]:
    """Whether a person has stopped, as a condition of a query."""
    return exists().where(people.c.person == person, people.c.stopped.is_(True))


def covers(silences: Sequence[Silence], arrival: Arrival) -> bool:
    """Whether a message was written or last changed while its author had stopped."""
    moments = (arrival.created_at, arrival.edited_at or arrival.created_at)
    return any(one.covers(moment) for one in silences for moment in moments)
