"""Writing and changing excerpts in a form."""

from __future__ import annotations

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Excerpt, Passage, Source
from cogs.core.access import require_facilitator
from cogs.core.routing import RoutedCog, routed
from cogs.library.answers import answer_excerpt, named_excerpt, named_source
from cogs.library.changes import change_excerpt, give_back, note_of, state_of
from cogs.library.forms import passage_form, read_passage
from cogs.ui.forms import form_values

EMPTY = Passage("")


class Editing(RoutedCog):
    """The forms of an excerpt."""

    @routed("library-edit")
    async def open_edit(self, interaction: discord.Interaction[Bot], excerpt_id: str) -> None:
        """The button that opens an excerpt's form."""
        await require_facilitator(interaction)
        await open_edit_form(interaction, await named_excerpt(interaction, excerpt_id))

    @routed("library-edited")
    async def edit(self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str) -> None:
        """An excerpt's form was sent."""
        await require_facilitator(interaction)
        values = form_values(interaction)
        await change_excerpt(
            interaction, excerpt_id, state, lambda before: read_passage(values, before), written=values["text"]
        )

    @routed("library-added")
    async def add(self, interaction: discord.Interaction[Bot], source_id: str) -> None:
        """The form of a new excerpt was sent."""
        await require_facilitator(interaction)
        values = form_values(interaction)
        try:
            source = await named_source(interaction, source_id)
            passage = read_passage(values, EMPTY)
            added = await self.bot.store.library.add_excerpt(source.guild_id, source.id, passage)
        except UserError as error:
            await give_back(interaction, error.public, values["text"])
        else:
            await answer_excerpt(interaction, added, note=note_of(added, "Added."))


async def open_edit_form(interaction: discord.Interaction[Bot], excerpt: Excerpt) -> None:
    """Open the form of an excerpt. It has to be the first answer."""
    state = state_of(excerpt.passage)
    await interaction.response.send_modal(
        passage_form("Edit excerpt", excerpt.passage, "library-edited", excerpt.id, state)
    )


async def open_add_form(interaction: discord.Interaction[Bot], source: Source) -> None:
    """Open an empty form for one more excerpt of a source. It has to be the first answer."""
    await interaction.response.send_modal(passage_form("Add an excerpt", EMPTY, "library-added", source.id))
