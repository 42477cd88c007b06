"""Series and prompts as options of commands: found by their words while a person types, read when they send."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState, Series, SeriesState
from bot.models.settings import GuildSettings
from bot.store import Store
from bot.text.clean import clean_line
from bot.text.words import shorten
from cogs.core.access import require_facilitator, server
from cogs.core.autocomplete import LONGEST_CHOICE, Candidate, offer
from cogs.ui.pages import id_from

MANY_SERIES = "There are several series. Type the command again, and choose one under “series”."
NO_SERIES = "There’s no series yet. Make one with /series."
WHICH_PROMPT = "Use this in a prompt’s thread, or choose a prompt with the option prompt."

STATES = {
    SeriesState.NEW: "not started",
    SeriesState.ACTIVE: "running",
    SeriesState.PAUSED: "paused",
    SeriesState.STOPPED: "stopped",
}


@offer(require_facilitator)
async def series_choices(store: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the server's series whose title holds the words typed so far."""
    return [Candidate(series_line(series), series.id) for series in await store.series.of_guild(settings.guild_id)]


@offer(require_facilitator)
async def prompt_choices(store: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the server's open prompts whose question holds the words typed so far, the newest first."""
    newest = await _newest_prompts(store, settings)
    return [Candidate(prompt_line(prompt), prompt.id) for prompt in newest if prompt.state is PromptState.OPEN]


async def find_chosen_series(interaction: discord.Interaction[Bot], value: str | None) -> Series:
    """Find the series that an option names; without one, the server's only series that is not stopped."""
    guild_id, store = server(interaction).id, interaction.client.store.series
    if value is not None:
        return await store.get(guild_id, id_from(value, "series"))
    running = [series for series in await store.of_guild(guild_id) if series.state is not SeriesState.STOPPED]
    if len(running) == 1:
        return running[0]
    if running:
        raise UserError(MANY_SERIES)
    raise UserError(NO_SERIES)


async def list_discussed_series(store: Store, guild_id: int) -> list[Series]:
    """List the series of a server that have had a prompt, the newest first."""
    asked = {counted.prompt.series_id for counted in await store.prompts.of_guild(guild_id)}
    return [series for series in await store.series.of_guild(guild_id) if series.id in asked]


async def find_discussed_series(interaction: discord.Interaction[Bot], value: str | None) -> Series:
    """Find the series that an option names; without one, that of this thread, or else the only one with a prompt.

    Series that have ended count too. Raises UserError where several can be meant.
    """
    guild_id, store = server(interaction).id, interaction.client.store
    if value is None:
        prompt = await store.prompts.by_thread(interaction.channel_id or 0)
        if prompt is not None and prompt.guild_id == guild_id and prompt.series_id is not None:
            return await store.series.get(guild_id, prompt.series_id)
        discussed = await list_discussed_series(store, guild_id)
        if len(discussed) == 1:
            return discussed[0]
        if discussed:
            raise UserError(MANY_SERIES)
    return await find_chosen_series(interaction, value)


async def find_chosen_prompt(interaction: discord.Interaction[Bot], value: str | None) -> Prompt:
    """Find the prompt that an option names; without one, the prompt whose thread this is."""
    guild_id, store = server(interaction).id, interaction.client.store.prompts
    if value is not None:
        return await store.get(guild_id, id_from(value, "prompt"))
    prompt = await store.by_thread(interaction.channel_id or 0)
    if prompt is None or prompt.guild_id != guild_id:
        raise UserError(WHICH_PROMPT)
    return prompt


def series_line(series: Series) -> str:
    """Write one line of at most 100 characters: a series' title and its state. Not escaped."""
    return f"{shorten(clean_line(series.title), 80)} ({STATES[series.state]})"


def prompt_line(prompt: Prompt) -> str:
    """Write one line of at most 100 characters: a prompt's number and question. Not escaped."""
    lead = f"{prompt.wording.number}. " if prompt.wording.number else ""
    return shorten(f"{lead}{clean_line(prompt.wording.question)}", LONGEST_CHOICE)


async def _newest_prompts(store: Store, settings: GuildSettings) -> list[Prompt]:
    return [counted.prompt for counted in reversed(await store.prompts.of_guild(settings.guild_id))]
