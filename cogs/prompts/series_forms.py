"""The forms of a series, filled with what is set, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.errors import UserError
from bot.models.prompts import Series
from bot.services.series import LONGEST_TITLE, TypedSeries
from bot.text.clean import clean_line
from bot.text.dates import WEEKDAYS, format_date
from bot.text.words import plural, shorten
from cogs.ui.forms import Field, field, form, select_field, text_field
from cogs.ui.pages import id_or_zero
from cogs.ui.parts import option

MOST_INVITED = 1_000_000
DAY_HINT = "A question is posted each week on this day."
TIME_HINT = "Local time of day, such as 09:00 or 5.30 pm."
FIRST_HINT = "No question comes before this day. Leave it empty for the next one, once you press Start."
NUMBERS_HINT = "Their numbers in order, such as 3, 1, 5-7. Leave it empty for all of them."
LEAVE_OUT_HINT = "More days without a question, such as 28 December 2026. Type none to clear them all."
ZONE_HINT = "Area and city, or a city alone."
INVITED_HINT = "How many people were invited to take part."
NOT_INVITED = f"The number of people invited has to be between 1 and {MOST_INVITED:,}."


def marked_form(title: str, marked: int, channel: discord.abc.GuildChannel | None) -> ui.Modal:
    """Ask what a series of the marked excerpts is called, and when and where it posts."""
    first = text_field("First day", "first_date", hint=FIRST_HINT, required=False, longest=40)
    fields = (_title(title), _day(), _time(), first, _channel(channel))
    return form(f"New series of {plural(marked, 'excerpt')}", "series-marked-form", fields=fields)


def new_form(source_id: int, title: str, channel: discord.abc.GuildChannel | None) -> ui.Modal:
    """Ask which excerpts of a report a series has, and when and where it posts."""
    numbers = text_field("Excerpts", "excerpts", hint=NUMBERS_HINT, required=False, longest=300)
    fields = (_title(title), _day(), _time(), numbers, _channel(channel))
    return form("New series", "series-create", source_id, fields=fields)


def change_form(series: Series, channel: discord.abc.GuildChannel | None) -> ui.Modal:
    """Ask for another title, day, time, channel or time zone."""
    slot = series.slot
    zone = text_field("Time zone", "time_zone", value=slot.time_zone, hint=ZONE_HINT, longest=64)
    fields = (
        _title(series.title),
        _day(slot.weekday),
        _time(f"{slot.local_time:%H:%M}"),
        _channel(channel),
        zone,
    )
    return form("Change series", "series-changed", series.id, fields=fields)


def dates_form(series: Series) -> ui.Modal:
    """Ask for the first day, for dates to leave out, and how many people were invited."""
    fields = (
        text_field("First day", "first_date", value=format_date(series.slot.first_date), longest=40),
        text_field("Days to leave out", "leave_out", hint=LEAVE_OUT_HINT, required=False, longest=300),
        text_field(
            "People invited", "invited", value=str(series.invited or ""), hint=INVITED_HINT, required=False, longest=9
        ),
    )
    return form("Dates and people", "series-dated", series.id, fields=fields)


def read_series(values: Mapping[str, Any]) -> TypedSeries:
    """Read a form of a series; what is not in it, or empty, was not given.

    What was typed is checked where the series is made or changed. Raises UserError for the number of people.
    """

    def typed(name: str) -> str | None:
        return clean_line(str(values.get(name) or "")) or None

    weekday, channel = (next(iter(values.get(name) or ()), None) for name in ("weekday", "channel"))
    return TypedSeries(
        weekday=None if weekday is None else min(id_or_zero(str(weekday)), len(WEEKDAYS) - 1),
        time=typed("time"),
        time_zone=typed("time_zone"),
        first_date=typed("first_date"),
        leave_out=typed("leave_out"),
        title=typed("title"),
        channel_id=None if channel is None else id_or_zero(str(channel)) or None,
        invited=_read_invited(typed("invited")),
    )


def _read_invited(text: str | None) -> int | None:
    if text is None:
        return None
    people = id_or_zero(text.replace(",", ""))
    if not 1 <= people <= MOST_INVITED:
        raise UserError(NOT_INVITED)
    return people


def _title(title: str) -> Field:
    return text_field("Title", "title", value=shorten(clean_line(title), LONGEST_TITLE), longest=LONGEST_TITLE)


def _day(chosen: int | None = None) -> Field:
    days = [option(name, day, chosen=day == chosen) for day, name in enumerate(WEEKDAYS)]
    return select_field("Day", "weekday", days, hint=DAY_HINT)


def _time(value: str = "09:00") -> Field:
    return text_field("Time", "time", value=value, hint=TIME_HINT, longest=10)


def _channel(channel: discord.abc.GuildChannel | None) -> Field:
    # Discord refuses a form whose default is gone.
    chosen = [] if channel is None else [discord.Object(channel.id, type=type(channel))]
    channels: ui.ChannelSelect[ui.Modal] = ui.ChannelSelect(
        custom_id="channel", channel_types=[discord.ChannelType.text, discord.ChannelType.forum], default_values=chosen
    )
    return field("Channel", channels)
