"""Points and outcomes as options of commands: found by their words while a person types."""

from __future__ import annotations

from collections.abc import Iterable

from discord import app_commands

from bot.errors import UserError
from bot.models.outcomes import Decision, Outcome
from bot.models.settings import GuildSettings
from bot.outcomes.owners import ANOTHER, ROLES
from bot.outcomes.points import PublishedPoint, newest_of
from bot.services.outcomes import list_stored_points
from bot.store import Store
from bot.summaries.output.point_groups import point_heading
from bot.text.clean import clean_line
from cogs.core.access import require_organiser
from cogs.core.autocomplete import (
    LONGEST_CHOICE,
    MOST_CHOICES,
    Candidate,
    Choices,
    Interaction,
    choice,
    holds_words,
    offer,
)
from cogs.core.rate_limits import check_typing

MOST_PROMPTS = 40
"""How many prompts are looked through while somebody types, the newest first."""


async def point_choices(interaction: Interaction, words: str) -> Choices:
    """Offer the points of published summaries that hold all the words, those without an answer first.

    After a comma, one more point.
    """
    try:
        check_typing(interaction)
        settings = await require_organiser(interaction)
        counted = await interaction.client.store.prompts.of_guild(settings.guild_id)
        newest = newest_of(await interaction.client.store.outcomes.of_guild(settings.guild_id))
        before, _, typed = words.rpartition(",")
        chosen = set(before.replace(",", " ").split())
        waiting: Choices = []
        answered: Choices = []
        for row in list(reversed(counted))[:MOST_PROMPTS]:
            for point in await list_stored_points(interaction.client.store, row.prompt.id):
                outcome = newest.get(point.ref)
                if _holds(point, typed) and str(point.ref) not in chosen:
                    (answered if outcome else waiting).append(_choice(before, point, outcome))
            if len(waiting) >= MOST_CHOICES:
                break
    except (UserError, ValueError):
        return []
    return [choice for choice in [*waiting, *answered][:MOST_CHOICES] if len(choice.value) <= LONGEST_CHOICE]


@offer(require_organiser)
async def outcome_choices(store: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the server's outcomes that hold all the words, the newest first."""
    outcomes = reversed(await store.outcomes.of_guild(settings.guild_id))
    return [Candidate(_line(outcome), outcome.id) for outcome in outcomes]


@offer(require_organiser)
async def role_choices(_store: Store, _settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the usual roles that hold all the words, and "another role", whatever was typed."""
    return [*(Candidate(role, role) for role in ROLES), Candidate("Another role", ANOTHER, always=True)]


def _line(outcome: Outcome) -> str:
    return f"{', '.join(map(str, outcome.points))}. {_format_decided(outcome.decided)}"


def _format_decided(decided: Decision) -> str:
    return f"{decided.state.label}: {clean_line(decided.what)}"


def _choice(before: str, point: PublishedPoint, outcome: Outcome | None) -> app_commands.Choice[str]:
    lead = f"{before.strip()}, " if before.strip() else ""
    state = f" ({outcome.decided.state.label})" if outcome is not None else ""
    return choice(f"{lead}{point.ref}{state} {clean_line(point_heading(point.point))}", f"{lead}{point.ref}")


def _holds(point: PublishedPoint, typed: str) -> bool:
    return holds_words(f"{point.ref} {point_heading(point.point)}", typed)
