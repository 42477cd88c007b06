"""Tells facilitators a month ahead what will be erased, in one report for all prompts of a day."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.client import Bot
from bot.models.reports import NewReport, ReportKind
from bot.prompts.retention import NOTICE, KeptPrompt, format_erasure_day
from bot.prompts.texts import quote_question
from bot.text.dates import format_local_date
from bot.text.words import human_join, plural
from cogs.core.reports import deliver_reports, keep_report

log = logging.getLogger(__name__)

MOST_NAMED = 8
WILL_ERASE = "The bot will erase the replies to these prompts, because their time is up:"
PUBLISHED_STAY = (
    "Published summaries stay, with their counts and without quotes. To keep files before that day, use "
    "/summary export. Someone who manages the server can keep replies longer with /setup."
)


async def tell_ahead(bot: Bot, now: datetime) -> None:
    """Tell each server's facilitators of the prompts whose replies are erased in about a month."""
    keepings = await bot.store.retention.keeping()
    forgotten = [keeping.prompt.id for keeping in keepings if keeping.is_forgotten()]
    if forgotten:
        await bot.store.retention.note_told(forgotten, None)
    due: defaultdict[int, list[KeptPrompt]] = defaultdict(list)
    for keeping in keepings:
        if keeping.is_to_tell(now):
            due[keeping.prompt.guild_id].append(keeping)
    for guild_id, of_guild in due.items():
        await _tell(bot, guild_id, of_guild, now)


async def _tell(bot: Bot, guild_id: int, keepings: Sequence[KeptPrompt], now: datetime) -> None:
    """Tell one server of all prompts that are due, and count the month from the telling.

    Where the month for telling has passed untold, it counts from now: a server where nobody can be told keeps nothing
    for ever. The report waits all the same.
    """
    settings = await bot.store.settings.of(guild_id)
    await bot.store.reports.drop_waiting(guild_id, ReportKind.RETENTION)  # it is made again, with what came since
    ids = [keeping.prompt.id for keeping in keepings]
    key = f"retention:{now.isoformat()}"
    await keep_report(bot, NewReport(guild_id, key, _report_text(keepings), kind=ReportKind.RETENTION, prompt_ids=ids))
    await deliver_reports(bot, guild_id, now)
    stored = await bot.store.retention.keeping()
    done = {keeping.prompt.id for keeping in stored if not keeping.is_to_tell(now)}
    untold = [keeping for keeping in keepings if keeping.prompt.id not in done]
    if not untold:
        return
    log.warning("guild %s could not be told of the erasing of %d prompts", guild_id, len(untold))
    overdue = [keeping for keeping in untold if keeping.may_wait_no_longer(now)]
    if overdue:
        await bot.store.retention.note_told([keeping.prompt.id for keeping in overdue], now)
        day = format_local_date(now + NOTICE, settings.time_zone)
        await keep_report(bot, NewReport(guild_id, f"{key}:overdue", _report_text(overdue, day)))


def _report_text(keepings: Sequence[KeptPrompt], fixed: str = "") -> str:
    """Write what facilitators read. The days are those that follow from the telling, unless they are fixed."""
    days: defaultdict[str, list[str]] = defaultdict(list)
    for keeping in sorted(keepings, key=lambda keeping: keeping.over_at)[:MOST_NAMED]:
        days[fixed or format_erasure_day(keeping.over_at)].append(quote_question(keeping.prompt))
    lines = [f"- on {day}: {human_join(questions)}" for day, questions in days.items()]
    if more := len(keepings) - MOST_NAMED:
        lines += [f"- and {plural(more, 'more prompt')} in the days after"] if more > 0 else []
    return "\n".join(
        (
            WILL_ERASE,
            *lines,
            PUBLISHED_STAY,
        )
    )
