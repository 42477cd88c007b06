"""Reminders and the weekly line: claimed or noted here, so that each comes once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import distinct, func, select, update

from bot.models.prompts import Prompt, PromptState
from bot.store.prompt_rows import prompt_of
from bot.store.repository import Repository
from bot.store.tables import guilds, prompts, replies


class ReminderStore(Repository):
    """Verbs over what prompts and servers note of reminders and weekly lines."""

    async def to_remind(self, guild_id: int) -> tuple[Prompt, ...]:
        """Return a server's open prompts without a reminder, if it wants them; also where one was cut short."""
        query = (
            select(prompts)
            .join(guilds, guilds.c.id == prompts.c.guild_id)
            .where(guilds.c.id == guild_id, guilds.c.reminders.is_(True), guilds.c.left_at.is_(None))
            .where(prompts.c.state == PromptState.OPEN, prompts.c.reminder_id.is_(None))
            .order_by(prompts.c.id)
        )
        return tuple(prompt_of(row) for row in await self._read_all(query))

    async def claim(self, prompt: Prompt, now: datetime) -> bool:
        """Claim a prompt's reminder before it is sent. False where it was claimed before, or the prompt is closed."""
        free = prompts.c.state == PromptState.OPEN, prompts.c.reminded_at.is_(None)
        change = update(prompts).where(prompts.c.id == prompt.id, *free).values(reminded_at=now)
        return bool(await self._write(change))

    async def note_sent(self, prompt: Prompt, message_id: int | None) -> None:
        """Note a reminder's message; None where it is not known."""
        change = update(prompts).where(prompts.c.id == prompt.id).values(reminder_id=message_id)
        await self._write(change)

    async def weeks_told(self) -> Mapping[int, datetime | None]:
        """Return when each server that the bot is in was last told of its week; None where it never was."""
        of_bot = guilds.c.left_at.is_(None), self._is_held(guilds.c.id)
        query = select(guilds.c.id, guilds.c.weekly_told_at).where(*of_bot).order_by(guilds.c.id)
        return {row["id"]: row["weekly_told_at"] for row in await self._read_all(query)}

    async def note_week(self, guild_id: int, now: datetime) -> None:
        """Note that a server was told of its week, or that there was nothing to tell."""
        await self._write(update(guilds).where(guilds.c.id == guild_id).values(weekly_told_at=now))

    async def people_since(self, guild_id: int, since: datetime) -> int:
        """Count the people who have replied in a server's threads since a moment."""
        query = (
            select(func.count(distinct(replies.c.person)))
            .join_from(replies, prompts, replies.c.prompt_id == prompts.c.id)
            .where(prompts.c.guild_id == guild_id, replies.c.created_at >= since)
        )
        return int(await self._read_scalar(query) or 0)
