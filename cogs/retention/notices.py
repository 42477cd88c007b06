"""Tells facilitators a month ahead what will be erased, in one report for all prompts of a day."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.client import Bot
from bot.models.reports import NewReport, ReportKind
from bot.prompts.retention import NOTICE, Keeping, day_of_erasing
from bot.text.dates import closing_date_text
from bot.text.words import human_join, plural
from cogs.core.reports import deliver, keep_report
from cogs.replies.deleted_threads import quoted

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
        await _tell(bot, guild_id, keepings, now)


async def _tell(bot: Bot, guild_id: int, keepings: Sequence[Keeping], now: datetime) -> None:
    """Tell one server of all prompts that are due, and count the month from the telling.

    Where the month for telling has passed untold, it counts from now: a server where nobody can be told keeps nothing
    for ever. The report waits all the same.
    """
    settings = await bot.store.settings.of(guild_id)
    await bot.store.reports.drop_waiting(guild_id, ReportKind.RETENTION)  # it is made anew, with what came since
    ids = [one.prompt.id for one in keepings]
    key = f"retention:{now.isoformat()}"
    await keep_report(bot, NewReport(guild_id, key, _text(keepings), kind=ReportKind.RETENTION, prompt_ids=ids))
    await deliver(bot, guild_id, now)
    told = {one.prompt.id for one in await bot.store.retention.keeping() if not one.is_to_tell(now)}
    keepings = [one for one in keepings if one.prompt.id not in told]
    if not keepings:
        return
    log.warning("guild %s could not be told of the erasing of %d prompts", guild_id, len(keepings))
    overdue = [one for one in keepings if one.may_wait_no_longer(now)]
    if overdue:
        await bot.store.retention.note_told([one.prompt.id for one in overdue], now)
        day = closing_date_text(now + NOTICE, settings.time_zone)
        await keep_report(bot, NewReport(guild_id, f"{key}:overdue", _text(overdue, day)))


def _text(keepings: Sequence[Keeping], fixed: str = "") -> str:
    """What facilitators read. The days are those that follow from the telling, unless they are fixed."""
    days: defaultdict[str, list[str]] = defaultdict(list)
    for one in sorted(keepings, key=lambda one: one.over_at)[:MOST_NAMED]:
        days[fixed or day_of_erasing(one.over_at)].append(quoted(one.prompt))
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
