"""The weekly slots of a series as instants in UTC, with local time kept across clock changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.models.prompts import Series, SeriesState, Slot

WEEK = timedelta(weeks=1)
CALENDAR_END = date.max - 2 * WEEK
"""Left off, so that no sum of dates overflows."""
ZONE_SPAN = timedelta(days=2)
"""More than any zone's offset from UTC, and more than any clock change."""


def list_slots(slot: Slot, after: datetime) -> Iterator[datetime]:
    """Return the slot's instants strictly after ``after``, earliest first, as aware UTC.

    They end only with the calendar.

    A local time that does not exist moves to the next instant that does; one that comes twice is taken once, the
    first time. Dates left out are skipped.
    """
    zone = ZoneInfo(slot.time_zone)
    for day in _days(slot, max(slot.first_date, (after.astimezone(UTC) - ZONE_SPAN).date())):
        if day not in slot.left_out:
            instant = find_instant(datetime.combine(day, slot.local_time), zone)
            if instant > after:
                yield instant


def find_next_slot(slot: Slot, after: datetime) -> datetime | None:
    """Return the first slot strictly after ``after``, or None at the end of the calendar."""
    return next(list_slots(slot, after), None)


def _days(slot: Slot, start: date) -> Iterator[date]:
    """Return the slot's weekdays from ``start`` on, to the end of the calendar."""
    day = min(start, CALENDAR_END)
    day += timedelta(days=(slot.weekday - day.weekday()) % 7)
    while day < CALENDAR_END:
        yield day
        day += WEEK


def find_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant at which clocks in ``zone`` show ``local``, or the first after the gap that holds it."""
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


LATE_AFTER = timedelta(minutes=10)
PASSED_OVER_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due. Times are slots, as aware UTC.

    ``post_at`` is the slot to post for now, if any; ``late`` says that it was more than 10 minutes ago.
    ``passed_over`` are slots for which nothing will be posted now, earliest first. ``next_at`` is the slot of
    the prompt that follows, or None if no excerpt would be left for it.
    """

    post_at: datetime | None = None
    late: bool = False
    passed_over: tuple[datetime, ...] = ()
    next_at: datetime | None = None


def decide(series: Series, now: datetime) -> Due:
    """Decide what to do with the slots in (``series.slots_after``, ``now``]; at most one prompt is posted at once.

    The caller moves ``slots_after`` to the last slot handled, in the same transaction as the claim.
    """
    waiting = len(series.waiting_ids)
    if series.state is not SeriesState.ACTIVE or not waiting:
        return Due()
    pending = list(takewhile(lambda at: at <= now, list_slots(series.slot, series.slots_after)))
    post_at = pending.pop() if pending and now - pending[-1] < PASSED_OVER_AFTER else None
    more = waiting > (post_at is not None)
    return Due(
        post_at=post_at,
        late=post_at is not None and now - post_at > LATE_AFTER,
        passed_over=tuple(pending),
        next_at=find_next_slot(series.slot, max(now, series.slots_after)) if more else None,
    )
