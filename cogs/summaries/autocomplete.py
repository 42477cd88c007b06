"""Prompts and series for an organiser to choose from while typing, found by their words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.models.prompts import Prompt
from bot.models.settings import GuildSettings
from bot.store import Store
from bot.text.dates import format_local_date
from bot.text.words import shorten
from cogs.core.access import require_organiser
from cogs.core.autocomplete import LONGEST_CHOICE, Candidate, offer
from cogs.prompts.autocomplete import series_line

LONGEST_QUESTION = 60


@offer(require_organiser)
async def prompt_choices(store: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the server's prompts whose question or source holds all the words, the newest first."""
    prompts = [counted.prompt for counted in reversed(await store.prompts.of_guild(settings.guild_id))]
    return [Candidate(_name(each, settings.time_zone), each.id, searched=_join_searched(each)) for each in prompts]


@offer(require_organiser)
async def series_choices(store: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the server's series whose title holds all the words, the newest first."""
    series = await store.series.of_guild(settings.guild_id)
    return [Candidate(series_line(each), each.id, searched=each.title) for each in series]


def _join_searched(prompt: Prompt) -> str:
    return f"{prompt.wording.question} {prompt.wording.source_title}"


def _name(prompt: Prompt, time_zone: str) -> str:
    question = shorten(" ".join(prompt.wording.question.split()), LONGEST_QUESTION)
    date = format_local_date(prompt.posted_at or prompt.claimed_at, time_zone)
    return shorten(f"{question} ({date}, {' '.join(prompt.wording.source_title.split())})", LONGEST_CHOICE)
