"""/series create and edit; the other commands of /series come from its other files."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.services.series import TypedSeries, create_series, edit_series
from cogs.core.access import facilitators_only, server
from cogs.core.answers import defer_answer
from cogs.core.autocomplete import zone_choices
from cogs.core.routing import RoutedCog
from cogs.library.autocomplete import chosen_source, source_choices
from cogs.prompts.autocomplete import find_chosen_series, series_choices
from cogs.prompts.order import OrderCommands
from cogs.prompts.series_states import StateCommands, series_card

Interaction = discord.Interaction[Bot]
PromptChannel = discord.TextChannel | discord.ForumChannel
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_CHOICES = [app_commands.Choice(name=name, value=day) for day, name in enumerate(WEEKDAYS)]
MOST_INVITED = 1_000_000
SLOT_OPTIONS = {
    "channel": "Where prompts are posted; without it, the prompts channel of /setup",
    "time": "Local time of day, such as 09:00",
    "weekday": "Day of the week",
    "first_date": "First day, such as 12 January 2026; without it, today",
    "leave_out": "All days without a prompt, such as 28 December 2026, 4 January 2027; none clears them",
    "invited": "How many people were invited to take part",
    "time_zone": "Time zone; without it, the one of /setup",
    "title": "What the series is called; without it, the source's title",
}


@app_commands.guild_only()
class SeriesCommands(
    OrderCommands,
    StateCommands,
    RoutedCog,
    commands.GroupCog,
    group_name="series",
    group_description="Run a weekly series of prompts",
):
    """What facilitators do with series: those of its other files, and to make and to change one."""

    @app_commands.command(description="Make a weekly series from a source; it starts when you say so")
    @app_commands.describe(
        source="Which source: type words of its title",
        excerpts="Which of its excerpts in which order, such as 3, 1, 5-7; without it, all of them",
        **SLOT_OPTIONS,
    )
    @app_commands.choices(weekday=WEEKDAY_CHOICES)
    @app_commands.autocomplete(source=source_choices, time_zone=zone_choices)
    @facilitators_only()
    async def create(
        self,
        interaction: Interaction,
        source: str,
        weekday: int,
        time: str,
        excerpts: str | None = None,
        channel: PromptChannel | None = None,
        first_date: str | None = None,
        leave_out: str | None = None,
        invited: app_commands.Range[int, 1, MOST_INVITED] | None = None,
        time_zone: str | None = None,
        title: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Store a series that waits for its start, and show what it will do."""
        await defer_answer(interaction)
        typed = TypedSeries(
            weekday, time, time_zone, first_date, leave_out, title, channel.id if channel else None, invited
        )
        settings = await self.bot.store.settings.of(server(interaction).id)
        of_source, now = await chosen_source(interaction, source), discord.utils.utcnow()
        made = await create_series(self.bot.store, settings, of_source, typed, now, excerpts=excerpts)
        await interaction.followup.send(view=await series_card(self.bot, made), ephemeral=True)

    @app_commands.command(description="Change a series' channel, time, dates or title")
    @app_commands.describe(series="Which series", **SLOT_OPTIONS)
    @app_commands.choices(weekday=WEEKDAY_CHOICES)
    @app_commands.autocomplete(series=series_choices, time_zone=zone_choices)
    @facilitators_only()
    async def edit(
        self,
        interaction: Interaction,
        series: str | None = None,
        weekday: int | None = None,
        time: str | None = None,
        channel: PromptChannel | None = None,
        first_date: str | None = None,
        leave_out: str | None = None,
        invited: app_commands.Range[int, 1, MOST_INVITED] | None = None,
        time_zone: str | None = None,
        title: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Change what was given; the rest stays."""
        await defer_answer(interaction)
        typed = TypedSeries(
            weekday, time, time_zone, first_date, leave_out, title, channel.id if channel else None, invited
        )
        before = await find_chosen_series(interaction, series)
        after = await edit_series(self.bot.store, before, typed, discord.utils.utcnow())
        await interaction.followup.send(view=await series_card(self.bot, after), ephemeral=True)
