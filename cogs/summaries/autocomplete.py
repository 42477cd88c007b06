"""The prompts and series that an organiser can choose from while typing, found by their words."""

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

MOST_CHOICES = 25
LONGEST_NAME = 100
LONGEST_QUESTION = 60


async def prompt_choices(interaction: discord.Interaction[Bot], words: str) -> list[app_commands.Choice[str]]:
    """The server's prompts whose question or source holds all the words, the newest first; none for others' eyes."""
    try:
        settings = await require_organiser(interaction)
        counted = await interaction.client.store.prompts.of_guild(settings.guild_id)
    except UserError:
        return []
    wanted = words.casefold().split()
    found = [one.prompt for one in reversed(counted) if all(word in _searched(one.prompt) for word in wanted)]
    return [
        app_commands.Choice(name=_name(prompt, settings.time_zone), value=str(prompt.id))
        for prompt in found[:MOST_CHOICES]
    ]


async def series_choices(interaction: discord.Interaction[Bot], words: str) -> list[app_commands.Choice[str]]:
    """The server's series whose title holds all the words, the newest first; none for others' eyes."""
    try:
        settings = await require_organiser(interaction)
        series = await interaction.client.store.series.of_guild(settings.guild_id)
    except UserError:
        return []
    wanted = words.casefold().split()
    found = [one for one in series if all(word in one.title.casefold() for word in wanted)]
    return [app_commands.Choice(name=series_line(one), value=str(one.id)) for one in found[:MOST_CHOICES]]


def _searched(prompt: Prompt) -> str:
    return f"{prompt.wording.question} {prompt.wording.source_title}".casefold()


def _name(prompt: Prompt, time_zone: str) -> str:
    question = shorten(" ".join(prompt.wording.question.split()), LONGEST_QUESTION)
    date = closing_date_text(prompt.posted_at or prompt.claimed_at, time_zone)
    return shorten(f"{question} ({date}, {' '.join(prompt.wording.source_title.split())})", LONGEST_NAME)
