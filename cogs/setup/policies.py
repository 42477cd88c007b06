"""/setup retention, reminders and groups: settings that have consequences to explain."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.models.reports import ReportKind
from bot.models.settings import SETTINGS
from bot.prompts.reminders import read_time
from bot.text.words import plural
from cogs.core.access import managers_only, server
from cogs.core.answers import answer_privately
from cogs.core.routing import RoutedCog

Interaction = discord.Interaction[Bot]
DAYS, PEOPLE = SETTINGS["retention_days"], SETTINGS["group_threshold"]

DAYS_SAVED = (
    "Saved. Replies are erased {days} after their prompt closed. Facilitators are told at least 30 days before, also "
    "where that is later. Published summaries stay, with their counts and without quotes."
)
PEOPLE_SAVED = (
    "Saved. Breakdowns show staff groups of {people} people or more. Smaller groups are hidden, and others with them "
    "where a small one could be worked out. Numbers that were shown before stay known to those who saw them."
)
REMINDERS_OFF = "Saved. I post no reminders."
REMINDERS_ON = (
    "Saved. Each prompt is reminded once in its thread, half-way to its closing. I wait while people talk there. "
    "{quiet}"
)
QUIET = "I post none between {start} and {end} ({zone})."
NEVER_QUIET = "There are no quiet hours."


class PolicyCommands(RoutedCog):
    """The part of /setup that says what follows from a setting."""

    @app_commands.command(description="Set how many days replies are kept after their prompt closed")
    @app_commands.describe(days=DAYS.bounds)
    @managers_only()
    async def retention(self, interaction: Interaction, days: app_commands.Range[int, DAYS.least, DAYS.most]) -> None:
        """Keep the number of days, and say what follows from it."""
        guild_id = server(interaction).id
        await self.bot.store.settings.change(guild_id, retention_days=days)
        # What waits names days that are no longer true; the next daily round tells of those that are.
        await self.bot.store.reports.drop_waiting(guild_id, ReportKind.RETENTION)
        await answer_privately(interaction, DAYS_SAVED.format(days=plural(days, "day")))

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
        self, interaction: Interaction, reminders: str, quiet_from: str | None = None, quiet_to: str | None = None
    ) -> None:
        """Keep what was chosen, and say what follows from it."""
        given = {"quiet_from": quiet_from, "quiet_to": quiet_to}
        times = {name: f"{read_time(typed):%H:%M}" for name, typed in given.items() if typed is not None}
        settings = await self.bot.store.settings.change(server(interaction).id, reminders=reminders == "on", **times)
        self.bot.dispatch("reminders_changed")
        start, end = settings.quiet_from, settings.quiet_to
        quiet = QUIET.format(start=start, end=end, zone=settings.time_zone) if start != end else NEVER_QUIET
        said = REMINDERS_ON.format(quiet=quiet) if settings.reminders else REMINDERS_OFF
        await answer_privately(interaction, said)

    @app_commands.command(description="Set from how many people on a staff group is shown in summaries and exports")
    @app_commands.describe(people=PEOPLE.bounds)
    @managers_only()
    async def groups(
        self, interaction: Interaction, people: app_commands.Range[int, PEOPLE.least, PEOPLE.most]
    ) -> None:
        """Keep the number of people, and say what follows from it."""
        await self.bot.store.settings.change(server(interaction).id, group_threshold=people)
        await answer_privately(interaction, PEOPLE_SAVED.format(people=people))
