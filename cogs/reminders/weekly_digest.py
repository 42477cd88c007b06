"""Tells facilitators of their week: on Mondays at nine, once, also where the bot was away at nine."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.client import Bot
from bot.models.prompts import PromptState, SeriesState
from bot.models.settings import GuildSettings
from bot.outcomes.points import open_points, overdue_points
from bot.prompts.weekly_digest import WEEK, Week, is_due, last_slot, next_slot, week_text
from bot.services.outcomes import answered_in
from bot.text.dates import local_date
from cogs.core.reports import end_report, report


async def tell_weeks(bot: Bot, now: datetime) -> datetime | None:
    """Send the weekly lines that are due. Returns when the next one is; None where there is no server."""
    moments = []
    for guild_id, told_at in (await bot.store.reminders.weeks_told()).items():
        if bot.get_guild(guild_id) is None:
            continue  # Discord shows it later; then there is another round
        settings = await bot.store.settings.of(guild_id)
        moments.append(next_slot(now, settings.time_zone))
        if told_at is None:
            # A server that is new here has no week behind it.
            await bot.store.reminders.note_week(guild_id, now)
        elif is_due(told_at, now, settings.time_zone):
            await _tell(bot, settings, now)
    return min(moments, default=None)


async def _tell(bot: Bot, settings: GuildSettings, now: datetime) -> None:
    """Report one server's week where there is anything to say, in place of a line before it that is still untold."""
    week = await week_of(bot, settings.guild_id, now)
    if not week.is_silent:
        slot = last_slot(now, settings.time_zone)
        before = last_slot(slot - timedelta(seconds=1), settings.time_zone)
        await end_report(bot, settings.guild_id, _key(before))
        await report(bot, settings.guild_id, week_text(week), key=_key(slot))
    await bot.store.reminders.note_week(settings.guild_id, now)


def _key(slot: datetime) -> str:
    return f"week:{slot.isoformat()}"


async def week_of(bot: Bot, guild_id: int, now: datetime) -> Week:
    """A server's week."""
    store = bot.store
    prompts = [one for one in await store.prompts.of_guild(guild_id) if not one.people and one.prompt.gone_at is None]
    series = [one for one in await store.series.of_guild(guild_id) if one.state is SeriesState.ACTIVE]
    return Week(
        people=await store.reminders.people_since(guild_id, now - WEEK),
        unanswered=sum(one.prompt.state is PromptState.OPEN for one in prompts),
        passed=sum(one.prompt.closed_at is not None and one.prompt.closed_at > now - WEEK for one in prompts),
        series=len(series),
        left=sum(len(one.waiting_ids) for one in series),
        drafts=sum(one.guild_id == guild_id for one in await store.drafts.open_drafts()),
        private=len(await store.private.waiting(guild_id)),
        objections=len(await store.objections.waiting(guild_id)),
        suggestions=len(await store.suggestions.waiting(guild_id)),
        open_points=await _open_points(bot, guild_id),
        overdue=await _overdue(bot, guild_id, now),
    )


async def _open_points(bot: Bot, guild_id: int) -> tuple[str, ...]:
    """The points of published summaries that have no outcome, in all series of a server."""
    every = [await answered_in(bot.store, one) for one in await bot.store.series.of_guild(guild_id)]
    return tuple(str(one.ref) for found in every for one in open_points(found))


async def _overdue(bot: Bot, guild_id: int, now: datetime) -> tuple[str, ...]:
    today = local_date(now, (await bot.store.settings.of(guild_id)).time_zone)
    return tuple(map(str, overdue_points(await bot.store.outcomes.of_guild(guild_id), today)))
