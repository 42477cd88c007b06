"""The cards and lists of /library that a command, a button or a select names, read from the database each time."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.library.contents import Chapter, find_chapter, read_contents
from bot.library.search import read_search
from bot.library.sentences import is_for_discussion
from bot.models.library import Excerpt, Source
from bot.services.library import choose_excerpts
from bot.services.model_consent import may_draft_questions
from cogs.core.access import server
from cogs.core.answers import answer_privately, show_privately, update_card
from cogs.core.routing import OUT_OF_DATE
from cogs.library.cards import CHAPTERS_A_PAGE, contents_card, excerpt_card, sources_card
from cogs.library.lists import EXCERPTS_A_PAGE, chapter_card, chosen_card, find_page, found_card, marked_card
from cogs.library.origins import CHAPTER, HERE, read_origin
from cogs.ui.limits import cut_to_units
from cogs.ui.pages import id_from, id_or_zero, paginate, read_page_number

Interaction = discord.Interaction[Bot]
LONGEST_SEARCH = 45
"""What was searched for is in custom_ids of 100 characters, so that the next page and the way back need no memory."""
NO_WORDS = "Type at least one word to search for."


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


async def contents_of(interaction: Interaction, source: Source, page: int = 0, *, near: int = 0) -> ui.LayoutView:
    """Make a page of a report's contents: of a number, or that with the chapter of an excerpt's number, ``near``."""
    chapters = read_contents(await interaction.client.store.library.excerpts(source.guild_id, source.id))
    page = find_chapter(chapters, near) // CHAPTERS_A_PAGE if near else page
    return contents_card(source, chapters, page, await _marks(interaction))


async def answer(interaction: Interaction, view: ui.LayoutView) -> None:
    """Show a card in place of the one that was clicked; after a command, show a new one to its author alone.

    Also after ``acknowledge``.
    """
    clicked = interaction.message
    if interaction.response.is_done():
        await show_privately(interaction, view)
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
    chapter = await named_chapter(interaction, source, position)
    if chapter is None:
        return await contents_of(interaction, source)
    number = read_page_number(page)
    if page == HERE:
        here = id_or_zero(position)
        show_all = show_all or any(
            each.position == here and not is_for_discussion(each.passage) for each in chapter.excerpts
        )
        number = find_page(chapter, here, show_all=show_all)
    return chapter_card(source, chapter, number, await _marks(interaction), show_all=show_all)


async def named_chapter(interaction: Interaction, source: Source, position: str) -> Chapter | None:
    """Read the chapter that holds an excerpt's number, or held it before the excerpt was removed; None without any."""
    chapters = read_contents(await interaction.client.store.library.excerpts(source.guild_id, source.id))
    return chapters[find_chapter(chapters, id_or_zero(position))] if chapters else None


async def _found(interaction: Interaction, source_id: int, number: int, words: str) -> ui.LayoutView:
    words = cut_to_units(words, LONGEST_SEARCH).strip()
    if not read_search(words):
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
