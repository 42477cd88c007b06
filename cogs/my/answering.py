"""How clicks of /my are answered: on the card that the person alone sees, or on a new one that only they see."""

from __future__ import annotations

import discord

from bot.client import Bot
from cogs.people import server


async def acknowledge(interaction: discord.Interaction[Bot]) -> None:
    """Promise an answer that nobody else can see. Raises UserError outside of a server."""
    server(interaction)
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)
