"""/setup retention: how long replies are kept after their prompt closed."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.models.reports import ReportKind
from bot.prompts.retention import LONGEST_DAYS, SHORTEST_DAYS
from bot.text.words import plural
from cogs.core.access import managers_only, server
from cogs.core.routing import RoutedCog

SAVED = (
    "Saved. Replies are erased {days} after their prompt closed. Facilitators are told at least 30 days before, also "
    "where that is later. Published summaries stay, with their counts and without quotes."
)


class RetentionCommands(RoutedCog):
    """The part of /setup that says how long replies are kept."""

    @app_commands.command(description="Set how many days replies are kept after their prompt closed")
    @app_commands.describe(days="30 to 3650; 365 at first")
    @managers_only()
    async def retention(
        self, interaction: discord.Interaction[Bot], days: app_commands.Range[int, SHORTEST_DAYS, LONGEST_DAYS]
    ) -> None:
        """Keep the number of days, and say what follows from it."""
        guild_id = server(interaction).id
        await self.bot.store.settings.change(guild_id, retention_days=days)
        # What waits names days that are no longer true; the next daily round tells of those that are.
        await self.bot.store.reports.drop_waiting(guild_id, ReportKind.RETENTION)
        await interaction.response.send_message(SAVED.format(days=plural(days, "day")), ephemeral=True)
