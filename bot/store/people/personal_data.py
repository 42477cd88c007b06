"""What is held about one person in one server, found by their pseudonym, and erased at their word."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.outcomes import PointRef
from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.models.personal import ErasedReplies, OwnChange, OwnReaction
from bot.models.replies import Erasure, ReplyKind
from bot.replies.opt_outs import forget_choices
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased
from bot.store.outside_changes import note_outside
from bot.store.people.choices import ChoiceRows
from bot.store.replies.events import EventApplier
from bot.store.replies.reaction_marks import ReactionMarks
from bot.store.repository import SealedRepository, chunks
from bot.store.schema.sealed_columns import select_sealed
from bot.store.tables import (
    draft_changes,
    drafts,
    guilds,
    objections,
    outcome_notices,
    reactions,
    replies,
    suggestions,
    undone_ticks,
)

LONGEST_POINT = 32


class PersonalStore(SealedRepository):
    """Verbs over whatever holds a person's pseudonym."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, marks: ReactionMarks) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._marks = marks
        self._applier = EventApplier(database, sealer, pseudonyms, marks)
        self._choices = ChoiceRows(database, sealer)

    async def servers(self) -> tuple[int, ...]:
        """Return every server of which anything is stored, also those that the bot was removed from."""
        return tuple(await self._read_scalars(select(guilds.c.id).order_by(guilds.c.id)))

    async def reactions(self, guild_id: int, user_id: int) -> tuple[OwnReaction, ...]:
        """Return a person's reactions."""
        person = self._pseudonyms.of(guild_id, user_id)
        query = (
            select(replies.c.prompt_id, replies.c.message_id, reactions.c.emoji)
            .join_from(reactions, replies)
            .where(reactions.c.person == person)
            .order_by(replies.c.id, reactions.c.emoji)
        )
        async with self._database.read() as connection:
            return tuple(OwnReaction(*row) for row in await connection.execute(query))

    async def changes(self, guild_id: int, user_id: int) -> tuple[OwnChange, ...]:
        """Return the changes that a person made to drafts, as a facilitator, the oldest first."""
        person = self._pseudonyms.of(guild_id, user_id)
        query = (
            select_sealed(draft_changes, drafts.c.prompt_id)
            .join_from(draft_changes, drafts)
            .where(draft_changes.c.person == person)
            .order_by(draft_changes.c.made_at)
        )
        rows = await self._read_all(query)
        return tuple(OwnChange(row["prompt_id"], self._kind_of(row), row["made_at"]) for row in rows)

    async def undo_tick(self, guild_id: int, user_id: int, reply_id: int, point: str) -> int | None:
        """Note that a person took a reply of theirs off a point. Returns its prompt; None if it is not theirs."""
        own = replies.c.id == reply_id, replies.c.person == self._pseudonyms.of(guild_id, user_id)
        values = {"reply_id": reply_id, "point": point[:LONGEST_POINT]}
        async with self._database.write() as connection:
            prompt_id: int | None = await connection.scalar(select(replies.c.prompt_id).where(*own))
            if prompt_id is not None:
                put = self._database.insert(undone_ticks).values(values).on_conflict_do_nothing()
                await connection.execute(put)
        return prompt_id

    async def undone_ticks(self, prompt_id: int) -> frozenset[tuple[str, str]]:
        """Return which replies to a prompt their authors took off which points, as quotes and points name them."""
        query = select(undone_ticks).join(replies).where(replies.c.prompt_id == prompt_id)
        return frozenset((str(row["reply_id"]), row["point"]) for row in await self._read_all(query))

    async def own_undone_ticks(self, guild_id: int, user_id: int) -> frozenset[tuple[PointRef, str]]:
        """Return which of a person's replies they took off which points, as points and quotes name them."""
        query = select(undone_ticks, replies.c.prompt_id).join(replies)
        own = query.where(replies.c.person == self._pseudonyms.of(guild_id, user_id))
        rows = await self._read_all(own)
        return frozenset((PointRef(row["prompt_id"], row["point"]), str(row["reply_id"])) for row in rows)

    async def erase_replies(self, guild_id: int, user_id: int, reply_ids: Collection[int]) -> ErasedReplies:
        """Erase some of a person's replies, in one transaction, with marks that keep them from coming back.

        Ids of replies that are gone already, or somebody else's, are passed over.
        """
        person = self._pseudonyms.of(guild_id, user_id)
        rows: list[RowMapping] = []
        async with self._database.write() as connection:
            for ids in chunks(tuple(reply_ids)):
                rows += await self._rows(connection, person, replies.c.id.in_(ids))
            return await self._erase(connection, rows)

    async def erase_all(self, guild_id: int, user_id: int) -> ErasedReplies:
        """Erase all of a person's replies, reactions, objections and choices, in one transaction.

        What stays is what they did as a facilitator, and that they have stopped, if they have.
        """
        person = self._pseudonyms.of(guild_id, user_id)
        cards = select(suggestions.c.message_id).where(suggestions.c.person == person)
        async with self._database.write() as connection:
            shown = (await connection.execute(cards.where(suggestions.c.message_id.is_not(None)))).scalars().all()
            erased = await self.erase_in(connection, guild_id, person)
            changes = [OutsideChange(OutsideKind.ERASED, guild_id, prompt_id) for prompt_id in sorted(erased.prompts)]
            changes += [OutsideChange(OutsideKind.POST_LEFT, guild_id, *post) for post in erased.posted]
            changes += [OutsideChange(OutsideKind.SUGGESTION, guild_id, card) for card in shown]
            await note_outside(self._database, connection, *changes)
        return replace(erased, suggestion_cards=tuple(shown))

    async def erase_in(
        self, connection: AsyncConnection, guild_id: int, person: str, *, until: datetime | None = None
    ) -> ErasedReplies:
        """Erase the same of a pseudonym, in a transaction of the store's own; ``until`` leaves later replies."""
        self._note_erased(Erased.PERSON, person)
        earlier = () if until is None else (replies.c.created_at <= until,)
        erased = await self._erase(connection, await self._rows(connection, person, *earlier))
        reacted_to = await self._erase_reactions(connection, person)
        await connection.execute(delete(objections).where(objections.c.person == person))
        await connection.execute(delete(outcome_notices).where(outcome_notices.c.person == person))
        await connection.execute(delete(suggestions).where(suggestions.c.person == person))
        kept = await self._choices.of(connection, person)
        await self._choices.keep(connection, guild_id, forget_choices(kept))
        return replace(erased, prompts=erased.prompts | reacted_to)

    async def _erase(self, connection: AsyncConnection, rows: Sequence[RowMapping]) -> ErasedReplies:
        shown: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            shown[row["prompt_id"]].append(row["message_id"] or row["id"])
        for prompt_id, message_ids in shown.items():
            await self._applier.erase(connection, Erasure(prompt_id, tuple(message_ids)))
        for ids in chunks([row["id"] for row in rows]):
            await connection.execute(delete(replies).where(replies.c.id.in_(ids)))
        forms = (row for row in rows if row["kind"] == ReplyKind.FORM and row["message_id"] is not None)
        posted = tuple((row["prompt_id"], row["message_id"]) for row in forms)
        return ErasedReplies(len(rows), frozenset(shown), posted)

    async def _erase_reactions(self, connection: AsyncConnection, person: str) -> frozenset[int]:
        """Erase a person's reactions; a mark for each keeps it from being read from Discord again.

        Returns the prompts whose replies lost any.
        """
        query = select(replies.c.prompt_id, replies.c.message_id, reactions.c.emoji).join_from(reactions, replies)
        rows = (await connection.execute(query.where(reactions.c.person == person))).all()
        reacted = [(row.prompt_id, row.message_id, row.emoji) for row in rows]
        noted = await self._marks.leave(connection, person, reacted)
        await connection.execute(delete(reactions).where(reactions.c.person == person))
        self._database.note_erased(*noted)
        return frozenset(row.prompt_id for row in rows)

    async def _rows(
        self, connection: AsyncConnection, person: str, *wanted: ColumnElement[bool]
    ) -> Sequence[RowMapping]:
        query = select(replies).where(replies.c.person == person, *wanted).order_by(replies.c.id)
        return (await connection.execute(query)).mappings().all()

    def _kind_of(self, row: RowMapping) -> str:
        return str(json.loads(self._open(draft_changes, row))["what"])
