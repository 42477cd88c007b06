"""The weekly slots of a series as instants in UTC, with local time kept across clock changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.models.prompts import Slot

WEEK = timedelta(weeks=1)
CALENDAR_END = date.max - 2 * WEEK
"""Left off, so that no sum of dates overflows."""
ZONE_SPAN = timedelta(days=2)
"""More than any zone's offset from UTC, and more than any clock change."""


def slots_after(slot: Slot, after: datetime) -> Iterator[datetime]:
    """The slot's instants strictly after ``after``, earliest first, as aware UTC; they end only with the calendar.

    A local time that does not exist moves to the next instant that does; one that comes twice is taken once, the
    first time. Dates left out are skipped.
    """
    zone = ZoneInfo(slot.time_zone)
    for day in _days(slot, max(slot.first_date, (after.astimezone(UTC) - ZONE_SPAN).date())):
        if day not in slot.left_out:
            instant = instant_of(datetime.combine(day, slot.local_time), zone)
            if instant > after:
                yield instant


def next_slot(slot: Slot, after: datetime) -> datetime | None:
    """The first slot strictly after ``after``, or None at the end of the calendar."""
    return next(slots_after(slot, after), None)


def local_date(slot: Slot, moment: datetime) -> date:
    """The day on which a moment falls where the slot's time is local."""
    return moment.astimezone(ZoneInfo(slot.time_zone)).date()


def _days(slot: Slot, start: date) -> Iterator[date]:
    """The slot's weekdays from ``start`` on, to the end of the calendar."""
    day = min(start, CALENDAR_END)
    day += timedelta(days=(slot.weekday - day.weekday()) % 7)
    while day < CALENDAR_END:
        yield day
        day += WEEK


def instant_of(local: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which clocks in ``zone`` show ``local``, or else the first after the gap that holds it."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    # In a gap, fold 1 reads the clock with the offset that comes after it, so it lies before the change.
    before = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    old_offset = before.astimezone(zone).utcoffset()

    def changed(second: int) -> bool:
        return (before + timedelta(seconds=second)).astimezone(zone).utcoffset() != old_offset

    seconds = int((first - before).total_seconds())
    return before + timedelta(seconds=bisect_left(range(seconds), True, key=changed))
