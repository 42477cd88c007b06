"""/my withdraw: a private reply erased by the code that its author was shown."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from cogs.core.access import server
from cogs.core.routing import RoutedCog

Interaction = discord.Interaction[Bot]
NO_SUCH_CODE = (
    "No private reply here has this code. Check each letter and digit. If you changed your reply, only the newest code "
    "works. If you took it back already, it is erased."
)
WITHDRAWN = "Your private reply is erased, and with it its quotes and counts in every summary."


class WithdrawingCommands(RoutedCog):
    """The part of /my that works by a code, for whoever holds it."""

    @app_commands.command(description="Erase a private reply with the withdrawal code that you were shown")
    @app_commands.describe(code="The code that I showed you when you sent the private reply")
    async def withdraw(self, interaction: Interaction, code: app_commands.Range[str, 1, 100]) -> None:
        """Erase a private reply."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        prompt_id = await self.bot.store.private.withdraw_code(server(interaction).id, code)
        if prompt_id is not None:
            self.bot.dispatch("replies_erased", prompt_id)
        await interaction.followup.send(NO_SUCH_CODE if prompt_id is None else WITHDRAWN, ephemeral=True)
