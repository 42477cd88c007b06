"""Points and outcomes as options of commands: found by their words while a person types."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.outcomes.points import PublishedPoint
from bot.prompts.texts import one_line
from bot.services.outcomes import stored_points
from bot.summaries.output.point_groups import point_heading
from bot.text.escape import shorten
from cogs.core.access import require_organiser
from cogs.outcomes.texts import STATES

MOST_CHOICES = 25
LONGEST_CHOICE = 100
MOST_PROMPTS = 40
"""How many prompts are looked through while somebody types, the newest first."""
Interaction = discord.Interaction[Bot]
Choices = list[app_commands.Choice[str]]


async def point_choices(interaction: Interaction, words: str) -> Choices:
    """The points of published summaries that hold all the words; after a comma, beside those that are named before."""
    try:
        settings = await require_organiser(interaction)
        counted = await interaction.client.store.prompts.of_guild(settings.guild_id)
        before, _, typed = words.rpartition(",")
        found: Choices = []
        for one in list(reversed(counted))[:MOST_PROMPTS]:
            points = await stored_points(interaction.client.store, one.prompt.id)
            found += [_choice(before, point) for point in points if _holds(point, typed)]
            if len(found) >= MOST_CHOICES:
                break
    except (UserError, ValueError):
        return []
    return [choice for choice in found[:MOST_CHOICES] if len(choice.value) <= LONGEST_CHOICE]


async def outcome_choices(interaction: Interaction, words: str) -> Choices:
    """The server's outcomes that hold all the words, the newest first; none for others' eyes."""
    try:
        settings = await require_organiser(interaction)
        given = await interaction.client.store.outcomes.of_guild(settings.guild_id)
    except UserError:
        return []
    lines = {
        one.id: f"{', '.join(map(str, one.points))}. {STATES[one.decided.state]}: {one_line(one.decided.what)}"
        for one in reversed(given)
    }
    wanted = words.casefold().split()
    return [
        app_commands.Choice(name=shorten(line, LONGEST_CHOICE), value=str(outcome_id))
        for outcome_id, line in lines.items()
        if all(word in line.casefold() for word in wanted)
    ][:MOST_CHOICES]


def _choice(before: str, found: PublishedPoint) -> app_commands.Choice[str]:
    lead = f"{before.strip()}, " if before.strip() else ""
    name = shorten(f"{lead}{found.ref} {one_line(point_heading(found.point))}", LONGEST_CHOICE)
    return app_commands.Choice(name=name, value=f"{lead}{found.ref}")


def _holds(found: PublishedPoint, typed: str) -> bool:
    searched = f"{found.ref} {point_heading(found.point)}".casefold()
    return all(word in searched for word in typed.casefold().split())
