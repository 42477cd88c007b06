"""Headings that a reader of files got wrong: chosen on a card, corrected in a form, for all their excerpts at once."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.library.contents import find_chapter, read_contents
from bot.library.outline import read_outline
from bot.models.library import Source
from bot.services.library import HEADINGS_CHANGED, add_heading, correct_heading, find_heading
from bot.store.library import ChangedMeanwhileError
from bot.text.words import plural
from cogs.core.access import require_facilitator
from cogs.core.answers import acknowledge, open_form
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.library.edits import give_back
from cogs.library.heading_cards import (
    correction_form,
    headings_card,
    missing_form,
    read_correction,
    read_heading,
    read_level,
)
from cogs.library.views import answer, contents_of, named_source
from cogs.ui.forms import form_values, join_written, read_chosen_values
from cogs.ui.pages import id_or_zero, read_page_number
from cogs.ui.parts import button

Interaction = discord.Interaction[Bot]
NOTHING_CHANGED = "That’s how it was already. Nothing was changed."
SEE_HEADINGS = "See the headings"


class HeadingCommands(RoutedCog):
    """The part of the library that corrects headings."""

    @route("library-headings")
    async def show_headings(self, interaction: Interaction, source_id: str, position: str, page: str) -> None:
        """Show a page of the headings over and in a chapter, which an excerpt's number names."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        await answer(interaction, await headings_of(interaction, source, id_or_zero(position), read_page_number(page)))

    @route("library-heading")
    async def open_correction(self, interaction: Interaction, source_id: str) -> None:
        """Open the form of the heading that was chosen; show the headings again if somebody changed them meanwhile."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        (value,) = read_chosen_values(interaction)
        named = read_name(value.split("."))
        outline = read_outline(await self.bot.store.library.excerpts(source.guild_id, source.id))
        try:
            heading = find_heading(outline, *named)
        except ChangedMeanwhileError:
            await answer(interaction, await headings_of(interaction, source, named[0], note=HEADINGS_CHANGED))
        else:
            await open_form(interaction, correction_form(source, outline, heading))

    @route("library-heading-saved")
    async def save_correction(
        self, interaction: Interaction, source_id: str, position: str, depth: str, state: str
    ) -> None:
        """Make a heading what its form says, for all its excerpts at once."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        values, named = form_values(interaction), read_name((position, depth, state))
        try:
            source = await named_source(interaction, source_id)
            role, words, everywhere = read_correction(values)
            changed = await correct_heading(self.bot.store, source, named, role, words, everywhere=everywhere)
        except UserError as error:
            await refuse(interaction, error, source_id, named[0])
        else:
            await answer(interaction, await headings_of(interaction, source, named[0], note=say_saved(changed)))

    @route("library-heading-add")
    async def open_missing(self, interaction: Interaction, source_id: str) -> None:
        """Open the form of a heading that was missed."""
        await require_facilitator(interaction)
        await open_form(interaction, missing_form(await named_source(interaction, source_id)))

    @route("library-heading-added")
    async def save_missing(self, interaction: Interaction, source_id: str) -> None:
        """Add a heading that was missed, above all excerpts that it holds."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        values = form_values(interaction)
        position = id_or_zero(values["number"].strip().rstrip("."))
        try:
            source = await named_source(interaction, source_id)
            words = read_heading(values)
            changed = await add_heading(self.bot.store, source, position, words, read_level(values))
        except UserError as error:
            await refuse(interaction, error, source_id, position)
        else:
            await answer(interaction, await headings_of(interaction, source, position, note=say_saved(changed)))


async def headings_of(
    interaction: Interaction, source: Source, position: int, page: int = 0, *, note: str = ""
) -> ui.LayoutView:
    """Make a page of the headings of the chapter that holds an excerpt's number; the contents without any excerpt."""
    excerpts = await interaction.client.store.library.excerpts(source.guild_id, source.id)
    chapters = read_contents(excerpts)
    if not chapters:
        return await contents_of(interaction, source)
    chapter = chapters[find_chapter(chapters, position)]
    return headings_card(source, chapter, read_outline(excerpts), page, note=note)


async def refuse(interaction: Interaction, error: UserError, source_id: str, position: int) -> None:
    """Say why nothing was saved, give back what was written, and lead to the headings as they are now."""
    way = button(SEE_HEADINGS, "library-headings", source_id, position, 0)
    await give_back(interaction, error.public, join_written(interaction), way)


def read_name(parts: Sequence[str]) -> tuple[int, int, str]:
    """Read how a heading is named: its first excerpt's number, the length of its path, its state."""
    if len(parts) != 3:
        raise UserError(OUT_OF_DATE)
    return id_or_zero(parts[0]), id_or_zero(parts[1]), parts[2]


def say_saved(changed: int) -> str:
    """Say how many excerpts a correction changed."""
    if not changed:
        return NOTHING_CHANGED
    return f"Saved: {plural(changed, 'excerpt')} changed."
