"""/my and its pages: everything that is stored about a person, and a copy of it, for that person alone."""

from __future__ import annotations

import io

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.services.subject_access import export_files, gather_person_data
from cogs.core.access import server
from cogs.core.answers import acknowledge, defer_answer
from cogs.core.rate_limits import check_route
from cogs.core.routing import RoutedCog, route
from cogs.subject_access.data_card import data_card
from cogs.subject_access.erasure import LONGEST_CODE, withdraw_by_code
from cogs.subject_access.my_card import read_my_card, show_my_card
from cogs.ui.pages import read_page_number

Interaction = discord.Interaction[Bot]
FILES = (
    "Here’s everything we store about you in this server: as a page to read (HTML) and as data (JSON). Only you see "
    "this message. Anyone who opens these files can read your words, so keep them safe."
)


class DataCommands(RoutedCog):
    """The command, and the part of it that shows."""

    @app_commands.command(
        name="my", description="Your data and choices: see, get a copy, delete, stop. Only you see it"
    )
    @app_commands.guild_only()
    @app_commands.describe(code="To delete a private reply: the code that you were shown when you sent it")
    async def open_my(
        self, interaction: Interaction, code: app_commands.Range[str, 1, LONGEST_CODE] | None = None
    ) -> None:
        """Show what is stored in short, and every choice; with a private reply's code, erase that reply."""
        if code is not None:
            check_route(interaction, "my-withdraw")  # as many tries as by the form
        await defer_answer(interaction)
        if code is not None:
            await withdraw_by_code(interaction, code)
            return
        await interaction.followup.send(view=await read_my_card(interaction), ephemeral=True)

    @route("my-card")
    async def show_card(self, interaction: Interaction) -> None:
        """Lead back to the card of the command."""
        await acknowledge(interaction)
        await show_my_card(interaction)

    @route("my-export")
    async def export(self, interaction: Interaction) -> None:
        """Send two files."""
        await defer_answer(interaction)
        person = await gather_person_data(self.bot.store, server(interaction).id, interaction.user.id)
        contents = await export_files(self.bot.store, person, discord.utils.utcnow())
        files = [discord.File(io.BytesIO(content), f"my-data.{ending}") for ending, content in contents.items()]
        await interaction.followup.send(FILES, files=files, ephemeral=True)

    @route("my-data")
    async def turn_data(self, interaction: Interaction, page: str) -> None:
        """Show a page of what is stored."""
        await acknowledge(interaction)
        await interaction.edit_original_response(view=await self._card(interaction, read_page_number(page)))

    async def _card(self, interaction: Interaction, page: int) -> ui.LayoutView:
        guild_id = server(interaction).id
        settings = await self.bot.store.settings.of(guild_id)
        return data_card(
            await gather_person_data(self.bot.store, guild_id, interaction.user.id), page, settings.time_zone
        )
