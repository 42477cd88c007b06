"""Summaries that others can see, kept sealed so that a deletion can reach them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, select, update

from bot.models.summaries import SharedSummary
from bot.store.checks_points import follow_summaries
from bot.store.database import Database
from bot.store.prompts import refuse_erased
from bot.store.sealing import Sealer
from bot.store.tables import prompts, summaries
from bot.summaries.storing import summary_from_json


class SummaryStore:
    """Verbs over the table summaries."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def share(
        self, *, guild_id: int, prompt_id: int, channel_id: int, message_id: int, body: str, now: datetime
    ) -> None:
        """Record a summary that was posted. Raises UserError where the replies were erased meanwhile by their date."""
        row = secrets.token_hex(8)
        values = {
            "guild_id": guild_id,
            "prompt_id": prompt_id,
            "channel_id": channel_id,
            "message_id": message_id,
            "row": row,
            "shared_at": now,
            **self._sealed(body, row),
        }
        async with self._database.write() as connection:
            await refuse_erased(connection, prompt_id)
            await connection.execute(self._database.insert(summaries).values(values).on_conflict_do_nothing())

    async def shared(self, prompt_id: int | None = None) -> tuple[SharedSummary, ...]:
        """The recorded summaries of one prompt, or all of them."""
        query = select(summaries).order_by(summaries.c.id)
        if prompt_id is not None:
            query = query.where(summaries.c.prompt_id == prompt_id)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(
            SharedSummary(
                id=row["id"],
                guild_id=row["guild_id"],
                prompt_id=row["prompt_id"],
                channel_id=row["channel_id"],
                message_id=row["message_id"],
                body=self._body(row),
            )
            for row in rows
        )

    async def by_message(self, message_id: int) -> SharedSummary | None:
        """The recorded summary that a message shows."""
        async with self._database.read() as connection:
            prompt_id = await connection.scalar(
                select(summaries.c.prompt_id).where(summaries.c.message_id == message_id)
            )
        if prompt_id is None:
            return None
        return next((one for one in await self.shared(prompt_id) if one.message_id == message_id), None)

    async def replace(self, summary_id: int, body: str, now: datetime) -> None:
        """Replace what a recorded summary says.

        Where its prompt's replies were erased by their date meanwhile, words of them are not put back.
        """
        query = select(summaries, prompts.c.frozen_at).join(prompts).where(summaries.c.id == summary_id)
        async with self._database.write() as connection:
            found = (await connection.execute(query)).mappings().first()
            if found is not None and (found["frozen_at"] is None or summary_from_json(body).frozen):
                values = {**self._sealed(body, found["row"]), "edited_at": now}
                await connection.execute(update(summaries).where(summaries.c.id == summary_id).values(values))
                await follow_summaries(connection, self._sealer, found["prompt_id"], self._body(found))

    async def forget(self, message_id: int) -> None:
        """Forget a summary whose message was deleted."""
        gone = delete(summaries).where(summaries.c.message_id == message_id).returning(summaries)
        async with self._database.write() as connection:
            found = (await connection.execute(gone)).mappings().first()
            if found is not None:
                await follow_summaries(connection, self._sealer, found["prompt_id"], self._body(found))

    def _body(self, row: RowMapping) -> str:
        return self._sealer.open(row["sealed"], f"summaries:{row['row']}", row["key_id"])

    def _sealed(self, body: str, row: str) -> dict[str, Any]:
        return {"sealed": self._sealer.seal(body, f"summaries:{row}"), "key_id": self._sealer.key_id}
