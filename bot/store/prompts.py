"""Prompts: claimed before they are sent, confirmed after, closed once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import case, distinct, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.models.prompts import NewPrompt, Prompt, PromptCount, PromptState, SeriesState, WatchedPrompt
from bot.replies.rereading import ThreadRead
from bot.store.outside_changes import note_outside
from bot.store.prompt_rows import WATCHED, bind_time, change_prompt, new_values, prompt_of
from bot.store.replies.gone_threads import GoneThreads
from bot.store.repository import chunks, read_in_pages
from bot.store.tables import prompts, replies, series, thread_reads

NO_PROMPT = "That prompt doesn’t exist here. Choose one from the list."
ERASED = "The replies to this question were erased at the end of their time. What was published stays, without words."


class PromptStore(GoneThreads):
    """Verbs over the tables prompts and thread_reads, which says when a prompt's thread was last read to its end."""

    async def claim(self, new: NewPrompt, now: datetime) -> Prompt | None:
        """Claim a prompt before it is sent. None if its slot or its excerpt in this channel is taken already.

        For a slot of a series, the slot is counted as dealt with in the same transaction.
        """
        insert = self._database.insert(prompts).values(
            **new_values(new, PromptState.CLAIMED, now), excerpt_id=new.excerpt_id, slot_at=new.slot_at
        )
        async with self._database.write() as connection:
            result = await connection.execute(insert.on_conflict_do_nothing().returning(prompts))
            row = result.mappings().first()
            if new.slot_at is not None:
                await connection.execute(
                    update(series)
                    .where(series.c.id == new.series_id, series.c.slots_after < new.slot_at)
                    .values(slots_after=new.slot_at)
                )
        return None if row is None else prompt_of(row)

    async def confirm(self, prompt: Prompt, *, message_id: int, thread_id: int | None, now: datetime) -> Prompt:
        """Note the card, and the thread once there is one. Confirming twice changes nothing; closed stays closed."""
        closed = prompts.c.state == PromptState.CLOSED
        state = case((closed, PromptState.CLOSED), else_=PromptState.OPEN)
        values: dict[str, object] = {"state": state, "message_id": message_id}
        if thread_id is not None:
            values["thread_id"] = thread_id
        values["posted_at"] = func.coalesce(prompts.c.posted_at, bind_time(now))
        return await self._change(prompt.id, **values)

    async def holds_slot(self, series_id: int, slot_at: datetime) -> bool:
        """Say whether a prompt was claimed for a slot of a series, and not given up."""
        own = prompts.c.series_id == series_id, prompts.c.slot_at == slot_at, prompts.c.state != PromptState.FAILED
        return await self._read_scalar(select(prompts.c.id).where(*own).limit(1)) is not None

    async def fail(self, prompt: Prompt) -> Prompt:
        """Give a claim up: nothing was posted. Its excerpt may be posted again, its slot is dealt with."""
        return await self._change(prompt.id, state=PromptState.FAILED)

    async def add_double(self, prompt: Prompt, *, message_id: int, thread_id: int, now: datetime) -> Prompt:
        """Take a second post of a prompt, in which people wrote too, for a prompt of its own, once.

        It belongs to the same series, but to no slot, and has no line of its own to post.
        """
        insert = self._database.insert(prompts).values(
            **new_values(prompt, PromptState.OPEN, prompt.claimed_at),
            message_id=message_id,
            thread_id=thread_id,
            notice_id=message_id,
            posted_at=now,
        )
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_nothing())
            double = await connection.execute(select(prompts).where(prompts.c.thread_id == thread_id))
            return prompt_of(double.mappings().one())

    async def note_notice(self, prompt: Prompt, notice_id: int) -> Prompt:
        """Note the plain line with the question that phones show."""
        return await self._change(prompt.id, notice_id=notice_id)

    async def show_others(self, prompt_id: int, *, shows: bool) -> Prompt:
        """Note whether the card leads to what others said."""
        return await self._change(prompt_id, shows_others=shows)

    async def note_others(self, prompt: Prompt, others_id: int) -> Prompt:
        """Note the silent line that told of what others said, so that it is posted once."""
        return await self._change(prompt.id, others_id=others_id)

    async def to_tell_of_others(self) -> tuple[Prompt, ...]:
        """Return the open prompts whose card leads to what others said, and whose thread was not told of it."""
        is_open = prompts.c.state == PromptState.OPEN, prompts.c.gone_at.is_(None)
        untold = prompts.c.shows_others.is_(True), prompts.c.others_id.is_(None)
        return await self._many(*is_open, *untold, self._is_held(prompts.c.guild_id))

    async def of_unreleased(self, guild_id: int) -> tuple[Prompt, ...]:
        """Return the prompts of a server whose key may still exist, so that people could be traced."""
        posted = prompts.c.state.in_((PromptState.OPEN, PromptState.CLOSED))
        return await self._many(prompts.c.guild_id == guild_id, posted, prompts.c.released_at.is_(None))

    async def open_prompts(self) -> tuple[Prompt, ...]:
        """Return the open prompts of all servers."""
        is_open = prompts.c.state == PromptState.OPEN, prompts.c.gone_at.is_(None)
        return await self._many(*is_open, self._is_held(prompts.c.guild_id))

    async def close(self, prompt: Prompt, now: datetime) -> Prompt:
        """Close a prompt: replies after this are marked late. Closing twice changes nothing."""
        values = {"state": PromptState.CLOSED, "closed_at": func.coalesce(prompts.c.closed_at, bind_time(now))}
        closed = OutsideChange(OutsideKind.PROMPT_CLOSED, prompt.guild_id, prompt.id)
        async with self._database.write() as connection:
            await note_outside(self._database, connection, closed)
            return await change_prompt(connection, prompt.id, values)

    async def note_closing(self, prompt: Prompt, closing_id: int) -> Prompt:
        """Note the last line that thanks people, so that it is posted once."""
        return await self._change(prompt.id, closing_id=closing_id)

    async def note_read(self, prompt_id: int, read: ThreadRead) -> None:
        """Note that a prompt's thread was read to its end, and what it had then."""
        await self._upsert(thread_reads, {"prompt_id": prompt_id}, {"mark": read.mark, "read_at": read.read_at})

    async def get(self, guild_id: int, prompt_id: int) -> Prompt:
        """Return one prompt. Raises UserError if the server has none of this number."""
        query = select(prompts).where(prompts.c.guild_id == guild_id, prompts.c.id == prompt_id)
        return prompt_of(await self._read_one(query, NO_PROMPT))

    async def named(self, guild_id: int, prompt_ids: Collection[int]) -> tuple[Prompt, ...]:
        """Return those of a server's posted prompts that have these numbers, in their order."""
        posted = prompts.c.state.in_((PromptState.OPEN, PromptState.CLOSED))
        found: list[Prompt] = []
        for ids in chunks(sorted(prompt_ids)):
            found += await self._many(prompts.c.id.in_(ids), prompts.c.guild_id == guild_id, posted)
        return tuple(found)

    async def guild_of(self, prompt_id: int) -> int | None:
        """Return the server of a prompt; None where there is none of this number."""
        guild_id: int | None = await self._read_scalar(select(prompts.c.guild_id).where(prompts.c.id == prompt_id))
        return guild_id

    async def by_claim(self, claim: str) -> Prompt | None:
        """Return the prompt whose card's buttons carry this claim."""
        return next(iter(await self._many(prompts.c.claim == claim)), None)

    async def by_thread(self, thread_id: int) -> Prompt | None:
        """Return the prompt that owns a thread."""
        return next(iter(await self._many(prompts.c.thread_id == thread_id)), None)

    async def open_for(self, excerpt_id: int, channel_id: int) -> Prompt | None:
        """Return the open or claimed prompt of an excerpt in a channel."""
        unclosed = await self._many(
            prompts.c.excerpt_id == excerpt_id,
            prompts.c.channel_id == channel_id,
            prompts.c.state.in_((PromptState.CLAIMED, PromptState.OPEN)),
        )
        return next(iter(unclosed), None)

    async def unfinished(self, guild_id: int | None = None) -> tuple[Prompt, ...]:
        """Return prompts whose posting or closing was cut short: claimed, or without a thread, notice or last line.

        ``guild_id`` names a server; without it, those of all servers are returned.
        """
        return await self._many(
            self._is_held(prompts.c.guild_id) if guild_id is None else prompts.c.guild_id == guild_id,
            or_(
                prompts.c.state == PromptState.CLAIMED,
                (prompts.c.state == PromptState.OPEN)
                & or_(prompts.c.thread_id.is_(None), prompts.c.notice_id.is_(None)),
                (prompts.c.state == PromptState.CLOSED) & prompts.c.closing_id.is_(None) & prompts.c.gone_at.is_(None),
            ),
        )

    async def to_close(self, now: datetime) -> tuple[Prompt, ...]:
        """Return open prompts whose time is over."""
        due = prompts.c.state == PromptState.OPEN, prompts.c.closes_at <= now
        return await self._many(*due, self._is_held(prompts.c.guild_id))

    async def next_closing(self) -> datetime | None:
        """Return when the next open prompt's time is over."""
        is_open = prompts.c.state == PromptState.OPEN, self._is_held(prompts.c.guild_id)
        moment: datetime | None = await self._read_scalar(select(func.min(prompts.c.closes_at)).where(*is_open))
        return moment

    async def iterate_watched(self) -> AsyncIterator[tuple[WatchedPrompt, ThreadRead | None]]:
        """Yield every posted prompt, open ones first, and when its thread was last read: they are listened to.

        There can be 100,000, so they come in pages, and the event loop is free in between. Nothing more is collected
        where the replies were erased because their time was over.
        """
        own = prompts.c.message_id.is_not(None), prompts.c.frozen_at.is_(None), self._is_held(prompts.c.guild_id)
        query = select(*WATCHED, thread_reads.c.mark, thread_reads.c.read_at).outerjoin_from(prompts, thread_reads)
        async with self._database.read() as connection:
            for state in (PromptState.OPEN, PromptState.CLOSED):
                page = query.where(prompts.c.state == state, *own)
                async for row in read_in_pages(connection, page, prompts.c.id):
                    prompt = WatchedPrompt(**{column.name: row[column] for column in WATCHED} | {"state": state})
                    yield prompt, None if row["mark"] is None else ThreadRead(row["mark"], row["read_at"])

    async def places(self, guild_id: int) -> frozenset[int]:
        """Return the channels of a server in which a series runs or a prompt is open."""
        active = series.c.guild_id == guild_id, series.c.state == SeriesState.ACTIVE
        is_open = prompts.c.state.in_((PromptState.CLAIMED, PromptState.OPEN))
        async with self._database.read() as connection:
            running = (await connection.execute(select(series.c.channel_id).where(*active))).scalars().all()
            posted = select(prompts.c.channel_id).where(prompts.c.guild_id == guild_id, is_open)
            return frozenset((*running, *(await connection.execute(posted)).scalars()))

    async def of_series(self, series_id: int) -> tuple[PromptCount, ...]:
        """Return the posted prompts of a series with their figures, in order of posting."""
        return await self._counted(prompts.c.series_id == series_id)

    async def of_guild(self, guild_id: int) -> tuple[PromptCount, ...]:
        """Return a server's posted prompts with their figures, the oldest first."""
        return await self._counted(prompts.c.guild_id == guild_id)

    async def _counted(self, *where: Any) -> tuple[PromptCount, ...]:
        people = func.count(distinct(replies.c.person)).label("people")
        held = func.count(replies.c.id).label("held")
        query = (
            select(prompts, people, held)
            .outerjoin(replies)
            .where(prompts.c.state.in_((PromptState.OPEN, PromptState.CLOSED)), *where)
            .group_by(prompts.c.id)
            .order_by(prompts.c.id)
        )
        rows = await self._read_all(query)
        return tuple(PromptCount(prompt_of(row), row["people"], row["held"]) for row in rows)

    async def _change(self, prompt_id: int, **values: Any) -> Prompt:
        async with self._database.write() as connection:
            return await change_prompt(connection, prompt_id, values)


async def refuse_erased(connection: AsyncConnection, prompt_id: int) -> None:
    """Raise UserError where a prompt's replies were erased by date, so that no words of them are stored again."""
    query = select(prompts.c.id).where(prompts.c.id == prompt_id, prompts.c.frozen_at.is_not(None))
    if await connection.scalar(query) is not None:
        raise UserError(ERASED)
