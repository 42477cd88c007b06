"""What age takes: replies, and everybody's words in what was made of them, in one transaction a prompt."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.actions import RETENTION
from bot.models.prompts import PromptState
from bot.models.reviews import DraftState
from bot.prompts.retention import KeptPrompt
from bot.store.audit_log import AuditLogStore
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased
from bot.store.keyed.check_points import end_for_good, follow_summaries
from bot.store.people.group_tables import GroupStore
from bot.store.prompt_rows import prompt_of
from bot.store.repository import SealedRepository, chunks, read_in_pages, write_rows
from bot.store.sortings import forget_sortings
from bot.store.tables import (
    actions,
    drafts,
    guilds,
    objections,
    private_batches,
    private_replies,
    prompts,
    reaction_marks,
    replies,
    summaries,
    thread_reads,
    tombstones,
)
from bot.summaries.lifecycle.frozen import freeze_record
from bot.summaries.lifecycle.record import Record


@dataclass(frozen=True, slots=True)
class DraftCard:
    """The card of a draft that lost its words, and so has to be shown again."""

    guild_id: int
    draft_id: int
    channel_id: int
    message_id: int


class RetentionStore(SealedRepository):
    """Verbs over every table that holds what people wrote to a prompt."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        pseudonyms: Pseudonyms,
        draft_store: DraftStore,
        group_store: GroupStore,
        audit_log: AuditLogStore,
    ) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._drafts = draft_store
        self._groups = group_store
        self._audit_log = audit_log

    async def keeping(self) -> tuple[KeptPrompt, ...]:
        """Return the closed prompts whose replies are kept, of the servers that the bot is in, the oldest first."""
        async with self._database.read() as connection:
            return await _find_kept(connection, self._is_held(prompts.c.guild_id))

    async def note_told(self, prompt_ids: Collection[int], now: datetime | None) -> None:
        """Note that facilitators were told what will be erased; with None, that it counts no more."""
        async with self._database.write() as connection:
            for ids in chunks(tuple(prompt_ids)):
                told = update(prompts).where(prompts.c.id.in_(ids)).values(retention_told_at=now)
                await connection.execute(told)

    async def erase(self, prompt_id: int, date: str, now: datetime) -> int | None:
        """Erase all replies to a prompt whose time is over, with everybody's words in summaries and drafts.

        The counts in stored summaries stay; ``date`` is the local day that they name. Returns how many replies went,
        private ones not counted; None, with nothing changed, if the time is not over, or they were erased before.
        """
        async with self._database.write() as connection:
            kept = next(iter(await _find_kept(connection, prompts.c.id == prompt_id)), None)
            if kept is None or not kept.is_over(now):
                return None
            return await self.erase_in(connection, kept.prompt.guild_id, prompt_id, date, now)

    async def erase_in(
        self, connection: AsyncConnection, guild_id: int, prompt_id: int, date: str, now: datetime
    ) -> int:
        """Erase the same whatever the time, in a transaction of the store's own."""
        self._note_erased(Erased.PROMPT, prompt_id)
        of_prompt = select(summaries.c.id).where(summaries.c.prompt_id == prompt_id)
        await connection.execute(delete(objections).where(objections.c.summary_id.in_(of_prompt)))
        await self._freeze_summaries(connection, prompt_id, date, now)
        await self._drafts.drop_open(connection, prompt_id, now)
        gone = await write_rows(connection, delete(replies).where(replies.c.prompt_id == prompt_id))
        for table in (private_replies, private_batches, tombstones, reaction_marks, thread_reads):
            await connection.execute(delete(table).where(table.c.prompt_id == prompt_id))
        await forget_sortings(connection, [prompt_id])
        await end_for_good(connection, prompt_id, now)
        await self._groups.forget_gone(connection, guild_id)
        await connection.execute(update(actions).where(actions.c.prompt_id == prompt_id).values(sealed=None))
        await self._audit_log.note_in(connection, guild_id, RETENTION, "", prompt_id=prompt_id, now=now)
        await connection.execute(update(prompts).where(prompts.c.id == prompt_id).values(frozen_at=now, keep_reason=""))
        return gone

    async def erased_since(self, moment: datetime) -> tuple[int, ...]:
        """Return prompts whose replies were erased by date since a moment: their summaries may have to be redrawn."""
        frozen_at = prompts.c.frozen_at
        erased = frozen_at >= moment, self._is_held(prompts.c.guild_id)
        query = select(prompts.c.id).where(*erased).order_by(frozen_at, prompts.c.id)
        return tuple(await self._read_scalars(query))

    async def draft_cards(self) -> tuple[DraftCard, ...]:
        """Return the cards that may still show the words of drafts which were open when their prompt's replies went."""
        query = (
            select(drafts.c.guild_id, drafts.c.id, drafts.c.channel_id, drafts.c.message_id)
            .join(prompts, prompts.c.id == drafts.c.prompt_id)
            .where(drafts.c.state == DraftState.DROPPED, drafts.c.message_id.is_not(None))
            .where(drafts.c.ended_at == prompts.c.frozen_at, self._is_held(drafts.c.guild_id))
            .order_by(drafts.c.id)
        )
        async with self._database.read() as connection:
            return tuple(DraftCard(*row) for row in await connection.execute(query))

    async def note_shown(self, card: DraftCard) -> None:
        """Note that a draft's card no longer shows words, or is gone."""
        await self._write(update(drafts).where(drafts.c.id == card.draft_id).values(message_id=None))

    async def _freeze_summaries(self, connection: AsyncConnection, prompt_id: int, date: str, now: datetime) -> None:
        query = select(summaries).where(summaries.c.prompt_id == prompt_id)
        for row in (await connection.execute(query)).mappings().all():
            this, before = summaries.c.id == row["id"], self._open(summaries, row)
            body = await asyncio.to_thread(_frozen, before, date)
            if body is None:  # words that cannot be told from counts must not stay
                await connection.execute(delete(summaries).where(this))
            else:
                await self._reseal(connection, summaries, this, values={"edited_at": now}, words={"sealed": body})
            await follow_summaries(connection, self._sealer, prompt_id, before)


async def _find_kept(connection: AsyncConnection, wanted: ColumnElement[bool]) -> tuple[KeptPrompt, ...]:
    query = (
        select(prompts, guilds.c.retention_days)
        .join(guilds)
        .where(prompts.c.state == PromptState.CLOSED, prompts.c.closed_at.is_not(None))
        .where(prompts.c.frozen_at.is_(None), guilds.c.left_at.is_(None), wanted)
    )
    rows = read_in_pages(connection, query, prompts.c.id)
    return tuple([KeptPrompt(prompt_of(row), row["closed_at"], row["retention_days"]) async for row in rows])


def _frozen(body: str, date: str) -> str | None:
    """Return a record without words; None if it is none."""
    try:
        return freeze_record(Record.from_json(body), date).to_json()
    except ValueError:
        return None
