"""Browsing: pages of sources and of excerpts, without anything kept in memory."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.library import Source
from cogs.core.access import require_facilitator, server
from cogs.core.routing import RoutedCog, routed
from cogs.library.answers import answer, answer_excerpt, named_excerpt, named_source
from cogs.library.cards import EXCERPTS_A_PAGE, page_card, page_count, sources_card
from cogs.ui.forms import chosen_values as chosen


class Browsing(RoutedCog):
    """The buttons and selects that turn pages and open what is on them."""

    @routed("library-sources")
    async def sources(self, interaction: discord.Interaction[Bot], page: str) -> None:
        """A page of the server's sources."""
        await require_facilitator(interaction)
        sources = await self.bot.store.library.sources(server(interaction).id)
        await answer(interaction, sources_card(sources, int(page)))

    @routed("library-source")
    async def open_source(self, interaction: discord.Interaction[Bot]) -> None:
        """A source was chosen: its first page."""
        await require_facilitator(interaction)
        (source_id,) = chosen(interaction)
        await answer(interaction, await page_of(interaction, await named_source(interaction, source_id), 0))

    @routed("library-page")
    async def page(self, interaction: discord.Interaction[Bot], source_id: str, page: str) -> None:
        """A page of a source's excerpts."""
        await require_facilitator(interaction)
        await answer(interaction, await page_of(interaction, await named_source(interaction, source_id), int(page)))

    @routed("library-show")
    async def show_excerpt(self, interaction: discord.Interaction[Bot], excerpt_id: str) -> None:
        """The button that leads back to an excerpt."""
        await require_facilitator(interaction)
        await answer_excerpt(interaction, await named_excerpt(interaction, excerpt_id))

    @routed("library-open")
    async def open_excerpt(self, interaction: discord.Interaction[Bot]) -> None:
        """An excerpt was chosen: its card."""
        await require_facilitator(interaction)
        (excerpt_id,) = chosen(interaction)
        await answer_excerpt(interaction, await named_excerpt(interaction, excerpt_id))


async def page_of(interaction: discord.Interaction[Bot], source: Source, page: int) -> ui.LayoutView:
    """A page of a source's excerpts; where excerpts were removed meanwhile, the nearest page that exists."""
    page = min(max(page, 0), page_count(source.excerpts, EXCERPTS_A_PAGE) - 1)
    excerpts = await interaction.client.store.library.excerpts(
        source.guild_id, source.id, offset=page * EXCERPTS_A_PAGE, limit=EXCERPTS_A_PAGE
    )
    return page_card(source, page, excerpts)
