"""What facilitators are told about their server's week, put together from the other stores."""

from __future__ import annotations

from datetime import datetime

from bot.models.prompts import PromptState, SeriesState
from bot.outcomes.points import find_open_points, overdue_points
from bot.prompts.schedule import decide
from bot.prompts.weekly_digest import WEEK, Week
from bot.services.outcomes import list_answered
from bot.store import Store
from bot.text.dates import local_date


async def review_week(store: Store, guild_id: int, now: datetime) -> Week:
    """Count what happened in a server in the week before ``now``, and what waits for facilitators.

    What is due to be posted now is no longer left: it comes in the same minute as this line.
    """
    counted = await store.prompts.of_guild(guild_id)
    unanswered = [row.prompt for row in counted if not row.people and row.prompt.gone_at is None]
    active = [series for series in await store.series.of_guild(guild_id) if series.state is SeriesState.ACTIVE]
    return Week(
        people=await store.reminders.people_since(guild_id, now - WEEK),
        unanswered=sum(prompt.state is PromptState.OPEN for prompt in unanswered),
        passed=sum(prompt.closed_at is not None and prompt.closed_at > now - WEEK for prompt in unanswered),
        series=len(active),
        left=sum(len(series.waiting_ids) - (decide(series, now).post_at is not None) for series in active),
        drafts=sum(draft.guild_id == guild_id for draft in await store.drafts.open_drafts()),
        private=len(await store.private.waiting(guild_id)),
        objections=len(await store.objections.waiting(guild_id)),
        suggestions=len(await store.suggestions.waiting(guild_id)),
        open_points=await _open_points(store, guild_id),
        overdue=await _overdue(store, guild_id, now),
    )


async def _open_points(store: Store, guild_id: int) -> tuple[str, ...]:
    """Find the points of published summaries that have no outcome, in all series of a server."""
    answered = [await list_answered(store, series) for series in await store.series.of_guild(guild_id)]
    return tuple(str(row.ref) for rows in answered for row in find_open_points(rows))


async def _overdue(store: Store, guild_id: int, now: datetime) -> tuple[str, ...]:
    today = local_date(now, (await store.settings.of(guild_id)).time_zone)
    return tuple(map(str, overdue_points(await store.outcomes.of_guild(guild_id), today)))
