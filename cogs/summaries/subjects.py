"""What a summary is about: one prompt, or the prompts of a series or of some weeks; short enough for a custom_id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.text.dates import date_text, parse_date
from cogs.core.access import server
from cogs.prompts.autocomplete import chosen_series, number

_WRITTEN = re.compile(r"s(?P<series>\d{0,18})-(?P<first>\d{8})?-(?P<last>\d{8})?", re.ASCII)
NO_PROMPTS = "No prompt was posted there. Choose another series, or other dates."


@dataclass(frozen=True, slots=True)
class Several:
    """Prompts of a series (all of the server without one) that were posted from one local day to another."""

    series_id: int | None = None
    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        first, last = (day.strftime("%Y%m%d") if day is not None else "" for day in (self.first, self.last))
        return f"s{self.series_id or ''}-{first}-{last}"


def read_subject(written: str) -> Several | None:
    """What a custom_id names; None where it is a single prompt. Raises UserError where it is neither."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    try:
        first, last = (date.fromisoformat(match[name]) if match[name] else None for name in ("first", "last"))
    except ValueError:
        raise UserError(NO_PROMPTS) from None
    return Several(int(match["series"]) if match["series"] else None, first, last)


def asked_for(series: str | None, first: str | None, last: str | None) -> Several:
    """What somebody typed as options of a command. Raises UserError that says what is wrong."""
    days = [parse_date(text) if text else None for text in (first, last)]
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        raise UserError("The first date is after the last one. Swap them.")
    return Several(None if series is None else number(series, "series"), days[0], days[1])


async def chosen_prompts(interaction: discord.Interaction[Bot], subject: Several) -> tuple[str, tuple[Prompt, ...]]:
    """What to call them, and the posted prompts in the order of their posting.

    Without any choice these are the prompts of the server's only series. Raises UserError where there are none.
    """
    store, guild_id = interaction.client.store, server(interaction).id
    zone = (await store.settings.of(guild_id)).time_zone
    series = None
    if subject.series_id is not None or subject == Several():
        chosen = None if subject.series_id is None else str(subject.series_id)
        series = await chosen_series(interaction, chosen)
    counted = await (store.prompts.of_guild(guild_id) if series is None else store.prompts.of_series(series.id))
    posted = ((one.prompt.posted_at or one.prompt.claimed_at, one.prompt) for one in counted)
    found = [(at, prompt) for at, prompt in posted if _is_within(subject, at.astimezone(ZoneInfo(zone)).date())]
    if not found:
        raise UserError(NO_PROMPTS)
    found.sort(key=lambda one: (one[0], one[1].id))
    return _title(subject, series.title if series is not None else ""), tuple(prompt for _, prompt in found)


def _is_within(subject: Several, day: date) -> bool:
    return (subject.first is None or subject.first <= day) and (subject.last is None or day <= subject.last)


def _title(subject: Several, series_title: str) -> str:
    parts = [series_title or "All prompts"]
    parts += [f"from {date_text(subject.first)}"] if subject.first is not None else []
    parts += [f"to {date_text(subject.last)}"] if subject.last is not None else []
    return " ".join(parts)
