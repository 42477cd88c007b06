"""Replies: stored once, sealed, under a pseudonym; edited, erased and counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.prompts import PromptState
from bot.models.replies import Arrival, Erasure, Held, Reply, ReplyEvent, ReplyKind, is_agreement
from bot.slices import iterate_in_slices
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased
from bot.store.replies.events import AppliedEvents, EventApplier
from bot.store.replies.reaction_marks import ReactionMarks
from bot.store.repository import CHUNK, SealedRepository, chunks, write_rows
from bot.store.schema.sealed_columns import Row, select_sealed
from bot.store.sortings import forget_sorting_of, forget_sortings
from bot.store.statements import follow_edit_in
from bot.store.tables import prompts, reaction_marks, reactions, replies

NOT_THEIRS = "Only the person who wrote this reply can do that, and only while we still have it."


@dataclass(frozen=True, slots=True)
class UnpostedForm:
    """A form's reply that is stored and whose message the bot has yet to post, with the name to post it under."""

    reply: Reply
    name: str


class ReplyStore(SealedRepository):
    """Verbs over the tables replies, reactions and tombstones."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, marks: ReactionMarks) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._applier = EventApplier(database, sealer, pseudonyms, marks)

    async def apply(self, events: Sequence[ReplyEvent]) -> AppliedEvents:
        """Apply events in order, in one transaction. Applying them again changes nothing."""
        async with self._database.write() as connection:
            return await self._applier.apply(connection, events)

    async def add_form(self, arrival: Arrival, name: str) -> Reply | None:
        """Store a form's reply before its message is posted under ``name``. None where it is stored already.

        Raises UserError where its author asked that nothing they write be collected.
        """
        async with self._database.write() as connection:
            await self._applier.silences.refuse(connection, self._pseudonyms.of(arrival.guild_id, arrival.author_id))
            values = await self._applier.row(connection, arrival)
            if values is None:
                return None
            guild_id = values.pop("guild_id")
            values |= self._seal(replies, {**values, "guild_id": guild_id}, name, "name_sealed")
            insert = self._database.insert(replies).values(values)
            result = await connection.execute(insert.on_conflict_do_nothing().returning(replies))
            row = result.mappings().first()
        return None if row is None else self._reply({**row, "guild_id": guild_id})

    async def note_message(self, reply_id: int, message_id: int) -> None:
        """Note the message that shows a form's reply; the author's name is forgotten with this.

        Where the message was deleted before this was noted, the reply is erased.
        """
        async with self._database.write() as connection:
            noted = {"message_id": message_id, "name_sealed": None}
            await self._reseal(connection, replies, replies.c.id == reply_id, values=noted)
            if await self._applier.erased(connection, [message_id]):
                await forget_sorting_of(connection, reply_id)
                await connection.execute(delete(replies).where(replies.c.id == reply_id))

    async def unposted_forms(self) -> tuple[UnpostedForm, ...]:
        """Form replies whose posting was cut short."""
        unposted = replies.c.kind == ReplyKind.FORM, replies.c.message_id.is_(None)
        query = select_sealed(replies).where(*unposted, self._is_of_held(replies.c.prompt_id, prompts))
        rows = await self._read_all(query)
        return tuple(
            UnpostedForm(self._reply(row), self._open(replies, row, "name_sealed"))
            for row in rows
            if row["name_sealed"] is not None
        )

    async def own(self, guild_id: int, user_id: int, reply_id: int) -> Reply:
        """Return a person's own reply. Raises UserError where it is gone or somebody else's."""
        person = self._pseudonyms.of(guild_id, user_id)
        query = select_sealed(replies).where(replies.c.id == reply_id, replies.c.person == person)
        return self._reply(await self._read_one(query, NOT_THEIRS))

    async def of_person(self, guild_id: int, user_id: int) -> tuple[Reply, ...]:
        """Return a person's replies in a server, in order of time."""
        person = self._pseudonyms.of(guild_id, user_id)
        query = select_sealed(replies).where(replies.c.person == person).order_by(replies.c.id)
        return tuple(self._reply(row) for row in await self._read_all(query))

    async def reword(self, reply: Reply, text: str, now: datetime) -> Reply:
        """Replace the words of a form's reply. Raises UserError as add_form does."""
        async with self._database.write() as connection:
            await self._applier.silences.refuse(connection, reply.person)
            edited = {"edited_at": now}
            await self._reseal(connection, replies, replies.c.id == reply.id, values=edited, words={"sealed": text})
            await follow_edit_in(connection, self._sealer, reply.id, text)
            await forget_sorting_of(connection, reply.id)
        return replace(reply, text=text, edited_at=now)

    async def withdraw(self, reply: Reply) -> None:
        """Erase one reply, and leave the mark that keeps its message from coming back."""
        async with self._database.write() as connection:
            await self._applier.erase(connection, Erasure(reply.prompt_id, (reply.message_id or reply.id,)))
            await connection.execute(delete(replies).where(replies.c.id == reply.id))

    async def of_prompt(self, prompt_id: int) -> tuple[Reply, ...]:
        """Return the replies to a prompt, opened, in order of time."""
        others = (
            select(func.count(distinct(reactions.c.person)))
            .where(reactions.c.reply_id == replies.c.id, reactions.c.person != replies.c.person)
            .scalar_subquery()
            .label("agreed")
        )
        query = select_sealed(replies, others).where(replies.c.prompt_id == prompt_id).order_by(replies.c.id)
        opened: list[Reply] = []
        async with self._database.read() as connection:
            endorsers = await self._endorsers(connection, prompt_id)
            rows = (await connection.execute(query)).mappings()
            for part in rows.partitions(CHUNK):
                opened.extend(replace(self._reply(row), endorsers=endorsers.get(row["id"], ())) for row in part)
                await asyncio.sleep(0)  # opening 20,000 replies takes a while; others may run in between
        return tuple(opened)

    async def _endorsers(self, connection: AsyncConnection, prompt_id: int) -> Mapping[int, tuple[str, ...]]:
        """Return who reacted to a prompt's replies with agreement, by reply; nobody endorses their own."""
        query = (
            select(reactions)
            .join(replies)
            .where(replies.c.prompt_id == prompt_id, reactions.c.person != replies.c.person)
            .order_by(reactions.c.reply_id, reactions.c.person)
        )
        endorsers: dict[int, dict[str, None]] = {}
        for row in await connection.execute(query):
            if is_agreement(row.emoji):
                endorsers.setdefault(row.reply_id, {})[row.person] = None
        return {reply_id: tuple(people) for reply_id, people in endorsers.items()}

    async def count(self, prompt_id: int) -> tuple[int, int]:
        """Count distinct people, and replies held, of a prompt."""
        query = select(func.count(distinct(replies.c.person)), func.count()).where(replies.c.prompt_id == prompt_id)
        async with self._database.read() as connection:
            people, held = (await connection.execute(query)).one()
        return int(people), int(held)

    async def count_open(self) -> dict[int, int]:
        """Count the distinct people who wrote to each open prompt, by prompt; where nobody did, it is left out."""
        is_open = prompts.c.state == PromptState.OPEN, prompts.c.gone_at.is_(None), self._is_held(prompts.c.guild_id)
        counted = select(replies.c.prompt_id, func.count(distinct(replies.c.person))).join(prompts).where(*is_open)
        async with self._database.read() as connection:
            rows = (await connection.execute(counted.group_by(replies.c.prompt_id))).all()
        return {int(prompt_id): int(people) for prompt_id, people in rows}

    async def people_in_series(self, series_id: int) -> int:
        """Count distinct people who replied to any prompt of a series."""
        query = select(func.count(distinct(replies.c.person))).join(prompts).where(prompts.c.series_id == series_id)
        async with self._database.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def erased(self, message_ids: Collection[int]) -> frozenset[int]:
        """Return those of the messages that were erased here, and so may not come back."""
        async with self._database.read() as connection:
            return await self._applier.erased(connection, message_ids)

    async def erase_prompt(self, prompt_id: int) -> int:
        """Erase all replies to a prompt, and the marks of erased reactions to them. Returns how many replies."""
        async with self._database.write() as connection:
            self._note_erased(Erased.REPLIES, prompt_id)
            await forget_sortings(connection, [prompt_id])
            await connection.execute(delete(reaction_marks).where(reaction_marks.c.prompt_id == prompt_id))
            return await write_rows(connection, delete(replies).where(replies.c.prompt_id == prompt_id))

    async def held(self, prompt_id: int) -> tuple[Held, ...]:
        """Return what is held of a prompt's replies, without their words, to compare with Discord's history."""
        columns = (replies.c.id, replies.c.message_id, replies.c.edited_at, replies.c.kind)
        async with self._database.read() as connection:
            rows = await connection.execute(select(*columns).where(replies.c.prompt_id == prompt_id))
            return tuple([Held(*row[:3], ReplyKind(row.kind)) async for row in iterate_in_slices(rows)])

    async def taken_back(self, prompt_ids: Collection[int]) -> int:
        """Count the replies to these prompts that were taken back or removed."""
        query = select(func.coalesce(func.sum(prompts.c.erased), 0))
        async with self._database.read() as connection:
            parts = [query.where(prompts.c.id.in_(ids)) for ids in chunks(tuple(prompt_ids))]
            return sum([int((await connection.execute(part)).scalar_one()) for part in parts])

    async def reactions_held(self, prompt_id: int) -> Mapping[int, Counter[str]]:
        """Count the people held for each emoji, by the message that they reacted to."""
        query = (
            select(replies.c.message_id, reactions.c.emoji, func.count())
            .join_from(reactions, replies)
            .where(replies.c.prompt_id == prompt_id)
            .group_by(replies.c.message_id, reactions.c.emoji)
        )
        held: dict[int, Counter[str]] = {}
        async with self._database.read() as connection:
            async for message_id, emoji, people in iterate_in_slices(await connection.execute(query)):
                held.setdefault(message_id, Counter())[emoji] = people
        return held

    def _reply(self, row: Row) -> Reply:
        return Reply(
            id=row["id"],
            prompt_id=row["prompt_id"],
            person=row["person"],
            kind=ReplyKind(row["kind"]),
            text=self._open(replies, row),
            created_at=row["created_at"],
            message_id=row["message_id"],
            reply_to=row["reply_to"],
            edited_at=row["edited_at"],
            attachments=row["attachments"],
            late=row["late"],
            agreed=row.get("agreed", 0),
        )
