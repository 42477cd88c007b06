"""How the library answers: in the card that somebody clicked, or in a new one that only they see."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.library import Excerpt, Source
from cogs.core.access import server
from cogs.library.cards import excerpt_card


async def answer(interaction: discord.Interaction[Bot], view: ui.LayoutView) -> None:
    """Show a card in place of the one that was clicked; after a command, show a new one to its author alone."""
    clicked = interaction.message
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    elif clicked is not None and clicked.flags.ephemeral:
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def answer_excerpt(interaction: discord.Interaction[Bot], excerpt: Excerpt, *, note: str = "") -> None:
    """Show one excerpt."""
    await answer(interaction, excerpt_card(excerpt, await source_of(interaction, excerpt), note=note))


async def source_of(interaction: discord.Interaction[Bot], excerpt: Excerpt) -> Source:
    """The source that an excerpt belongs to."""
    return await interaction.client.store.library.source(server(interaction).id, excerpt.source_id)


async def named_excerpt(interaction: discord.Interaction[Bot], excerpt_id: str) -> Excerpt:
    """The excerpt that a button, a select or a form names. Raises UserError where this server has none such."""
    return await interaction.client.store.library.excerpt(server(interaction).id, int(excerpt_id))


async def named_source(interaction: discord.Interaction[Bot], source_id: str) -> Source:
    """The source that a button, a select or a form names. Raises UserError where this server has none such."""
    return await interaction.client.store.library.source(server(interaction).id, int(source_id))
