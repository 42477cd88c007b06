"""Tells facilitators of their week: on Mondays at nine, once, also where the bot was away at nine."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.client import Bot
from bot.models.settings import GuildSettings
from bot.prompts.weekly_digest import find_next_slot, is_due, last_slot, week_text
from bot.services.weekly_digest import review_week
from cogs.core.reports import end_report, report


async def tell_week(bot: Bot, guild_id: int, now: datetime) -> datetime | None:
    """Send a server's weekly line if it is due. Returns when the next one is; None where the bot is not there."""
    weeks = await bot.store.reminders.weeks_told()
    if guild_id not in weeks or bot.get_guild(guild_id) is None:
        return None  # Discord shows it later; then there is another round
    settings, told_at = await bot.store.settings.of(guild_id), weeks[guild_id]
    if told_at is None:
        # A server that is new here has no week behind it.
        await bot.store.reminders.note_week(guild_id, now)
    elif is_due(told_at, now, settings.time_zone):
        await _tell(bot, settings, now)
    return find_next_slot(now, settings.time_zone)


async def _tell(bot: Bot, settings: GuildSettings, now: datetime) -> None:
    """Report one server's week where there is anything to say, in place of a line before it that is still untold."""
    week = await review_week(bot.store, settings.guild_id, now)
    if not week.is_silent:
        slot = last_slot(now, settings.time_zone)
        before = last_slot(slot - timedelta(seconds=1), settings.time_zone)
        await end_report(bot, settings.guild_id, _key(before))
        await report(bot, settings.guild_id, week_text(week), key=_key(slot))
    await bot.store.reminders.note_week(settings.guild_id, now)


def _key(slot: datetime) -> str:
    return f"week:{slot.isoformat()}"
