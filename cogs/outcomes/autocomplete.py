"""Points and outcomes as options of commands: found by their words while a person types."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.outcomes import Decided
from bot.outcomes.points import PublishedPoint
from bot.prompts.texts import one_line
from bot.services.outcomes import stored_points
from bot.summaries.output.point_groups import point_heading
from bot.text.escape import shorten
from cogs.core.access import require_organiser

MOST_CHOICES = 25
LONGEST_CHOICE = 100
MOST_PROMPTS = 40
"""How many prompts are looked through while somebody types, the newest first."""
Interaction = discord.Interaction[Bot]
Choices = list[app_commands.Choice[str]]


async def point_choices(interaction: Interaction, words: str) -> Choices:
    """Find the points of published summaries that hold all the words; after a comma, one more point."""
    try:
        settings = await require_organiser(interaction)
        counted = await interaction.client.store.prompts.of_guild(settings.guild_id)
        before, _, typed = words.rpartition(",")
        choices: Choices = []
        for row in list(reversed(counted))[:MOST_PROMPTS]:
            points = await stored_points(interaction.client.store, row.prompt.id)
            choices += [_choice(before, point) for point in points if _holds(point, typed)]
            if len(choices) >= MOST_CHOICES:
                break
    except (UserError, ValueError):
        return []
    return [choice for choice in choices[:MOST_CHOICES] if len(choice.value) <= LONGEST_CHOICE]


async def outcome_choices(interaction: Interaction, words: str) -> Choices:
    """Find the server's outcomes that hold all the words, the newest first; none for others' eyes."""
    try:
        settings = await require_organiser(interaction)
        given = await interaction.client.store.outcomes.of_guild(settings.guild_id)
    except UserError:
        return []
    lines = {
        outcome.id: f"{', '.join(map(str, outcome.points))}. {_format_decided(outcome.decided)}"
        for outcome in reversed(given)
    }
    wanted = words.casefold().split()
    return [
        app_commands.Choice(name=shorten(line, LONGEST_CHOICE), value=str(outcome_id))
        for outcome_id, line in lines.items()
        if all(word in line.casefold() for word in wanted)
    ][:MOST_CHOICES]


def _format_decided(decided: Decided) -> str:
    return f"{decided.state.label}: {one_line(decided.what)}"


def _choice(before: str, point: PublishedPoint) -> app_commands.Choice[str]:
    lead = f"{before.strip()}, " if before.strip() else ""
    name = shorten(f"{lead}{point.ref} {one_line(point_heading(point.point))}", LONGEST_CHOICE)
    return app_commands.Choice(name=name, value=f"{lead}{point.ref}")


def _holds(point: PublishedPoint, typed: str) -> bool:
    searched = f"{point.ref} {point_heading(point.point)}".casefold()
    return all(word in searched for word in typed.casefold().split())
