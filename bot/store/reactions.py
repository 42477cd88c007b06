"""Applies reactions inside a transaction; what a person erased, or made while they had stopped, stays out."""

from __future__ import annotations

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.replies import SUPER, Reaction, ReactionsCleared
from bot.store.database import Database
from bot.store.encryption import Pseudonyms
from bot.store.opt_outs import is_stopped
from bot.store.tables import reactions, replies, tombstones


class Reacting:
    """Writes over the table reactions; every method works within its caller's transaction."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self._pseudonyms = pseudonyms

    async def react(self, connection: AsyncConnection, reaction: Reaction) -> None:
        """Add a person's reaction, or take it off again."""
        person = self._pseudonyms.of(reaction.guild_id, reaction.user_id)
        mark = self._pseudonyms.reaction_tombstone(person, reaction.message_id, reaction.emoji)
        # Super reactions once had no name of their own, so the mark of one can be that of the emoji itself.
        plain = self._pseudonyms.reaction_tombstone(person, reaction.message_id, reaction.emoji.removeprefix(SUPER))
        marked = exists().where(tombstones.c.mark.in_((mark, plain))).label("marked")
        query = select(replies.c.id, replies.c.prompt_id, is_stopped(person).label("stopped"), marked)
        row = (await connection.execute(query.where(replies.c.message_id == reaction.message_id))).first()
        if row is None:
            return
        values = {"reply_id": row.id, "person": person, "emoji": reaction.emoji}
        if reaction.added and row.stopped:
            # Reactions bear no time, so only this keeps it out once its author starts again.
            left = self._database.insert(tombstones).values(mark=mark, prompt_id=row.prompt_id)
            await connection.execute(left.on_conflict_do_nothing())
        elif reaction.added and not row.marked:
            await connection.execute(self._database.insert(reactions).values(values).on_conflict_do_nothing())
        elif not reaction.added:
            await connection.execute(delete(reactions).where(*(reactions.c[n] == v for n, v in values.items())))
            # It is gone from Discord too; one that is put there anew is meant.
            await connection.execute(delete(tombstones).where(tombstones.c.mark == mark))

    async def clear(self, connection: AsyncConnection, event: ReactionsCleared) -> None:
        """Take off all reactions of a message, or those with one emoji."""
        found = select(replies.c.id).where(replies.c.message_id == event.message_id)
        query = delete(reactions).where(reactions.c.reply_id.in_(found))
        if event.emoji is not None:
            query = query.where(reactions.c.emoji == event.emoji)
        await connection.execute(query)
