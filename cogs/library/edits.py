"""The form of an excerpt: it never writes over another's change, and never loses what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Excerpt, Passage
from bot.models.prompts import Wording
from bot.prompts.texts import check_wording
from bot.services import library
from bot.services.library import digest_passage
from cogs.core.access import require_facilitator, server
from cogs.core.answers import open_form
from cogs.core.routing import RoutedCog, route
from cogs.library.forms import passage_form, read_passage
from cogs.library.origins import CHAPTER, read_origin
from cogs.library.views import answer, answer_excerpt, named_excerpt, named_source
from cogs.ui.cards import card, crop
from cogs.ui.forms import form_values, join_written
from cogs.ui.pages import id_from
from cogs.ui.parts import Button, Row, button

EMPTY = Passage("")
MOST_GIVEN_BACK = 3000
SAVED = "Saved. Prompts already posted keep their words."


class ExcerptCommands(RoutedCog):
    """The part of the library that writes and changes excerpts in a form."""

    @route("library-new")
    async def open_new(self, interaction: discord.Interaction[Bot], source_id: str) -> None:
        """Open an empty form for one more excerpt of a report."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        await open_form(interaction, passage_form("Write an excerpt", EMPTY, "library-added", source.id))

    @route("library-edit")
    async def open_edit(self, interaction: discord.Interaction[Bot], excerpt_id: str, origin: str = CHAPTER) -> None:
        """Open the form of an excerpt, filled with what is stored."""
        await require_facilitator(interaction)
        excerpt = await named_excerpt(interaction, excerpt_id)
        route = ("library-edited", excerpt.id, digest_passage(excerpt.passage), read_origin(origin))
        await open_form(interaction, passage_form("Edit excerpt", excerpt.passage, *route))

    @route("library-edited")
    async def save_edit(
        self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str, origin: str = CHAPTER
    ) -> None:
        """Save what an excerpt's form says."""
        await require_facilitator(interaction)
        values = form_values(interaction)
        await change_excerpt(
            interaction,
            excerpt_id,
            state,
            lambda before: read_passage(values, before),
            written=join_written(interaction),
            origin=origin,
        )

    @route("library-added")
    async def save_new(self, interaction: discord.Interaction[Bot], source_id: str) -> None:
        """Add what the form of a new excerpt says."""
        await require_facilitator(interaction)
        values = form_values(interaction)
        try:
            source = await named_source(interaction, source_id)
            passage = read_passage(values, EMPTY)
            added = await self.bot.store.library.add_excerpt(source.guild_id, source.id, passage)
        except UserError as error:
            await give_back(interaction, error.public, join_written(interaction))
        else:
            await answer_excerpt(interaction, added, note=_note(added, "Added."))


async def change_excerpt(
    interaction: discord.Interaction[Bot],
    excerpt_id: str,
    state: str,
    change: Callable[[Passage], Passage],
    *,
    written: str,
    origin: str = CHAPTER,
) -> None:
    """Change an excerpt that is still as ``state`` says, and show it; otherwise give back what was ``written``."""
    store, guild_id = interaction.client.store, server(interaction).id
    try:
        changed = await library.change_excerpt(store, guild_id, id_from(excerpt_id, "excerpt"), state, change)
    except UserError as error:
        await give_back(interaction, error.public, written, button("See the excerpt", "library-show", excerpt_id))
    else:
        await answer_excerpt(interaction, changed, note=_note(changed, SAVED), origin=origin)


async def give_back(interaction: discord.Interaction[Bot], reason: str, written: str, *ways: Button) -> None:
    """Say why something was not saved, and show what a person wrote, so that they can copy it."""
    # A code block shows the words exactly as they were written; only its own end mark has to give way.
    kept = "".join(crop([written.replace("```", "'''")], MOST_GIVEN_BACK))
    copy = f"This is what you wrote, to copy:\n```\n{kept}\n```" if kept.strip() else ""
    await answer(interaction, card(f"{reason} Nothing was saved.", copy, *([Row(*ways)] if ways else [])))


def _note(excerpt: Excerpt, saved: str) -> str:
    """Say that an excerpt was saved, and what would keep it from being posted."""
    passage = excerpt.passage
    wording = Wording(passage.text, passage.own_words, passage.question or "-", "-")
    try:
        check_wording(replace(wording, place=passage.place))
    except UserError as error:
        return f"{saved} It can’t be posted yet: {error}"
    return saved
