"""/series create and edit; the other commands of /series come from its other files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Source
from bot.models.prompts import NewSeries, SeriesState, Slot
from bot.models.settings import GuildSettings
from bot.prompts.texts import one_line
from bot.text.dates import parse_date, parse_dates, parse_local_time
from bot.text.time_zones import check_time_zone, matching_time_zones
from bot.text.words import pick_numbers
from cogs.core.access import facilitators_only, server
from cogs.core.routing import RoutedCog
from cogs.library.autocomplete import chosen_source, source_choices
from cogs.prompts.autocomplete import chosen_series, series_choices
from cogs.prompts.commands import default_channel
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


async def zone_choices(_interaction: Interaction, words: str) -> list[app_commands.Choice[str]]:
    """IANA time zones that match the words typed so far."""
    return [app_commands.Choice(name=zone, value=zone) for zone in matching_time_zones(words)]


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
        await interaction.response.defer(ephemeral=True, thinking=True)
        settings = await self.bot.store.settings.of(server(interaction).id)
        chosen = await chosen_source(interaction, source)
        now = discord.utils.utcnow()
        zone = check_time_zone(time_zone) if time_zone else settings.time_zone
        slot = Slot(
            weekday=weekday,
            local_time=parse_local_time(time),
            time_zone=zone,
            first_date=parse_date(first_date) if first_date else _today(zone, now),
            left_out=_days(leave_out) if leave_out else frozenset(),
        )
        new = NewSeries(
            guild_id=settings.guild_id,
            title=one_line(title or chosen.details.title)[:100],
            channel_id=channel.id if channel else default_channel(settings),
            slot=slot,
            excerpt_ids=await self._picked(settings, chosen, excerpts),
            invited=invited,
        )
        made = await self.bot.store.series.create(new, now, state=SeriesState.PAUSED)
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
        await interaction.response.defer(ephemeral=True, thinking=True)
        before = await chosen_series(interaction, series)
        slot = replace(
            before.slot,
            weekday=before.slot.weekday if weekday is None else weekday,
            local_time=parse_local_time(time) if time else before.slot.local_time,
            time_zone=check_time_zone(time_zone) if time_zone else before.slot.time_zone,
            first_date=parse_date(first_date) if first_date else before.slot.first_date,
            left_out=_days(leave_out) if leave_out else before.slot.left_out,
        )
        changed = replace(
            before,
            title=one_line(title)[:100] if title else before.title,
            channel_id=channel.id if channel else before.channel_id,
            invited=invited or before.invited,
            slot=slot,
        )
        after = await self.bot.store.series.edit(changed)
        if after.state is SeriesState.ACTIVE and slot != before.slot:
            # A slot that the new time puts into the past is not made up for.
            after = await self.bot.store.series.set_state(after, after.state, discord.utils.utcnow())
        await interaction.followup.send(view=await series_card(self.bot, after), ephemeral=True)

    async def _picked(self, settings: GuildSettings, source: Source, numbers: str | None) -> tuple[int, ...]:
        found = await self.bot.store.library.excerpts(settings.guild_id, source.id)
        if not found:
            raise UserError("That source has no excerpts. Write one with /library add, or choose another source.")
        if numbers is None:
            return tuple(excerpt.id for excerpt in found)
        by_position = {excerpt.position: excerpt.id for excerpt in found}
        picked = pick_numbers(numbers, max(by_position))
        return tuple(by_position[position] for position in picked if position in by_position)


def _days(text: str) -> frozenset[date]:
    return frozenset() if text.strip().casefold() == "none" else parse_dates(text)


def _today(zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
