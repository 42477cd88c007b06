"""/library list and show: pages of sources and excerpts, with nothing kept in memory, and how the library answers."""

from __future__ import annotations

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.models.library import Excerpt, Source
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.answers import answer_privately, update_card
from cogs.core.routing import RoutedCog, route
from cogs.library.autocomplete import chosen_excerpt, chosen_source, excerpt_choices, source_choices
from cogs.library.cards import EXCERPTS_A_PAGE, excerpt_card, page_card, sources_card
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import id_from, page_count, read_page_number


class PageCommands(RoutedCog):
    """The part of /library that shows sources and excerpts, with the buttons and selects that lead on."""

    @app_commands.command(name="list", description="Browse the sources and their excerpts")
    @app_commands.describe(source="Open this source at once")
    @app_commands.autocomplete(source=source_choices)
    @facilitators_only()
    async def browse(self, interaction: discord.Interaction[Bot], source: str | None = None) -> None:
        """Show the sources, or one source's excerpts."""
        if source is None:
            await answer(interaction, sources_card(await self.bot.store.library.sources(server(interaction).id), 0))
        else:
            await answer(interaction, await page_of(interaction, await chosen_source(interaction, source), 0))

    @app_commands.command(description="Show a whole excerpt with its place and its question")
    @app_commands.describe(excerpt="Type some of its words, then choose it")
    @app_commands.autocomplete(excerpt=excerpt_choices)
    @facilitators_only()
    async def show(self, interaction: discord.Interaction[Bot], excerpt: str) -> None:
        """Show one excerpt."""
        await answer_excerpt(interaction, await chosen_excerpt(interaction, excerpt))

    @route("library-sources")
    async def show_sources(self, interaction: discord.Interaction[Bot], page: str) -> None:
        """Show a page of the server's sources."""
        await require_facilitator(interaction)
        sources = await self.bot.store.library.sources(server(interaction).id)
        await answer(interaction, sources_card(sources, read_page_number(page)))

    @route("library-source")
    async def open_source(self, interaction: discord.Interaction[Bot]) -> None:
        """Show the first page of the source that was chosen."""
        await require_facilitator(interaction)
        (source_id,) = read_chosen_values(interaction)
        await answer(interaction, await page_of(interaction, await named_source(interaction, source_id), 0))

    @route("library-page")
    async def show_page(self, interaction: discord.Interaction[Bot], source_id: str, page: str) -> None:
        """Show a page of a source's excerpts."""
        await require_facilitator(interaction)
        source = await named_source(interaction, source_id)
        await answer(interaction, await page_of(interaction, source, read_page_number(page)))

    @route("library-show")
    async def show_excerpt(self, interaction: discord.Interaction[Bot], excerpt_id: str) -> None:
        """Lead back to an excerpt."""
        await require_facilitator(interaction)
        await answer_excerpt(interaction, await named_excerpt(interaction, excerpt_id))

    @route("library-open")
    async def open_excerpt(self, interaction: discord.Interaction[Bot]) -> None:
        """Show the excerpt that was chosen."""
        await require_facilitator(interaction)
        (excerpt_id,) = read_chosen_values(interaction)
        await answer_excerpt(interaction, await named_excerpt(interaction, excerpt_id))


async def page_of(interaction: discord.Interaction[Bot], source: Source, page: int) -> ui.LayoutView:
    """Make a page of a source's excerpts; where excerpts were removed meanwhile, the nearest page that exists."""
    page = min(max(page, 0), page_count(source.excerpts, EXCERPTS_A_PAGE) - 1)
    excerpts = await interaction.client.store.library.excerpts(
        source.guild_id, source.id, offset=page * EXCERPTS_A_PAGE, limit=EXCERPTS_A_PAGE
    )
    return page_card(source, page, excerpts)


async def answer(interaction: discord.Interaction[Bot], view: ui.LayoutView) -> None:
    """Show a card in place of the one that was clicked; after a command, show a new one to its author alone."""
    clicked = interaction.message
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    elif clicked is not None and clicked.flags.ephemeral:
        await update_card(interaction, view)
    else:
        await answer_privately(interaction, view)


async def answer_excerpt(interaction: discord.Interaction[Bot], excerpt: Excerpt, *, note: str = "") -> None:
    """Show one excerpt."""
    await answer(interaction, excerpt_card(excerpt, await source_of(interaction, excerpt), note=note))


async def source_of(interaction: discord.Interaction[Bot], excerpt: Excerpt) -> Source:
    """Read the source that an excerpt belongs to."""
    return await interaction.client.store.library.source(server(interaction).id, excerpt.source_id)


async def named_excerpt(interaction: discord.Interaction[Bot], excerpt_id: str) -> Excerpt:
    """Read the excerpt that a button, a select or a form names. Raises UserError where this server has none such."""
    return await interaction.client.store.library.excerpt(server(interaction).id, id_from(excerpt_id, "excerpt"))


async def named_source(interaction: discord.Interaction[Bot], source_id: str) -> Source:
    """Read the source that a button, a select or a form names. Raises UserError where this server has none such."""
    return await interaction.client.store.library.source(server(interaction).id, id_from(source_id, "source"))
