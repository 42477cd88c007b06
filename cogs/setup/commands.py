"""/setup: start, set and show, for people with the permission Manage Server."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from cogs.core.access import managers_only, require_manager, server
from cogs.core.answers import answer_privately, open_form, update_card
from cogs.core.routing import route
from cogs.setup.cards import settings_card
from cogs.setup.contacts import ContactCommands
from cogs.setup.findings import list_findings
from cogs.setup.forms import FilledForm, more_form, read_more, read_start, start_form
from cogs.setup.governance import GovernanceCommands
from cogs.setup.options import add_declared_options, read_options
from cogs.setup.policies import PolicyCommands
from cogs.setup.rules import RuleCommands
from cogs.ui.forms import form_values

NOTHING_CHOSEN = "Choose at least one setting to change, or run /setup start for a form."


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SetupCommands(
    ContactCommands,
    GovernanceCommands,
    PolicyCommands,
    RuleCommands,
    commands.GroupCog,
    group_name="setup",
    group_description="Set up the bot in this server",
):
    """Reads and changes a server's settings."""

    @app_commands.command(description="Choose the channels, the roles and the time zone in a form")
    @managers_only()
    async def start(self, interaction: discord.Interaction[Bot]) -> None:
        """Open the form for channels and roles."""
        await self._open_start(interaction)

    @app_commands.command(description="Show every setting, what I lack in each channel, and how to give it")
    @managers_only()
    async def show(self, interaction: discord.Interaction[Bot]) -> None:
        """Show every setting with what is wrong."""
        await self._show(interaction)

    @app_commands.command(name="set", description="Change one setting or several")
    @managers_only()
    @add_declared_options
    async def set_some(self, interaction: discord.Interaction[Bot], **options: Any) -> None:
        """Change what was given, and show the result."""
        await self._save(interaction, read_options(options))

    @route("setup-open")
    async def open_start(self, interaction: discord.Interaction[Bot]) -> None:
        """Open the first form again."""
        await require_manager(interaction)
        await self._open_start(interaction)

    @route("setup-more")
    async def open_more(self, interaction: discord.Interaction[Bot]) -> None:
        """Open the second form."""
        await require_manager(interaction)
        guild = server(interaction)
        await open_form(interaction, more_form(guild, await self.bot.store.settings.of(guild.id)))

    @route("setup-check")
    async def check(self, interaction: discord.Interaction[Bot]) -> None:
        """Look again, after permissions were given."""
        await require_manager(interaction)
        await self._show(interaction)

    @route("setup-start")
    async def save_start(self, interaction: discord.Interaction[Bot]) -> None:
        """Save what the first form says."""
        await require_manager(interaction)
        await self._save(interaction, read_start(server(interaction), form_values(interaction)))

    @route("setup-more-form")
    async def save_more(self, interaction: discord.Interaction[Bot]) -> None:
        """Save what the second form says."""
        await require_manager(interaction)
        await self._save(interaction, read_more(server(interaction), form_values(interaction)))

    async def _open_start(self, interaction: discord.Interaction[Bot]) -> None:
        guild = server(interaction)
        await open_form(interaction, start_form(guild, await self.bot.store.settings.of(guild.id)))

    async def _save(self, interaction: discord.Interaction[Bot], filled: FilledForm) -> None:
        if not filled.changes and not filled.problems:
            raise UserError(NOTHING_CHOSEN)
        if filled.changes:
            guild_id = server(interaction).id
            before = (await self.bot.store.settings.of(guild_id)).facilitators_channel_id
            settings = await self.bot.store.settings.change(guild_id, **filled.changes)
            if before is not None and before != settings.facilitators_channel_id:
                self.bot.dispatch("facilitators_moved", guild_id, before)
            if filled.changes.get("facilitators_channel_id") is not None:
                self.bot.dispatch("facilitators_named", guild_id)
            self.bot.dispatch("settings_changed", guild_id)
        await self._show(interaction, _note(filled))

    async def _show(self, interaction: discord.Interaction[Bot], note: str = "") -> None:
        guild = server(interaction)
        settings = await self.bot.store.settings.of(guild.id)
        places = await self.bot.store.prompts.places(guild.id)
        wrong = list_findings(guild, settings, message_content=self.bot.message_content, places=places)
        card = settings_card(guild, settings, wrong, self.bot.role_commands(), note=note)
        if interaction.message is None:
            await answer_privately(interaction, card)
        else:
            await update_card(interaction, card)


def _note(filled: FilledForm) -> str:
    if not filled.problems:
        return "Saved."
    kept = "Saved, but for this:" if filled.changes else "Nothing was changed:"
    return "\n".join((kept, *(f"- {problem}" for problem in filled.problems)))
