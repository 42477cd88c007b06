"""Dates and times of day as people type and read them.

Written on the standard library on purpose: dateutil and dateparser guess ("9" is the ninth of this month), and a
series that starts on a guessed day is worse than a question.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import UserError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
YEARS = range(2000, 2101)

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?m\.?)?", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_SLASHED = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4}|\d{2})", re.ASCII)
_WORDED = re.compile(
    r"(?:[a-z]+day\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>[a-z]{3,9})\.?\s+(?P<year>\d{4}|\d{2})",
    re.ASCII,
)


def parse_local_time(text: str) -> time:
    """Read "9", "9:00", "09.30", "9am" or "5.30 pm" as a time of day. Raises UserError."""
    typed = " ".join(text.lower().split())
    match = _TIME.fullmatch({"noon": "12", "midday": "12"}.get(typed, typed))
    if match:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"] == "p" else 0) if 1 <= hour <= 12 else 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise UserError("That doesn’t look like a time of day. Type it like 09:00 or 5.30 pm.")


def parse_date(text: str) -> date:
    """Read "6 August 2018", "2026-01-05", "5/1/2026" or "5/1/26" (the day first) as a date. Raises UserError."""
    typed = " ".join(text.lower().replace(",", " ").split())
    match = _ISO.fullmatch(typed) or _SLASHED.fullmatch(typed) or _WORDED.fullmatch(typed)
    if not match:
        raise UserError("That doesn’t look like a date. Type it like 6 August 2026, with the year.")
    year = int(match["year"]) + (YEARS[0] if len(match["year"]) == 2 else 0)
    month, day = _month(match["month"]), int(match["day"])
    if year not in YEARS:
        raise UserError(f"The year has to be from {YEARS[0]} to {YEARS[-1]}. Type the date like 6 August 2026.")
    if not month or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise UserError("That day isn’t in the calendar. Check it, and type it like 6 August 2026.")
    return date(year, month, day)


def parse_dates(text: str) -> frozenset[date]:
    """Read dates separated by commas, semicolons or new lines; empty text gives none. Raises UserError."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text)]
    try:
        return frozenset(parse_date(part) for part in parts if part)
    except UserError as error:
        raise UserError(f"{error} Put a comma between two dates.") from None


def format_local_date(moment: datetime, time_zone: str) -> str:
    """Write the local date of an aware moment as people read it, such as "6 August 2018"."""
    return format_date(local_date(moment, time_zone))


def local_date(moment: datetime, time_zone: str) -> date:
    """Return the day on which an aware moment falls in an IANA time zone."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def format_date(day: date) -> str:
    """Write a date as people read it, such as "6 August 2018"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _month(text: str) -> int:
    """Read a month given in digits, or by its name or the start of it, as its number; 0 if there is none."""
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else 0
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(text)), 0)
