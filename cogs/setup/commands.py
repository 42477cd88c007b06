"""/setup: start, set and show, for people with the permission Manage Server."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.settings import AT_ONCE, BY_HAND
from bot.text.time_zones import matching_time_zones
from cogs.core.access import managers_only, require_manager, server
from cogs.core.routing import routed
from cogs.setup.cards import settings_card
from cogs.setup.contacts import ContactCommands
from cogs.setup.findings import findings
from cogs.setup.forms import LONGEST_OPEN, Filled, more_form, read_more, read_options, read_start, start_form
from cogs.setup.governance import GovernanceCommands
from cogs.setup.groups import GroupCommands
from cogs.setup.reminders import ReminderCommands
from cogs.setup.retention import RetentionCommands
from cogs.setup.rules import RuleCommands
from cogs.ui.forms import form_values

PUBLISH = [
    app_commands.Choice(name="By hand: a facilitator checks each summary first", value=BY_HAND),
    app_commands.Choice(name="At once, when the prompt closes", value=AT_ONCE),
]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SetupCommands(
    ContactCommands,
    GovernanceCommands,
    GroupCommands,
    ReminderCommands,
    RetentionCommands,
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
    @app_commands.rename(
        prompts_channel="prompts-channel",
        facilitators_channel="facilitators-channel",
        facilitator_role="facilitator-role",
        organiser_role="organiser-role",
        ping_role="ping-role",
        clear_ping_role="clear-ping-role",
        time_zone="time-zone",
        open_days="open-days",
        announcements_channel="announcements-channel",
        clear_announcements_channel="clear-announcements-channel",
    )
    @app_commands.describe(
        prompts_channel="Where prompts are posted: a text channel or a forum",
        facilitators_channel="Where I report to facilitators",
        facilitator_role="Who loads reports and posts prompts",
        organiser_role="Who reads summaries, beside facilitators",
        ping_role="Who is notified of each prompt",
        clear_ping_role="True to notify nobody of prompts",
        time_zone="The time zone of new series: type a city",
        open_days="How many days a prompt stays open",
        publish="When a prompt closes: let a facilitator check its summary first, or publish it at once",
        announcements_channel="Where a published summary is posted too, beside its thread",
        clear_announcements_channel="True to post summaries in their threads alone",
    )
    @app_commands.choices(publish=PUBLISH)
    @managers_only()
    async def set_some(
        self,
        interaction: discord.Interaction[Bot],
        prompts_channel: discord.TextChannel | discord.ForumChannel | None = None,
        facilitators_channel: discord.TextChannel | None = None,
        facilitator_role: discord.Role | None = None,
        organiser_role: discord.Role | None = None,
        ping_role: discord.Role | None = None,
        clear_ping_role: bool = False,
        time_zone: str | None = None,
        open_days: app_commands.Range[int, 1, LONGEST_OPEN] | None = None,
        publish: str | None = None,
        announcements_channel: discord.TextChannel | None = None,
        clear_announcements_channel: bool = False,
    ) -> None:
        """Change what was given, and show the result."""
        if clear_ping_role and ping_role is not None:
            raise UserError("Choose a role to ping, or clear it, but not both at once.")
        if clear_announcements_channel and announcements_channel is not None:
            raise UserError("Choose an announcements channel, or clear it, but not both at once.")
        # An announcement channel of Discord's is fine here, where only the bot has to write.
        announcing = None if announcements_channel is None else announcements_channel.id
        filled = read_options(
            prompts_channel_id=prompts_channel,
            facilitators_channel_id=facilitators_channel,
            facilitator_role_id=facilitator_role,
            organiser_role_id=organiser_role,
            ping_role_id=ping_role,
            time_zone=time_zone,
            open_days=open_days,
            announcements_channel_id=announcing,
        )
        given = {"publish": publish} if publish is not None else {}
        cleared = {"ping_role_id": clear_ping_role, "announcements_channel_id": clear_announcements_channel}
        filled.changes.update(given | dict.fromkeys(name for name, clear in cleared.items() if clear))
        await self._save(interaction, filled)

    @set_some.autocomplete("time_zone")
    async def _time_zones(self, _: discord.Interaction[Bot], words: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=zone, value=zone) for zone in matching_time_zones(words)]

    @routed("setup-open")
    async def open_start(self, interaction: discord.Interaction[Bot]) -> None:
        """The button that opens the first form again."""
        await require_manager(interaction)
        await self._open_start(interaction)

    @routed("setup-more")
    async def open_more(self, interaction: discord.Interaction[Bot]) -> None:
        """The button that opens the second form."""
        await require_manager(interaction)
        guild = server(interaction)
        await interaction.response.send_modal(more_form(guild, await self.bot.store.settings.of(guild.id)))

    @routed("setup-check")
    async def check(self, interaction: discord.Interaction[Bot]) -> None:
        """The button that looks again, after permissions were given."""
        await require_manager(interaction)
        await self._show(interaction)

    @routed("setup-start")
    async def save_start(self, interaction: discord.Interaction[Bot]) -> None:
        """The first form was sent."""
        await require_manager(interaction)
        await self._save(interaction, read_start(server(interaction), form_values(interaction)))

    @routed("setup-more-form")
    async def save_more(self, interaction: discord.Interaction[Bot]) -> None:
        """The second form was sent."""
        await require_manager(interaction)
        await self._save(interaction, read_more(server(interaction), form_values(interaction)))

    async def _open_start(self, interaction: discord.Interaction[Bot]) -> None:
        guild = server(interaction)
        await interaction.response.send_modal(start_form(guild, await self.bot.store.settings.of(guild.id)))

    async def _save(self, interaction: discord.Interaction[Bot], filled: Filled) -> None:
        if not filled.changes and not filled.problems:
            raise UserError("Choose at least one setting to change, or run /setup start for a form.")
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
        found = findings(guild, settings, message_content=self.bot.message_content, places=places)
        card = settings_card(guild, settings, found, note=note)
        if interaction.message is None:
            await interaction.response.send_message(view=card, ephemeral=True)
        else:
            await interaction.response.edit_message(view=card)


def _note(filled: Filled) -> str:
    if not filled.problems:
        return "Saved."
    kept = "Saved, but for this:" if filled.changes else "Nothing was changed:"
    return "\n".join((kept, *(f"- {problem}" for problem in filled.problems)))
