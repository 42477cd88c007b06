"""Summaries that others can see, kept sealed so that a deletion can reach them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from bot.models.summaries import SharedSummary
from bot.store.keyed.check_points import follow_summaries
from bot.store.prompts import refuse_erased
from bot.store.repository import SealedRepository, chunks
from bot.store.tables import prompts, summaries
from bot.summaries.io.codec import summary_from_json


class SummaryStore(SealedRepository):
    """Verbs over the table summaries."""

    async def share(
        self, *, guild_id: int, prompt_id: int, channel_id: int, message_id: int | None = None, body: str, now: datetime
    ) -> int:
        """Record a summary, before its message is posted, and return the record's id.

        Raises UserError if the replies were erased meanwhile by their date.
        """
        row = secrets.token_hex(8)
        values = {
            "guild_id": guild_id,
            "prompt_id": prompt_id,
            "channel_id": channel_id,
            "message_id": message_id,
            "row": row,
            "shared_at": now,
        }
        values |= self._seal(summaries, values, body)
        async with self._database.write() as connection:
            await refuse_erased(connection, prompt_id)
            made = await connection.execute(insert(summaries).values(values).returning(summaries.c.id))
            return int(made.scalar_one())

    async def shared(self, prompt_id: int | None = None) -> tuple[SharedSummary, ...]:
        """Return the recorded summaries of one prompt, or all of them."""
        is_held = self._is_held(summaries.c.guild_id)
        return await self._many(is_held if prompt_id is None else summaries.c.prompt_id == prompt_id)

    async def of_prompts(self, prompt_ids: Sequence[int]) -> dict[int, list[SharedSummary]]:
        """Return the recorded summaries of some prompts by the prompts' ids, each one's the oldest first."""
        by_prompt: dict[int, list[SharedSummary]] = {}
        for ids in chunks(prompt_ids):
            for shared in await self._many(summaries.c.prompt_id.in_(ids)):
                by_prompt.setdefault(shared.prompt_id, []).append(shared)
        return by_prompt

    async def prompt_ids(self) -> tuple[int, ...]:
        """Return the prompts that have recorded summaries, those with the newest first. What these say is not read."""
        query = select(summaries.c.prompt_id).group_by(summaries.c.prompt_id).order_by(func.max(summaries.c.id).desc())
        return tuple(await self._read_scalars(query.where(self._is_of_held(summaries.c.prompt_id, prompts))))

    async def get(self, summary_id: int) -> SharedSummary | None:
        """Return a recorded summary; None if it was forgotten meanwhile."""
        return next(iter(await self._many(summaries.c.id == summary_id)), None)

    async def note_message(self, summary_id: int, message_id: int) -> None:
        """Note the message that shows a recorded summary."""
        place = {"message_id": message_id}
        await self._write(update(summaries).where(summaries.c.id == summary_id).values(place))

    async def by_message(self, message_id: int) -> SharedSummary | None:
        """Return the recorded summary that a message shows."""
        return next(iter(await self._many(summaries.c.message_id == message_id)), None)

    async def shows(self, message_id: int) -> bool:
        """Tell whether a message shows a recorded summary, without opening what it says."""
        query = select(summaries.c.id).where(summaries.c.message_id == message_id)
        return await self._read_scalar(query) is not None

    async def replace(self, summary_id: int, body: str, now: datetime) -> None:
        """Replace what a recorded summary says.

        If its prompt's replies were erased by their date meanwhile, words of them are not put back.
        """
        query = select(summaries, prompts.c.frozen_at).join(prompts).where(summaries.c.id == summary_id)
        async with self._database.write() as connection:
            row = (await connection.execute(query)).mappings().first()
            if row is not None and (row["frozen_at"] is None or summary_from_json(body).frozen):
                this = summaries.c.id == summary_id
                await self._reseal(connection, summaries, this, values={"edited_at": now}, words={"sealed": body})
                await follow_summaries(connection, self._sealer, row["prompt_id"], self._open(summaries, row))

    async def forget(self, message_id: int) -> None:
        """Forget a summary whose message was deleted."""
        await self._forget(summaries.c.message_id == message_id)

    async def take_back(self, summary_id: int) -> None:
        """Forget a summary that could not be posted, unless its message is by now."""
        await self._forget(summaries.c.id == summary_id, summaries.c.message_id.is_(None))

    async def _forget(self, *which: ColumnElement[bool]) -> None:
        gone = delete(summaries).where(*which).returning(summaries)
        async with self._database.write() as connection:
            row = (await connection.execute(gone)).mappings().first()
            if row is not None:
                await follow_summaries(connection, self._sealer, row["prompt_id"], self._open(summaries, row))

    async def _many(self, *wanted: ColumnElement[bool]) -> tuple[SharedSummary, ...]:
        query = select(summaries).where(*wanted).order_by(summaries.c.id)
        rows = await self._read_all(query)
        return tuple(
            SharedSummary(
                id=row["id"],
                guild_id=row["guild_id"],
                prompt_id=row["prompt_id"],
                channel_id=row["channel_id"],
                message_id=row["message_id"],
                body=self._open(summaries, row),
            )
            for row in rows
        )
