"""/setup governance: documents for the information governance team, from the server's settings."""

from __future__ import annotations

import io

import discord
from discord import app_commands

from bot import __version__
from bot.client import Bot
from bot.governance import Facts, write_zip
from bot.text.dates import format_local_date
from bot.worker_turns import Turn
from cogs.core.access import managers_only, server
from cogs.core.answers import defer_answer
from cogs.core.routing import RoutedCog

FILE = "governance.zip"
ANSWER = (
    "This folder is for your information governance team. It holds a privacy notice for staff, facts for a data "
    "protection impact assessment, what is stored and for how long, the data’s way, suppliers, how requests are "
    "answered, the tests behind each promise, the settings, a record of processing, what to do after a breach, and "
    "standards. Look for “To fill in”: those gaps are yours. Make it "
    "again when you change a setting."
)


class GovernanceCommands(RoutedCog):
    """The part of /setup that writes documents."""

    @app_commands.command(
        description="Get documents for your information governance team, from the settings as they are"
    )
    @managers_only()
    async def governance(self, interaction: discord.Interaction[Bot]) -> None:
        """Write the documents, for the one who asked alone."""
        await defer_answer(interaction)
        settings = await self.bot.store.settings.of(server(interaction).id)
        facts = Facts(
            server=server(interaction).name,
            settings=settings,
            program=(),
            made_on=format_local_date(discord.utils.utcnow(), settings.time_zone),
            version=__version__,
            model=self.bot.model.name if self.bot.model is not None else "",
        )
        data = await self.bot.worker.call_for(Turn(server(interaction).id), write_zip, facts)
        await interaction.followup.send(ANSWER, file=discord.File(io.BytesIO(data), FILE), ephemeral=True)
