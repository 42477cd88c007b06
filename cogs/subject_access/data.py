"""/my data and /my export: everything that is stored about a person, for that person alone."""

from __future__ import annotations

import io

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.services.subject_access import gather
from bot.subject_access.account import as_json
from bot.subject_access.html import as_page
from cogs.core.access import server
from cogs.core.routing import RoutedCog, acknowledge, routed
from cogs.subject_access.data_card import data_card

Interaction = discord.Interaction[Bot]
FILES = (
    "Here is everything that is stored about you in this server: as a page to read (HTML), and as data (JSON). Only "
    "you see this message. Your words are in these files in clear, so keep them safe."
)


class SeeingCommands(RoutedCog):
    """The part of /my that shows."""

    @app_commands.command(description="See what is stored about you in this server; only you see it")
    async def data(self, interaction: Interaction) -> None:
        """Show what is stored, in short."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(view=await self._card(interaction, 0), ephemeral=True)

    @app_commands.command(description="Get what is stored about you as files; only you see them")
    async def export(self, interaction: Interaction) -> None:
        """Send two files."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild_id, now = server(interaction).id, discord.utils.utcnow()
        data = await gather(self.bot.store, guild_id, interaction.user.id)
        settings = await self.bot.store.settings.of(guild_id)
        contents = {"my-data.html": as_page(data, now, settings.time_zone), "my-data.json": as_json(data, now)}
        files = [discord.File(io.BytesIO(content), name) for name, content in contents.items()]
        await interaction.followup.send(FILES, files=files, ephemeral=True)

    @routed("my-data")
    async def turn_data(self, interaction: Interaction, page: str) -> None:
        """Show another page of what is stored."""
        await acknowledge(interaction)
        view = await self._card(interaction, int(page) if page.isdecimal() and len(page) < 6 else 0)
        await interaction.edit_original_response(view=view)

    async def _card(self, interaction: Interaction, page: int) -> ui.LayoutView:
        guild_id = server(interaction).id
        settings = await self.bot.store.settings.of(guild_id)
        return data_card(await gather(self.bot.store, guild_id, interaction.user.id), page, settings.time_zone)
