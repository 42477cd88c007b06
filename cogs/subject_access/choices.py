"""/my stop, start, group and notices: what a person decides about themselves."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands

from bot.client import Bot
from bot.models.people import STAFF_GROUPS, Choices
from cogs.core.access import server
from cogs.core.routing import RoutedCog

Interaction = discord.Interaction[Bot]
NO_GROUP = "Prefer not to say"
GROUPS = [app_commands.Choice(name=name, value=name) for name in (*STAFF_GROUPS, NO_GROUP)]

STOPPED = (
    "From now on I collect nothing that you write in threads, and none of your reactions. What is stored already "
    "stays: /my data shows it, /my delete erases it. If you edit an older message, my copy of it is erased, since I do "
    "not take the new words. /my start takes this back."
)
STARTED = (
    "From now on I collect what you write in threads again. What you wrote while you had stopped stays out. /my stop "
    "stops it again."
)
GROUP = (
    "Your staff group is {group}{manages}. Summaries and exports show a group only where at least {least} people of it "
    "took part, and never who is in it. /my group changes it at any time."
)
NOTICES_ON = (
    "I may send you direct messages now, for example when I took an identifier out of your words. For this I keep your "
    "Discord id, encrypted. /my notices with off stops it and erases the id. If Discord does not let me write to you, "
    "allow direct messages from this server's members in its privacy settings."
)
NOTICES_OFF = "I send you no direct messages, and your Discord id is not stored."


class ChoosingCommands(RoutedCog):
    """The part of /my that keeps choices."""

    @app_commands.command(description="Collect nothing that you write from now on")
    async def stop(self, interaction: Interaction) -> None:
        """Stop collecting."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        # Discord's own time of the command, since messages bear Discord's time too.
        await self.bot.store.people.stop(server(interaction).id, interaction.user.id, interaction.created_at)
        await interaction.followup.send(STOPPED, ephemeral=True)

    @app_commands.command(description="Collect what you write again, after /my stop")
    async def start(self, interaction: Interaction) -> None:
        """Start collecting again."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self.bot.store.people.start(server(interaction).id, interaction.user.id, interaction.created_at)
        await interaction.followup.send(STARTED, ephemeral=True)

    @app_commands.command(description="Say which staff group you belong to, or clear it")
    @app_commands.describe(group="Your staff group; leave it out to keep it", manages="Whether you manage people")
    @app_commands.choices(group=GROUPS)
    async def group(self, interaction: Interaction, group: str | None = None, manages: bool | None = None) -> None:
        """Set or clear the staff group, or only show it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild_id = server(interaction).id
        choices = await self.bot.store.people.of(guild_id, interaction.user.id)
        if group is not None or manages is not None:
            chosen = choices.group if group is None else group.removeprefix(NO_GROUP)
            manager = choices.manages if manages is None else manages
            people = self.bot.store.people
            choices = await people.choose(guild_id, interaction.user.id, group=chosen, manages=manager)
        settings = await self.bot.store.settings.of(guild_id)
        await interaction.followup.send(_told_group(choices, settings.group_threshold), ephemeral=True)

    @app_commands.command(description="Choose whether I may send you direct messages")
    @app_commands.describe(notices="on: I may write to you. off: I may not, and forget your Discord id")
    async def notices(self, interaction: Interaction, notices: Literal["on", "off"]) -> None:
        """Allow direct messages, or not."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        is_on = notices == "on"
        await self.bot.store.people.choose(server(interaction).id, interaction.user.id, notices=is_on)
        await interaction.followup.send(NOTICES_ON if is_on else NOTICES_OFF, ephemeral=True)


def _told_group(choices: Choices, least: int) -> str:
    manages = ", and you manage people" if choices.manages else ""
    return GROUP.format(group=choices.group or "not given", manages=manages, least=least)
