"""The log of moderation and of exports: what was done, to what, by whom and why, with the reasons sealed."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Required, TypedDict, Unpack

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.people import Action
from bot.store.repository import SealedRepository
from bot.store.tables import actions


class ActionDetails(TypedDict, total=False):
    """What is noted of an action along with its name: when, and if there is any, who, why and of which prompt."""

    now: Required[datetime]
    user_id: int | None
    reason: str
    prompt_id: int | None


class AuditLogStore(SealedRepository):
    """Verbs over the table actions. Nothing here changes or ends what was noted."""

    async def note(self, guild_id: int, action: str, subject: str, **noted: Unpack[ActionDetails]) -> None:
        """Note what somebody did; without ``user_id``, what the bot did by itself.

        ``action`` is one of bot.models.actions. ``subject`` lies in the database in clear: no words of anybody.
        """
        async with self._database.write() as connection:
            await self.note_in(connection, guild_id, action, subject, **noted)

    async def note_in(
        self, connection: AsyncConnection, guild_id: int, action: str, subject: str, **noted: Unpack[ActionDetails]
    ) -> None:
        """Note the same in a transaction of the store's own, together with what was done."""
        user_id, reason = noted.get("user_id"), noted.get("reason", "")
        row = secrets.token_hex(8)
        values = {
            "guild_id": guild_id,
            "prompt_id": noted.get("prompt_id"),
            "made_at": noted["now"],
            "person": "" if user_id is None else self._pseudonyms.of(guild_id, user_id),
            "action": action,
            "subject": subject,
            "row": row,
            "key_id": self._sealer.key_id,
        }
        if reason:
            values |= self._seal(actions, values, reason)
        await connection.execute(insert(actions).values(values))

    async def of_guild(self, guild_id: int, only: Collection[str] = ()) -> tuple[Action, ...]:
        """Return what was done in a server, the newest first; with ``only``, the actions of these names."""
        query = select(actions).where(actions.c.guild_id == guild_id).order_by(actions.c.id.desc())
        if only:
            query = query.where(actions.c.action.in_(only))
        rows = await self._read_all(query)
        return tuple(self._action(row) for row in rows)

    async def of_person(self, guild_id: int, user_id: int) -> tuple[Action, ...]:
        """Return what a person did in a server, the oldest first."""
        person = self._pseudonyms.of(guild_id, user_id)
        query = select(actions).where(actions.c.person == person).order_by(actions.c.id)
        return tuple(self._action(row) for row in await self._read_all(query))

    def _action(self, row: RowMapping) -> Action:
        return Action(
            id=row["id"],
            guild_id=row["guild_id"],
            at=row["made_at"],
            person=row["person"],
            action=row["action"],
            subject=row["subject"],
            reason=self._open(actions, row),
            prompt_id=row["prompt_id"],
        )
