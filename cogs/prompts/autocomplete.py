"""Series and prompts as options of commands: found by their words while a person types, read when they send."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState, Series, SeriesState
from bot.prompts.texts import one_line
from bot.text.escape import shorten
from cogs.core.access import require_facilitator, server

MOST_CHOICES = 25
LONGEST_CHOICE = 100
Choices = list[app_commands.Choice[str]]

STATES = {
    SeriesState.ACTIVE: "running",
    SeriesState.PAUSED: "paused",
    SeriesState.STOPPED: "stopped",
}


async def series_choices(interaction: discord.Interaction[Bot], words: str) -> Choices:
    """The server's series whose title holds the words typed so far."""
    try:
        settings = await require_facilitator(interaction)
        found = await interaction.client.store.series.of_guild(settings.guild_id)
    except UserError:
        return []
    return _choices(((series_line(one), one.id) for one in found), words)


async def prompt_choices(interaction: discord.Interaction[Bot], words: str) -> Choices:
    """The server's open prompts whose question holds the words typed so far, the newest first."""
    return await _prompts(interaction, words, lambda prompt: prompt.state is PromptState.OPEN)


async def gone_choices(interaction: discord.Interaction[Bot], words: str) -> Choices:
    """The server's prompts whose thread is gone."""
    return await _prompts(interaction, words, lambda prompt: prompt.gone_at is not None)


async def chosen_series(interaction: discord.Interaction[Bot], value: str | None) -> Series:
    """The series that an option names; without one, the server's only series that is not stopped."""
    guild_id, store = server(interaction).id, interaction.client.store.series
    if value is not None:
        return await store.get(guild_id, number(value, "series"))
    found = [one for one in await store.of_guild(guild_id) if one.state is not SeriesState.STOPPED]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError("There are several series. Choose one with the option series.")
    raise UserError("There is no series yet. Make one with /series create.")


async def chosen_prompt(interaction: discord.Interaction[Bot], value: str | None) -> Prompt:
    """The prompt that an option names; without one, the prompt whose thread this is."""
    guild_id, store = server(interaction).id, interaction.client.store.prompts
    if value is not None:
        return await store.get(guild_id, number(value, "prompt"))
    prompt = await store.by_thread(interaction.channel_id or 0)
    if prompt is None or prompt.guild_id != guild_id:
        raise UserError("Use this in a prompt's thread, or choose a prompt with the option prompt.")
    return prompt


def number(value: str, what: str) -> int:
    """The id that a choice or a custom_id holds. Raises UserError for anything else."""
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise UserError(f"Choose the {what} from the list that appears while you type.")
    return int(value)


def series_line(series: Series) -> str:
    """One line of at most 100 characters: a series' title and its state. Not escaped."""
    return f"{shorten(one_line(series.title), 80)} ({STATES[series.state]})"


def prompt_line(prompt: Prompt) -> str:
    """One line of at most 100 characters: a prompt's number and question. Not escaped."""
    lead = f"{prompt.wording.number}. " if prompt.wording.number else ""
    return shorten(f"{lead}{one_line(prompt.wording.question)}", LONGEST_CHOICE)


async def _prompts(interaction: discord.Interaction[Bot], words: str, wanted: Callable[[Prompt], bool]) -> Choices:
    try:
        settings = await require_facilitator(interaction)
        counted = await interaction.client.store.prompts.of_guild(settings.guild_id)
    except UserError:
        return []
    found = [one.prompt for one in reversed(counted) if wanted(one.prompt)]
    return _choices(((prompt_line(prompt), prompt.id) for prompt in found), words)


def _choices(lines: Iterable[tuple[str, int]], words: str) -> Choices:
    parts = words.casefold().split()
    matching = [(line, one) for line, one in lines if all(part in line.casefold() for part in parts)]
    return [app_commands.Choice(name=line, value=str(one)) for line, one in matching[:MOST_CHOICES]]
