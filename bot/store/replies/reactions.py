"""Reactions: put on a reply and taken off, inside a transaction; a reaction that was erased stays out."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.replies import Reaction, ReactionsCleared
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms
from bot.store.people.choices import Silences
from bot.store.replies.reaction_marks import ReactionMarks
from bot.store.tables import reactions, replies


class Reactions:
    """Writes over the table reactions; every method works within its caller's transaction."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, silences: Silences, marks: ReactionMarks) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._silences = silences
        self._marks = marks

    async def react(self, connection: AsyncConnection, reaction: Reaction) -> None:
        """Add a person's reaction, or take it off again."""
        person = self._pseudonyms.of(reaction.guild_id, reaction.user_id)
        query = select(replies.c.id, replies.c.prompt_id)
        row = (await connection.execute(query.where(replies.c.message_id == reaction.message_id))).first()
        if row is None:
            return
        values = {"reply_id": row.id, "person": person, "emoji": reaction.emoji}
        if reaction.added and await self._silences.is_stopped(connection, person):
            # Reactions have no time, so only this keeps it out once its author starts again.
            await self._marks.leave(connection, person, [(row.prompt_id, reaction.message_id, reaction.emoji)])
        elif reaction.added:
            if not await self._marks.has(connection, row.prompt_id, person, reaction.message_id, reaction.emoji):
                sealed = {**values, "seal": self._pseudonyms.reaction(row.id, person, reaction.emoji)}
                await connection.execute(self._database.insert(reactions).values(sealed).on_conflict_do_nothing())
        else:
            await connection.execute(delete(reactions).where(*(reactions.c[n] == v for n, v in values.items())))
            await self._marks.lift(connection, row.prompt_id, person, reaction.message_id, reaction.emoji)

    async def clear(self, connection: AsyncConnection, event: ReactionsCleared) -> None:
        """Take off all reactions of a message, or those with one emoji."""
        shown = select(replies.c.id).where(replies.c.message_id == event.message_id)
        query = delete(reactions).where(reactions.c.reply_id.in_(shown))
        if event.emoji is not None:
            query = query.where(reactions.c.emoji == event.emoji)
        await connection.execute(query)
