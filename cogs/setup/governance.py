"""The button of /setup that gives documents for the information governance team."""

from __future__ import annotations

import io

import discord

from bot import __version__
from bot.client import Bot
from bot.governance import Facts, describe_language_model, write_zip
from bot.text.dates import format_local_date
from bot.worker_turns import Turn
from cogs.core.access import require_manager, server
from cogs.core.answers import defer_answer
from cogs.core.routing import RoutedCog, route

FILE = "governance.zip"
ANSWER = (
    "This folder is for your information governance team. It holds a privacy notice for staff, facts for a data "
    "protection impact assessment, what’s stored and for how long, how data flows, suppliers, how requests are "
    "answered, the tests behind each promise, the settings, a record of processing, what to do after a breach, and "
    "standards. Look for “To fill in”: those gaps are yours to fill. "
    "Make it again when you change a setting."
)


class GovernanceRoutes(RoutedCog):
    """The part of /setup that writes documents."""

    @route("setup-governance")
    async def governance(self, interaction: discord.Interaction[Bot]) -> None:
        """Write documents for the information governance team, from the settings as they are."""
        await require_manager(interaction)
        await defer_answer(interaction)
        settings = await self.bot.store.settings.of(server(interaction).id)
        facts = Facts(
            server=server(interaction).name,
            settings=settings,
            program=(),
            made_on=format_local_date(discord.utils.utcnow(), settings.time_zone),
            version=__version__,
            model=self.bot.model.name if self.bot.model is not None else "",
            is_on_server=self.bot.store.is_on_server,
            has_key_server=self.bot.store.has_key_server,
            language_model=describe_language_model(
                None if self.bot.language_model is None else self.bot.language_model.endpoint,
                settings,
                server(interaction).name,
            ),
        )
        data = await self.bot.worker.call_for(Turn(server(interaction).id), write_zip, facts)
        await interaction.followup.send(ANSWER, file=discord.File(io.BytesIO(data), FILE), ephemeral=True)
