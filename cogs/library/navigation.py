"""/library: from the reports to a report's contents, a chapter and an excerpt, with nothing kept in memory."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.errors import UserError
from bot.library.contents import Chapter, find_chapter, read_contents
from bot.models.library import Excerpt, Source
from bot.services.library import choose_excerpts
from bot.services.model_consent import may_draft_questions
from bot.text.clean import clean_line
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.answers import acknowledge, answer_privately, open_form, show_privately, update_card
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.library.autocomplete import excerpt_choices, find_chosen_excerpt, find_chosen_source, source_choices
from cogs.library.cards import CHAPTER, contents_card, excerpt_card, read_origin, sources_card
from cogs.library.lists import EXCERPTS_A_PAGE, chapter_card, chosen_card, found_card, marked_card
from cogs.ui.forms import form, form_values, read_chosen_values, text_field
from cogs.ui.limits import cut_to_units
from cogs.ui.pages import id_from, id_or_zero, paginate, read_page_number

Interaction = discord.Interaction[Bot]
LONGEST_SEARCH = 60
"""What was searched for is in a custom_id of 100 characters, so that the next page needs no memory."""
NO_WORDS = "Type at least one word to search for."


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
    async def show_contents(self, interaction: Interaction, source_id: str, page: str) -> None:
        """Show a page of a report's contents."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        await answer(interaction, await contents_of(interaction, source, read_page_number(page)))

    @route("library-chapter-open")
    async def open_chapter(self, interaction: Interaction, source_id: str) -> None:
        """Show the chapter that was chosen, by the number of its first excerpt."""
        await require_facilitator(interaction)
        (position,) = read_chosen_values(interaction)
        chapter = await _named_chapter(interaction, await named_source(interaction, source_id), position)
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
        hint = "Finds excerpts that have all of these words."
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


async def view_of(interaction: Interaction, view: Sequence[str]) -> ui.LayoutView:
    """Make the list that a custom_id names: its kind and its arguments. Raises UserError where it names none."""
    match view:
        case ("chapter", source_id, position, page, every):
            return await _chapter_of(interaction, source_id, position, page, show_all=every == "1")
        case ("worth", source_id):
            source = await named_source(interaction, source_id)
            chosen = await choose_excerpts(interaction.client.store, interaction.client.worker, source)
            return chosen_card(source, chosen, await _marks(interaction))
        case ("found", source_id, page, words):
            return await _found(interaction, id_or_zero(source_id), read_page_number(page), words)
        case ("marks", page):
            return await _marked(interaction, read_page_number(page))
    raise UserError(OUT_OF_DATE)


async def sources_of(interaction: Interaction, page: int) -> ui.LayoutView:
    """Make a page of the server's reports."""
    sources = await interaction.client.store.library.sources(server(interaction).id)
    return sources_card(sources, page, len(await _marks(interaction)))


async def contents_of(interaction: Interaction, source: Source, page: int = 0) -> ui.LayoutView:
    """Make a page of a report's contents."""
    excerpts = await interaction.client.store.library.excerpts(source.guild_id, source.id)
    return contents_card(source, read_contents(excerpts), page, await _marks(interaction))


async def answer(interaction: Interaction, view: ui.LayoutView) -> None:
    """Show a card in place of the one that was clicked; after a command, show a new one to its author alone."""
    clicked = interaction.message
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    elif clicked is not None and clicked.flags.ephemeral:
        await update_card(interaction, view)
    else:
        await answer_privately(interaction, view)


async def answer_excerpt(interaction: Interaction, excerpt: Excerpt, *, note: str = "", origin: str = CHAPTER) -> None:
    """Show one excerpt, with the ones before and after."""
    store = interaction.client.store
    is_marked = excerpt.id in await _marks(interaction)
    around = await store.library.neighbours(excerpt)
    source = await source_of(interaction, excerpt)
    view = excerpt_card(
        excerpt,
        source,
        around,
        is_marked=is_marked,
        asks_model=await may_draft_questions(store, interaction.client.language_model, source.guild_id, excerpt),
        origin=read_origin(origin),
        note=note,
    )
    await answer(interaction, view)


async def source_of(interaction: Interaction, excerpt: Excerpt) -> Source:
    """Read the source that an excerpt belongs to."""
    return await interaction.client.store.library.source(server(interaction).id, excerpt.source_id)


async def named_excerpt(interaction: Interaction, excerpt_id: str) -> Excerpt:
    """Read the excerpt that a button, a select or a form names. Raises UserError where this server has none such."""
    return await interaction.client.store.library.excerpt(server(interaction).id, id_from(excerpt_id, "excerpt"))


async def named_source(interaction: Interaction, source_id: str) -> Source:
    """Read the source that a button, a select or a form names. Raises UserError where this server has none such."""
    return await interaction.client.store.library.source(server(interaction).id, id_from(source_id, "source"))


async def _chapter_of(
    interaction: Interaction, source_id: str, position: str, page: str, *, show_all: bool
) -> ui.LayoutView:
    source = await named_source(interaction, source_id)
    chapter = await _named_chapter(interaction, source, position)
    if chapter is None:
        return await contents_of(interaction, source)
    return chapter_card(source, chapter, read_page_number(page), await _marks(interaction), show_all=show_all)


async def _named_chapter(interaction: Interaction, source: Source, position: str) -> Chapter | None:
    """Read the chapter that holds an excerpt's number, or held it before the excerpt was removed; None without any."""
    chapters = read_contents(await interaction.client.store.library.excerpts(source.guild_id, source.id))
    return chapters[find_chapter(chapters, id_or_zero(position))] if chapters else None


async def _found(interaction: Interaction, source_id: int, number: int, words: str) -> ui.LayoutView:
    words = cut_to_units(words, LONGEST_SEARCH).strip()
    if not words:
        raise UserError(NO_WORDS)
    library, guild_id = interaction.client.store.library, server(interaction).id
    if source_id:
        await library.source(guild_id, source_id)
    within = source_id or None
    offset = number * EXCERPTS_A_PAGE
    excerpts, total = await library.search(guild_id, words, within, offset=offset, limit=EXCERPTS_A_PAGE)
    page = paginate(range(total), EXCERPTS_A_PAGE, number)
    if total and not excerpts:  # excerpts were removed meanwhile
        offset = page.number * EXCERPTS_A_PAGE
        excerpts, _ = await library.search(guild_id, words, within, offset=offset, limit=EXCERPTS_A_PAGE)
    titles = await _titles_of(interaction, excerpts)
    return found_card(source_id, words, excerpts, page, total, await _marks(interaction), titles)


async def _marked(interaction: Interaction, page: int) -> ui.LayoutView:
    store, guild_id = interaction.client.store, server(interaction).id
    excerpts = await store.library.excerpts_of(guild_id, await store.excerpt_marks.of_guild(guild_id))
    return marked_card(excerpts, await _titles_of(interaction, excerpts), page)


async def _titles_of(interaction: Interaction, excerpts: Sequence[Excerpt]) -> dict[int, str]:
    """Read the titles of the reports that excerpts belong to, by their ids."""
    used = {excerpt.source_id for excerpt in excerpts}
    sources = await interaction.client.store.library.sources(server(interaction).id)
    return {source.id: source.details.title for source in sources if source.id in used}


async def _marks(interaction: Interaction) -> frozenset[int]:
    """Read the ids of the excerpts that are marked in the server."""
    return frozenset(await interaction.client.store.excerpt_marks.of_guild(server(interaction).id))
