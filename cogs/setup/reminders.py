"""/setup reminders: whether threads are reminded once, half-way, and when never."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.prompts.reminders import read_time
from cogs.core.access import managers_only, server
from cogs.core.routing import RoutedCog

OFF = "Saved. I post no reminders."
ON = (
    "Saved. Each prompt is reminded once in its thread, half-way to its closing. I wait while people talk there. "
    "{quiet}"
)
QUIET = "I post none between {start} and {end} ({zone})."
NEVER_QUIET = "There are no quiet hours."


class ReminderCommands(RoutedCog):
    """The part of /setup that says whether and when threads are reminded."""

    @app_commands.command(description="Switch reminders in threads on or off, and set quiet hours")
    @app_commands.rename(quiet_from="quiet-from", quiet_to="quiet-to")
    @app_commands.describe(
        reminders="One reminder a prompt, half-way; off at first",
        quiet_from="From when I post none, like 20:00",
        quiet_to="Until when I post none, like 08:00; the same time twice means no quiet hours",
    )
    @app_commands.choices(
        reminders=[app_commands.Choice(name="on", value="on"), app_commands.Choice(name="off", value="off")]
    )
    @managers_only()
    async def reminders(
        self,
        interaction: discord.Interaction[Bot],
        reminders: str,
        quiet_from: str | None = None,
        quiet_to: str | None = None,
    ) -> None:
        """Keep what was chosen, and say what follows from it."""
        given = {"quiet_from": quiet_from, "quiet_to": quiet_to}
        times = {name: f"{read_time(typed):%H:%M}" for name, typed in given.items() if typed is not None}
        settings = await self.bot.store.settings.change(server(interaction).id, reminders=reminders == "on", **times)
        self.bot.dispatch("reminders_changed")
        start, end = settings.quiet_from, settings.quiet_to
        quiet = QUIET.format(start=start, end=end, zone=settings.time_zone) if start != end else NEVER_QUIET
        await interaction.response.send_message(ON.format(quiet=quiet) if settings.reminders else OFF, ephemeral=True)
