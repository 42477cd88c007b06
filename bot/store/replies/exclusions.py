"""Replies that facilitators left out of summaries, each with its reason, sealed; every change is in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, select

from bot.models.actions import EXCLUDED, INCLUDED, Exclusion, FoundReply
from bot.store.audit_log import AuditLogStore
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.repository import SealedRepository, write_rows
from bot.store.tables import exclusions, prompts, replies


class ExclusionStore(SealedRepository):
    """Verbs over the table exclusions. An erased reply takes its exclusion with it."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, audit_log: AuditLogStore) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._audit_log = audit_log

    async def exclude(self, guild_id: int, reply_id: int, *, user_id: int, reason: str, now: datetime) -> bool:
        """Leave a reply of this server out of summaries.

        Returns False, with nothing changed, if it is left out already, is erased or is another server's.
        """
        values = {
            "reply_id": reply_id,
            "person": self._pseudonyms.of(guild_id, user_id),
            "made_at": now,
        }
        values |= self._seal(exclusions, values, reason)
        async with self._database.write() as connection:
            prompt_id = await connection.scalar(_prompt_of(guild_id, reply_id))
            if prompt_id is None:
                return False
            put = self._database.insert(exclusions).values(values).on_conflict_do_nothing()
            if await connection.scalar(put.returning(exclusions.c.reply_id)) is None:
                return False
            await self._audit_log.note_in(
                connection, guild_id, EXCLUDED, "", user_id=user_id, reason=reason, prompt_id=prompt_id, now=now
            )
        return True

    async def include(self, guild_id: int, reply_id: int, *, user_id: int, reason: str = "", now: datetime) -> bool:
        """Let summaries read a reply again. Returns False if it was not left out in this server."""
        async with self._database.write() as connection:
            prompt_id = await connection.scalar(_prompt_of(guild_id, reply_id))
            if prompt_id is None:
                return False
            if not await write_rows(connection, delete(exclusions).where(exclusions.c.reply_id == reply_id)):
                return False
            await self._audit_log.note_in(
                connection, guild_id, INCLUDED, "", user_id=user_id, reason=reason, prompt_id=prompt_id, now=now
            )
        return True

    async def of_prompt(self, prompt_id: int) -> Mapping[int, str]:
        """Return the reasons for which replies to a prompt are left out, by the replies' ids."""
        return {own.reply_id: own.reason for own in await self._exclusions(replies.c.prompt_id == prompt_id)}

    async def of_person(self, guild_id: int, person: str) -> tuple[Exclusion, ...]:
        """Return a person's own replies in a server that are left out, the oldest first; ``person`` is a pseudonym."""
        return await self._exclusions(prompts.c.guild_id == guild_id, replies.c.person == person)

    async def by_message(self, guild_id: int, message_id: int) -> FoundReply | None:
        """Return the stored reply of this server that a message shows; None if it shows none."""
        shown = await self._replies(prompts.c.guild_id == guild_id, replies.c.message_id == message_id)
        return next(iter(shown), None)

    async def of_guild(self, guild_id: int) -> tuple[FoundReply, ...]:
        """Return the replies that a server leaves out and that a message shows, the newest first."""
        return await self._replies(
            prompts.c.guild_id == guild_id, exclusions.c.reply_id.is_not(None), replies.c.message_id.is_not(None)
        )

    async def _replies(self, *wanted: ColumnElement[bool]) -> tuple[FoundReply, ...]:
        shown = (replies.c.id.label("own_id"), replies.c.prompt_id, replies.c.message_id, replies.c.person.label("by"))
        query = (
            select(exclusions, *shown)
            .join_from(replies, prompts)
            .outerjoin(exclusions, exclusions.c.reply_id == replies.c.id)
            .where(*wanted)
            .order_by(replies.c.id.desc())
        )
        rows = await self._read_all(query)
        return tuple(
            FoundReply(
                id=row["own_id"],
                prompt_id=row["prompt_id"],
                message_id=row["message_id"],
                person=row["by"],
                left_out=row["sealed"] is not None,
                reason=self._open(exclusions, row),
            )
            for row in rows
        )

    async def _exclusions(self, *wanted: ColumnElement[bool]) -> tuple[Exclusion, ...]:
        query = (
            select(exclusions, replies.c.prompt_id)
            .join_from(exclusions, replies)
            .join(prompts)
            .where(*wanted)
            .order_by(replies.c.id)
        )
        rows = await self._read_all(query)
        return tuple(
            Exclusion(
                row["reply_id"],
                row["prompt_id"],
                row["person"],
                self._open(exclusions, row),
                row["made_at"],
            )
            for row in rows
        )


def _prompt_of(guild_id: int, reply_id: int) -> Select[int]:
    return (
        select(replies.c.prompt_id)
        .join(prompts, prompts.c.id == replies.c.prompt_id)
        .where(replies.c.id == reply_id, prompts.c.guild_id == guild_id)
    )
