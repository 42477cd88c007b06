"""Prompts whose thread Discord no longer has: noted, kept or given back, and told to facilitators."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot.models.prompts import Prompt, PromptState, WatchedPrompt
from bot.models.reports import NewReport
from bot.store.database import Database
from bot.store.prompt_rows import bind_time, change_prompt, prompt_of
from bot.store.reports import ReportStore
from bot.store.repository import Repository
from bot.store.tables import guilds, prompts


class GoneThreads(Repository):
    """Those verbs over the table prompts that are about deleted threads."""

    def __init__(self, database: Database, reports: ReportStore) -> None:
        super().__init__(database)
        self._reports = reports

    async def note_gone(self, prompt: Prompt, now: datetime, report: NewReport | None = None) -> Prompt:
        """Note that Discord no longer has the thread: its replies are held back from new summaries.

        ``report`` tells the facilitators, and is kept in the same transaction.
        """
        values = {
            "gone_at": func.coalesce(prompts.c.gone_at, bind_time(now)),
            "state": PromptState.CLOSED,
            "closed_at": func.coalesce(prompts.c.closed_at, bind_time(now)),
        }
        async with self._database.write() as connection:
            if report is not None:
                await self._reports.add_in(connection, report, now)
            return await change_prompt(connection, prompt.id, values)

    async def note_back(self, prompt: WatchedPrompt) -> Prompt:
        """Note that the thread can be seen again."""
        async with self._database.write() as connection:
            await self._reports.end_in(connection, prompt.guild_id, format_gone_key(prompt))
            return await change_prompt(
                connection, prompt.id, {"gone_at": None, "gone_told_at": None, "keep_reason": ""}
            )

    async def keep(self, prompt: Prompt, reason: str) -> Prompt:
        """Keep the replies of a prompt whose thread is gone, and say why. Facilitators are not told again."""
        async with self._database.write() as connection:
            await self._reports.end_in(connection, prompt.guild_id, format_gone_key(prompt))
            return await change_prompt(connection, prompt.id, {"keep_reason": reason})

    async def gone(self, before: datetime) -> tuple[Prompt, ...]:
        """Return prompts whose thread went, of which facilitators were told before a moment and which nobody keeps."""
        gone = prompts.c.gone_at.is_not(None), prompts.c.gone_told_at < before, self._is_held(prompts.c.guild_id)
        # Sorted by the moment: in the order of ids, SQLite would read every prompt rather than sort a few.
        return await self._many(*gone, prompts.c.keep_reason == "", by=prompts.c.gone_told_at)

    async def gone_untold(self) -> tuple[Prompt, ...]:
        """Return prompts whose thread went, of which facilitators were not told, of the servers that the bot is in."""
        left = select(guilds.c.id).where(guilds.c.left_at.is_not(None))
        return await self._many(
            prompts.c.gone_at.is_not(None),
            prompts.c.gone_told_at.is_(None),
            prompts.c.thread_id.is_not(None),
            prompts.c.keep_reason == "",
            prompts.c.frozen_at.is_(None),
            prompts.c.guild_id.not_in(left),
            self._is_held(prompts.c.guild_id),
            by=prompts.c.gone_at,
        )

    async def _many(self, *where: Any, by: Any = prompts.c.id) -> tuple[Prompt, ...]:
        query = select(prompts).where(*where).order_by(by, prompts.c.id)
        return tuple(prompt_of(row) for row in await self._read_all(query))


def format_gone_key(prompt: WatchedPrompt) -> str:
    """Return the key of the report that a prompt's thread was deleted."""
    return f"gone:{prompt.id}"
