"""/setup groups: from how many people on a staff group is shown in breakdowns."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.summaries.disclosure.disclosure_control import LEAST_THRESHOLD
from cogs.core.access import managers_only, server
from cogs.core.routing import RoutedCog

MOST_THRESHOLD = 100
SAVED = (
    "Saved. Breakdowns show staff groups of {people} people or more. Smaller groups are hidden, and others with them "
    "where a small one could be worked out. Numbers that were shown before stay known to those who saw them."
)


class GroupCommands(RoutedCog):
    """The part of /setup that says which staff groups are too small to be shown."""

    @app_commands.command(description="Set from how many people on a staff group is shown in summaries and exports")
    @app_commands.describe(people="5 to 100; 11 at first")
    @managers_only()
    async def groups(
        self, interaction: discord.Interaction[Bot], people: app_commands.Range[int, LEAST_THRESHOLD, MOST_THRESHOLD]
    ) -> None:
        """Keep the number of people, and say what follows from it."""
        await self.bot.store.settings.change(server(interaction).id, group_threshold=people)
        await interaction.response.send_message(SAVED.format(people=people), ephemeral=True)
