"""Prompts and series for an organiser to choose from while typing, found by their words."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.text.dates import closing_date_text
from bot.text.escape import shorten
from cogs.core.access import require_organiser
from cogs.prompts.autocomplete import series_line
from cogs.ui.limits import LONGEST_OPTION, MOST_OPTIONS

LONGEST_QUESTION = 60


async def prompt_choices(interaction: discord.Interaction[Bot], words: str) -> list[app_commands.Choice[str]]:
    """Find the server's prompts whose question or source holds all the words, the newest first; none for others."""
    try:
        settings = await require_organiser(interaction)
        counted = await interaction.client.store.prompts.of_guild(settings.guild_id)
    except UserError:
        return []
    wanted = words.casefold().split()
    prompts = [count.prompt for count in reversed(counted)]
    matching = [prompt for prompt in prompts if all(word in _searched(prompt) for word in wanted)]
    return [
        app_commands.Choice(name=_name(prompt, settings.time_zone), value=str(prompt.id))
        for prompt in matching[:MOST_OPTIONS]
    ]


async def series_choices(interaction: discord.Interaction[Bot], words: str) -> list[app_commands.Choice[str]]:
    """Find the server's series whose title holds all the words, the newest first; none for others' eyes."""
    try:
        settings = await require_organiser(interaction)
        series = await interaction.client.store.series.of_guild(settings.guild_id)
    except UserError:
        return []
    wanted = words.casefold().split()
    matching = [row for row in series if all(word in row.title.casefold() for word in wanted)]
    return [app_commands.Choice(name=series_line(row), value=str(row.id)) for row in matching[:MOST_OPTIONS]]


def _searched(prompt: Prompt) -> str:
    return f"{prompt.wording.question} {prompt.wording.source_title}".casefold()


def _name(prompt: Prompt, time_zone: str) -> str:
    question = shorten(" ".join(prompt.wording.question.split()), LONGEST_QUESTION)
    date = closing_date_text(prompt.posted_at or prompt.claimed_at, time_zone)
    return shorten(f"{question} ({date}, {' '.join(prompt.wording.source_title.split())})", LONGEST_OPTION)
