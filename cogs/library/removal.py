"""Removing an excerpt or a source, after one question whether it is meant."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.library import Excerpt, Source
from bot.models.prompts import SeriesState
from bot.prompts.texts import one_line
from bot.text.words import human_join, plural
from cogs.core.access import require_facilitator, server
from cogs.core.routing import RoutedCog, routed
from cogs.library.answers import answer, named_excerpt, named_source, source_of
from cogs.library.cards import Row, button, card, shown, spoken

KEPT = "Prompts that were posted keep their words, their threads and their replies."
SERIES_NAMED = 5


class Removing(RoutedCog):
    """The buttons that remove, and those that confirm it."""

    @routed("library-remove")
    async def ask(self, interaction: discord.Interaction[Bot], kind: str, number: str) -> None:
        """The button that asks whether something is to be removed."""
        await require_facilitator(interaction)
        if kind == "source":
            await ask_about_source(interaction, await named_source(interaction, number))
        else:
            await ask_about_excerpt(interaction, await named_excerpt(interaction, number))

    @routed("library-removed")
    async def remove(self, interaction: discord.Interaction[Bot], kind: str, number: str) -> None:
        """It was confirmed."""
        await require_facilitator(interaction)
        if kind == "source":
            source = await named_source(interaction, number)
            await self.bot.store.library.remove_source(source.guild_id, source.id)
            removed = f"Removed “{shown(one_line(source.details.title), 250)}”. {KEPT}"
            await answer(interaction, card(removed, Row(button("All sources", "library-sources", 0))))
        else:
            excerpt = await named_excerpt(interaction, number)
            source = await source_of(interaction, excerpt)
            await self.bot.store.library.remove_excerpt(source.guild_id, excerpt.id)
            removed = f"Removed excerpt {excerpt.position}. {KEPT}"
            await answer(interaction, card(removed, Row(button("All excerpts", "library-page", source.id, 0))))


async def ask_about_excerpt(interaction: discord.Interaction[Bot], excerpt: Excerpt) -> None:
    """Ask whether an excerpt is to be removed."""
    note = await _series_note(interaction, frozenset([excerpt.id]))
    asked = f"## Remove excerpt {excerpt.position}?\n{spoken(excerpt.passage, 1500)}"
    keep = button("Keep it", "library-show", excerpt.id)
    await answer(interaction, _confirm_card(asked, note, keep, "excerpt", excerpt.id))


async def ask_about_source(interaction: discord.Interaction[Bot], source: Source) -> None:
    """Ask whether a source is to be removed, with all its excerpts."""
    excerpts = await interaction.client.store.library.excerpts(source.guild_id, source.id)
    note = await _series_note(interaction, frozenset(excerpt.id for excerpt in excerpts))
    title = shown(one_line(source.details.title), 250)
    asked = f"## Remove this source?\n“{title}” and its {plural(source.excerpts, 'excerpt')} leave the library."
    keep = button("Keep it", "library-page", source.id, 0)
    await answer(interaction, _confirm_card(asked, note, keep, "source", source.id))


def _confirm_card(asked: str, note: str, keep: ui.Button[ui.LayoutView], kind: str, number: int) -> ui.LayoutView:
    remove = button("Remove", "library-removed", kind, number, style=discord.ButtonStyle.danger)
    return card(asked, f"{note}{KEPT}", Row(remove, keep))


async def _series_note(interaction: discord.Interaction[Bot], excerpt_ids: frozenset[int]) -> str:
    """Which series still have these excerpts to come."""
    series = await interaction.client.store.series.of_guild(server(interaction).id)
    titles = [
        f"“{shown(one_line(one.title), 100)}”"
        for one in series
        if one.state is not SeriesState.STOPPED and excerpt_ids.intersection(one.waiting_ids)
    ]
    if len(titles) > SERIES_NAMED:
        titles = [*titles[:SERIES_NAMED], "others"]
    return f"It also leaves the series {human_join(titles)}, where it was still to come. " if titles else ""
