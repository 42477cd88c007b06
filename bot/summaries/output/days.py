"""Replies a day: counting them in a time zone, and joining days into weeks if there are too many to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

Days = Sequence[tuple[date, int]]
MOST_DAYS = 62
"""More days than these are joined into weeks."""


def count_by_day(moments: Iterable[datetime], time_zone: str = "UTC") -> tuple[tuple[date, int], ...]:
    """Count aware moments by local day, for every day from the first to the last, 0 included."""
    zone = ZoneInfo(time_zone)
    return fill_days(Counter(moment.astimezone(zone).date() for moment in moments).items())


def fill_days(days: Iterable[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    """Return the days in order, each once with the sum of its counts; days between them that are not given have 0."""
    counts: Counter[date] = Counter()
    for day, count in days:
        counts[day] += count
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    return tuple((day, counts[day]) for day in _every_day(first, last))


def group_by_week(days: Days) -> tuple[tuple[date, int], ...]:
    """Return the same replies by week; each week is named by its Monday."""
    return tuple(sorted(_weeks(days).items()))


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _weeks(days: Days) -> Counter[date]:
    weeks: Counter[date] = Counter()
    for day, count in days:
        weeks[day - timedelta(days=day.weekday())] += count
    return weeks
