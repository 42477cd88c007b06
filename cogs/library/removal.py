"""An excerpt or a report leaves the library, after one question whether it is meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import discord

from bot.client import Bot
from bot.models.library import Excerpt, Source
from bot.services.library import find_series_with
from bot.text.clean import clean_line
from bot.text.words import human_join, plural
from cogs.core.access import require_facilitator, server
from cogs.core.routing import RoutedCog, route
from cogs.library.cards import HERE, contents_button, quote_passage
from cogs.library.views import answer, named_excerpt, named_source, source_of
from cogs.ui.cards import card, confirm, escape_within
from cogs.ui.parts import Row, button

KEPT = "Prompts already posted keep their words, threads and replies."
SERIES_NAMED = 5


class RemovalCommands(RoutedCog):
    """The part of the library that removes, and asks before it does."""

    @route("library-remove")
    async def ask_removal(self, interaction: discord.Interaction[Bot], kind: str, number: str) -> None:
        """Ask whether something is to be removed."""
        await require_facilitator(interaction)
        if kind == "source":
            await ask_about_source(interaction, await named_source(interaction, number))
        else:
            await ask_about_excerpt(interaction, await named_excerpt(interaction, number))

    @route("library-removed")
    async def confirm_removal(self, interaction: discord.Interaction[Bot], kind: str, number: str) -> None:
        """Remove it, which was confirmed."""
        await require_facilitator(interaction)
        if kind == "source":
            source = await named_source(interaction, number)
            await self.bot.store.library.remove_source(source.guild_id, source.id)
            removed = f"Removed “{escape_within(clean_line(source.details.title), 250)}”. {KEPT}"
            await answer(interaction, card(removed, Row(button("All reports", "library-sources", 0))))
        else:
            excerpt = await named_excerpt(interaction, number)
            source = await source_of(interaction, excerpt)
            await self.bot.store.library.remove_excerpt(source.guild_id, excerpt.id)
            removed = f"Removed excerpt {excerpt.position}. {KEPT}"
            await answer(interaction, card(removed, _ways_on(source, excerpt)))


async def ask_about_excerpt(interaction: discord.Interaction[Bot], excerpt: Excerpt) -> None:
    """Ask whether an excerpt is to be removed."""
    note = await _note(interaction, [excerpt.id])
    asked = f"## Remove excerpt {excerpt.position}?\n{quote_passage(excerpt.passage, 1500)}"
    keep = ("Keep it", "library-show", excerpt.id)
    await answer(interaction, confirm(asked, "Remove", "library-removed", "excerpt", excerpt.id, no=keep, note=note))


async def ask_about_source(interaction: discord.Interaction[Bot], source: Source) -> None:
    """Ask whether a source is to be removed, with all its excerpts."""
    store = interaction.client.store
    excerpts = await store.library.excerpts(source.guild_id, source.id)
    marked = frozenset(await store.excerpt_marks.of_guild(source.guild_id))
    note = await _note(interaction, [excerpt.id for excerpt in excerpts])
    title = escape_within(clean_line(source.details.title), 250)
    asked = (
        f"## Remove this report?\n“{title}” and its {plural(source.excerpts, 'excerpt')} leave the library."
        f"{_count_work(excerpts, marked)}"
    )
    keep = ("Keep it", "library-contents", source.id, 0)
    await answer(interaction, confirm(asked, "Remove", "library-removed", "source", source.id, no=keep, note=note))


def _count_work(excerpts: Sequence[Excerpt], marked: Collection[int]) -> str:
    """Say what people did with a report that goes with it: how many excerpts they marked, and asked about."""
    used = sum(excerpt.id in marked for excerpt in excerpts)
    asked = sum(bool(excerpt.question.strip()) for excerpt in excerpts)
    counts = [f"{used} marked" if used else "", f"{asked} with a question" if asked else ""]
    lost = human_join([count for count in counts if count])
    return f" Among them are {lost}." if lost else ""


def _ways_on(source: Source, excerpt: Excerpt) -> Row:
    """Lead from an excerpt that is gone to the chapter that held it, and to the contents."""
    return Row(
        button("Its chapter", "library-chapter", source.id, excerpt.position, HERE, 0),
        contents_button(source, excerpt.position),
    )


async def _note(interaction: discord.Interaction[Bot], excerpt_ids: Collection[int]) -> str:
    """Name the series that still have these excerpts to come, and say what stays."""
    touched = await find_series_with(interaction.client.store, server(interaction).id, excerpt_ids)
    titles = [f"“{escape_within(clean_line(series.title), 100)}”" for series in touched]
    if len(titles) > SERIES_NAMED:
        titles = [*titles[:SERIES_NAMED], "others"]
    left = f"It also leaves the series {human_join(titles)}, where it hasn’t been posted yet. " if titles else ""
    return f"{left}{KEPT}"
