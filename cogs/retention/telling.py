"""Tells facilitators a month ahead what will be erased, in one report for all prompts of a day."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.client import Bot
from bot.dates import closing_date_text
from bot.prompts.retention import Keeping
from cogs.formats import human_join, plural
from cogs.replies.gone import quoted
from cogs.reporting import report

log = logging.getLogger(__name__)

MOST_NAMED = 8


async def tell_ahead(bot: Bot, now: datetime) -> None:
    """Tell each server's facilitators of the prompts whose replies are erased in about a month."""
    kept = await bot.store.retention.keeping()
    forgotten = [one.prompt.id for one in kept if one.is_forgotten()]
    if forgotten:
        await bot.store.retention.note_told(forgotten, None)
    due: defaultdict[int, list[Keeping]] = defaultdict(list)
    for one in kept:
        if one.is_to_tell(now):
            due[one.prompt.guild_id].append(one)
    for guild_id, keepings in due.items():
        settings = await bot.store.settings.of(guild_id)
        told = await report(bot, guild_id, _told(keepings, now, settings.time_zone))
        # Noted after it was sent: it may be told twice, but nothing is erased of which nobody was told.
        noted = [one.prompt.id for one in keepings if told or one.may_wait_no_longer(now)]
        if not told:
            log.warning("guild %s could not be told of the erasing of %d prompts", guild_id, len(keepings))
        if noted:
            await bot.store.retention.note_told(noted, now)


def _told(keepings: Sequence[Keeping], now: datetime, time_zone: str) -> str:
    days: defaultdict[str, list[str]] = defaultdict(list)
    for one in sorted(keepings, key=lambda one: one.erased_at(now))[:MOST_NAMED]:
        days[closing_date_text(one.erased_at(now), time_zone)].append(quoted(one.prompt))
    lines = [f"- on {day}: {human_join(questions)}" for day, questions in days.items()]
    if more := len(keepings) - MOST_NAMED:
        lines += [f"- and {plural(more, 'more prompt')} in the days after"] if more > 0 else []
    return "\n".join(
        (
            "I will erase the replies to these prompts, because their time is over:",
            *lines,
            "Published summaries stay, with their counts and without quotes. To keep files before that day, use "
            "/summary export. Someone who manages the server can keep replies longer with /setup retention.",
        )
    )
