"""Whether a person's words may be quoted outside of their server: /my quotes, and a button in a prompt's last line."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands, ui

from bot.client import Bot
from cogs.core.access import server
from cogs.core.routing import RoutedCog, routed
from cogs.ui.parts import custom_id, detached

Interaction = discord.Interaction[Bot]
YES = (
    "You may be quoted outside this server: your words, without your name, in files and papers for the board. This is "
    "for all your replies here, and for private replies only as their form says. You can take it back at any time. "
    "Papers that are made after that do not quote you. Files that somebody saved before are out of my reach."
)
NO = (
    "Your replies count, but new summaries do not quote them, in this server or outside it. Shared summaries that I "
    "can change lose your words too. Files that somebody saved before are out of my reach."
)
AGAIN = (
    "Before, you had said no. Summaries that were shared in that time stay without your words. A new summary can quote "
    "you again: facilitators can make one."
)


class QuotingCommands(RoutedCog):
    """The part of /my about quotes."""

    @app_commands.command(description="Choose whether you may be quoted outside this server")
    @app_commands.describe(quotes="yes: without your name. no: your replies count, but are not quoted")
    async def quotes(self, interaction: Interaction, quotes: Literal["yes", "no"]) -> None:
        """Allow quotes, or not."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._choose(interaction, quotes == "yes")

    @routed("my-quotes")
    async def allow(self, interaction: Interaction) -> None:
        """Allow quotes by the button under a prompt's last line."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._choose(interaction, True)

    @routed("my-quotes-back")
    async def take_back(self, interaction: Interaction) -> None:
        """Take it back."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._choose(interaction, False)

    async def _choose(self, interaction: Interaction, allowed: bool) -> None:
        guild_id = server(interaction).id
        before = await self.bot.store.people.of(guild_id, interaction.user.id)
        await self.bot.store.people.choose(guild_id, interaction.user.id, quotes=allowed)
        if (before.quotes, before.refused) != (allowed, not allowed):
            self.bot.dispatch("quotes_changed", guild_id)
        await interaction.followup.send(view=_answer(allowed, refused_before=before.refused), ephemeral=True)


def _answer(allowed: bool, *, refused_before: bool) -> ui.LayoutView:
    view = ui.LayoutView()
    yes = f"{YES}\n{AGAIN}" if refused_before else YES
    view.add_item(ui.TextDisplay(yes if allowed else NO))
    label, route = ("Take it back", "my-quotes-back") if allowed else ("You may quote me", "my-quotes")
    view.add_item(ui.ActionRow(ui.Button(label=label, custom_id=custom_id(route))))
    return detached(view)
