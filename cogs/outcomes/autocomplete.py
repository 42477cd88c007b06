"""Points and outcomes as options of commands: found by their words while a person types."""

from __future__ import annotations

from collections.abc import Iterable

from discord import app_commands

from bot.errors import UserError
from bot.models.outcomes import Outcome
from bot.models.settings import GuildSettings
from bot.outcomes.points import PublishedPoint
from bot.prompts.texts import one_line
from bot.services.outcomes import stored_points
from bot.store import Store
from bot.summaries.output.point_groups import point_heading
from cogs.core.access import require_organiser
from cogs.core.autocomplete import (
    LONGEST_CHOICE,
    MOST_CHOICES,
    Candidate,
    Choices,
    Interaction,
    choice,
    holds_words,
    offered_to,
)
from cogs.outcomes.texts import STATES

MOST_PROMPTS = 40
"""How many prompts are looked through while somebody types, the newest first."""


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


@offered_to(require_organiser)
async def outcome_choices(store: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the server's outcomes that hold all the words, the newest first."""
    outcomes = reversed(await store.outcomes.of_guild(settings.guild_id))
    return [Candidate(_line(outcome), outcome.id) for outcome in outcomes]


def _line(outcome: Outcome) -> str:
    points = ", ".join(map(str, outcome.points))
    return f"{points}. {STATES[outcome.decided.state]}: {one_line(outcome.decided.what)}"


def _choice(before: str, found: PublishedPoint) -> app_commands.Choice[str]:
    lead = f"{before.strip()}, " if before.strip() else ""
    return choice(f"{lead}{found.ref} {one_line(point_heading(found.point))}", f"{lead}{found.ref}")


def _holds(found: PublishedPoint, typed: str) -> bool:
    return holds_words(f"{found.ref} {point_heading(found.point)}", typed)
