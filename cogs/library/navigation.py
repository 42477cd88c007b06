"""/library: from the reports to a report's contents, a chapter and an excerpt, with nothing kept in memory."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.text.clean import clean_line
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.library.autocomplete import excerpt_choices, find_chosen_excerpt, find_chosen_source, source_choices
from cogs.library.cards import CHAPTER
from cogs.library.views import (
    LONGEST_SEARCH,
    answer,
    answer_excerpt,
    contents_of,
    named_chapter,
    named_excerpt,
    named_source,
    sources_of,
    view_of,
)
from cogs.ui.forms import form, form_values, read_chosen_values, text_field
from cogs.ui.pages import id_from, id_or_zero, read_page_number

Interaction = discord.Interaction[Bot]


class NavigationCommands(RoutedCog):
    """The command, and the buttons and selects that lead from card to card."""

    @app_commands.command(name="library", description="Reports and their excerpts: read, search, ask, mark, add")
    @app_commands.describe(
        excerpt="Open an excerpt: type some of its words, then choose it",
        report="Open a report: type some of its title, then choose it",
    )
    @app_commands.autocomplete(excerpt=excerpt_choices, report=source_choices)
    @app_commands.guild_only()
    @facilitators_only()
    async def open_library(
        self, interaction: Interaction, excerpt: str | None = None, report: str | None = None
    ) -> None:
        """Show the report that was loaded last; or the excerpt, the report or the list of reports."""
        if excerpt is not None:
            await answer_excerpt(interaction, await find_chosen_excerpt(interaction, excerpt))
            return
        if report is not None:
            await answer(interaction, await contents_of(interaction, await find_chosen_source(interaction, report)))
            return
        sources = await self.bot.store.library.sources(server(interaction).id)
        loaded = [source for source in sources if not source.pack] or sources[:1]
        view = await contents_of(interaction, loaded[-1]) if loaded else await sources_of(interaction, 0)
        await answer(interaction, view)

    @route("library-sources")
    async def show_sources(self, interaction: Interaction, page: str) -> None:
        """Show a page of the server's reports."""
        await require_facilitator(interaction)
        await answer(interaction, await sources_of(interaction, read_page_number(page)))

    @route("library-source")
    async def open_source(self, interaction: Interaction) -> None:
        """Show the contents of the report that was chosen."""
        await require_facilitator(interaction)
        (source_id,) = read_chosen_values(interaction)
        await answer(interaction, await contents_of(interaction, await named_source(interaction, source_id)))

    @route("library-contents")
    async def show_contents(self, interaction: Interaction, source_id: str, page: str, near: str = "") -> None:
        """Show a page of a report's contents: of a number, or that with the chapter of an excerpt's number."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        await answer(interaction, await contents_of(interaction, source, read_page_number(page), near=id_or_zero(near)))

    @route("library-chapter-open")
    async def open_chapter(self, interaction: Interaction, source_id: str) -> None:
        """Show the chapter that was chosen, by the number of its first excerpt."""
        await require_facilitator(interaction)
        (position,) = read_chosen_values(interaction)
        chapter = await named_chapter(interaction, await named_source(interaction, source_id), position)
        if chapter is not None and len(chapter.excerpts) == 1:
            await answer_excerpt(interaction, chapter.excerpts[0])
            return
        await answer(interaction, await view_of(interaction, ("chapter", source_id, position, "0", "0")))

    @route("library-chapter")
    async def show_chapter(
        self, interaction: Interaction, source_id: str, position: str, page: str, every: str
    ) -> None:
        """Show a page of a chapter, with or without what holds no sentence."""
        await require_facilitator(interaction)
        await answer(interaction, await view_of(interaction, ("chapter", source_id, position, page, every)))

    @route("library-chapter-page")
    async def leap(self, interaction: Interaction, source_id: str, position: str, every: str) -> None:
        """Show the page of a chapter that was chosen."""
        await require_facilitator(interaction)
        (page,) = read_chosen_values(interaction)
        await answer(interaction, await view_of(interaction, ("chapter", source_id, position, page, every)))

    @route("library-worth")
    async def show_chosen(self, interaction: Interaction, source_id: str) -> None:
        """Choose the twelve in the worker, and show them."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, await view_of(interaction, ("worth", source_id)))

    @route("library-search")
    async def open_search(self, interaction: Interaction, source_id: str) -> None:
        """Open the form of a search, in one report or, for 0, in all."""
        await require_facilitator(interaction)
        hint = "Finds excerpts with all these words, or forms of them. Put quotation marks around a phrase."
        words = text_field("Words", "words", hint=hint, longest=LONGEST_SEARCH)
        title = "Search this report" if id_or_zero(source_id) else "Search all reports"
        await open_form(interaction, form(title, "library-search-form", id_or_zero(source_id), fields=[words]))

    @route("library-search-form")
    async def search(self, interaction: Interaction, source_id: str) -> None:
        """Show what a search finds."""
        await require_facilitator(interaction)
        # A colon parts the arguments of a custom_id.
        words = clean_line(str(form_values(interaction)["words"]).replace(":", " "))
        await answer(interaction, await view_of(interaction, ("found", source_id, "0", words)))

    @route("library-found")
    async def turn_found(self, interaction: Interaction, source_id: str, page: str, words: str) -> None:
        """Show another page of what a search found."""
        await require_facilitator(interaction)
        await answer(interaction, await view_of(interaction, ("found", source_id, page, words)))

    @route("library-marks")
    async def show_marks(self, interaction: Interaction, page: str) -> None:
        """Show a page of the excerpts that are marked."""
        await require_facilitator(interaction)
        await answer(interaction, await view_of(interaction, ("marks", page)))

    @route("library-show")
    async def show_excerpt(self, interaction: Interaction, excerpt_id: str, origin: str = CHAPTER) -> None:
        """Show an excerpt, such as the one before or after."""
        await require_facilitator(interaction)
        await answer_excerpt(interaction, await named_excerpt(interaction, excerpt_id), origin=origin)

    @route("library-open")
    async def open_excerpt(self, interaction: Interaction, origin: str = CHAPTER) -> None:
        """Show the excerpt that was chosen in a list."""
        await require_facilitator(interaction)
        (excerpt_id,) = read_chosen_values(interaction)
        await answer_excerpt(interaction, await named_excerpt(interaction, excerpt_id), origin=origin)

    @route("library-mark")
    async def mark(self, interaction: Interaction, excerpt_id: str, use: str, origin: str) -> None:
        """Mark an excerpt to use, or take its mark off. The button says which, so that two clicks at once agree."""
        await require_facilitator(interaction)
        excerpt = await named_excerpt(interaction, excerpt_id)
        change = self.bot.store.excerpt_marks.add if use == "1" else self.bot.store.excerpt_marks.remove
        await change(server(interaction).id, [excerpt.id])
        await answer_excerpt(interaction, excerpt, origin=origin)

    @route("library-mark-some")
    async def mark_some(self, interaction: Interaction, *view: str) -> None:
        """Mark the excerpts that were chosen in a list, and show the list again."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        chosen = [id_from(value, "excerpt") for value in read_chosen_values(interaction)]
        await self.bot.store.excerpt_marks.add(server(interaction).id, chosen)
        await show_privately(interaction, await view_of(interaction, view))

    @route("library-unmark-some")
    async def unmark_some(self, interaction: Interaction, page: str) -> None:
        """Take the marks off the excerpts that were chosen."""
        await require_facilitator(interaction)
        chosen = [id_from(value, "excerpt") for value in read_chosen_values(interaction)]
        await self.bot.store.excerpt_marks.remove(server(interaction).id, chosen)
        await answer(interaction, await view_of(interaction, ("marks", page)))
