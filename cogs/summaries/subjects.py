"""What a summary is about: one prompt, or the prompts of a series or of some weeks; short enough for a custom_id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt, PromptCount
from bot.services.summaries.organiser_summaries import (
    OrganiserSummary,
    summarise_prompt_for_organiser,
    summarise_series_for_organiser,
)
from bot.text.dates import format_date, parse_date
from cogs.core.access import server
from cogs.prompts.autocomplete import find_chosen_prompt, find_discussed_series
from cogs.ui.pages import id_from

_WRITTEN = re.compile(r"s(?P<series>\d{0,18})-(?P<first>\d{8})?-(?P<last>\d{8})?", re.ASCII)
NO_PROMPTS = "No prompts were posted there. Choose another series, or other dates."
ALL_PROMPTS = "All prompts"


@dataclass(frozen=True, slots=True)
class PromptRange:
    """Prompts of a series (all of the server without one) that were posted from one local day to another."""

    series_id: int | None = None
    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        first, last = (day.strftime("%Y%m%d") if day is not None else "" for day in (self.first, self.last))
        return f"s{self.series_id or ''}-{first}-{last}"

    def holds(self, day: date) -> bool:
        """Say whether prompts of a local day belong to it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


async def summarise_subject(interaction: discord.Interaction[Bot], written: str) -> OrganiserSummary:
    """Summarise what a custom_id names. Raises UserError where it is nothing of this server's."""
    several = read_subject(written)
    if several is not None:
        return await summarise_several(interaction, several)
    bot, prompt = interaction.client, await find_chosen_prompt(interaction, written)
    aids, now = bot.summary_aids(prompt.guild_id), discord.utils.utcnow()
    return await summarise_prompt_for_organiser(bot.store, bot.worker, prompt, now, aids)


async def summarise_several(interaction: discord.Interaction[Bot], several: PromptRange) -> OrganiserSummary:
    """Summarise several prompts as one discussion."""
    bot = interaction.client
    title, prompts = await choose_prompts(interaction, several)
    is_whole = several.first is None and several.last is None
    series_id = prompts[0].series_id if is_whole else None
    aids, now = bot.summary_aids(prompts[0].guild_id), discord.utils.utcnow()
    return await summarise_series_for_organiser(bot.store, bot.worker, title, prompts, now, aids, series_id=series_id)


def read_subject(written: str) -> PromptRange | None:
    """Read what a custom_id names; None where it is a single prompt. Raises UserError where it is neither."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    try:
        first, last = (date.fromisoformat(match[name]) if match[name] else None for name in ("first", "last"))
    except ValueError:
        raise UserError(NO_PROMPTS) from None
    return PromptRange(int(match["series"]) if match["series"] else None, first, last)


def read_options(series: str | None, first: str | None, last: str | None) -> PromptRange:
    """Read what somebody typed as options of a command. Raises UserError that says what is wrong."""
    days = [parse_date(text) if text else None for text in (first, last)]
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        raise UserError("The first date is after the last one. Swap them.")
    return PromptRange(None if series is None else id_from(series, "series"), days[0], days[1])


async def choose_prompts(interaction: discord.Interaction[Bot], subject: PromptRange) -> tuple[str, tuple[Prompt, ...]]:
    """Return what to call them, and the posted prompts in the order of their posting.

    Without any choice these are the prompts of the series of this thread, or of the server's only series. Raises
    UserError where there are none.
    """
    store, guild_id = interaction.client.store, server(interaction).id
    zone = ZoneInfo((await store.settings.of(guild_id)).time_zone)
    series = None
    if subject.series_id is not None or subject == PromptRange():
        chosen = None if subject.series_id is None else str(subject.series_id)
        series = await find_discussed_series(interaction, chosen)
    counted = await (store.prompts.of_guild(guild_id) if series is None else store.prompts.of_series(series.id))
    prompts = [prompt for at, prompt in _in_order(counted) if subject.holds(at.astimezone(zone).date())]
    if not prompts:
        raise UserError(NO_PROMPTS)
    return _title(subject, series.title if series is not None else ""), tuple(prompts)


def _in_order(counted: Sequence[PromptCount]) -> list[tuple[datetime, Prompt]]:
    posted = ((count.prompt.posted_at or count.prompt.claimed_at, count.prompt) for count in counted)
    return sorted(posted, key=lambda row: (row[0], row[1].id))


def _title(subject: PromptRange, series_title: str) -> str:
    parts = [series_title or ALL_PROMPTS]
    parts += [f"from {format_date(subject.first)}"] if subject.first is not None else []
    parts += [f"to {format_date(subject.last)}"] if subject.last is not None else []
    return " ".join(parts)
