from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.models.prompts import Series, SeriesState, Slot
from bot.prompts.schedule import Due, decide

WEEK = timedelta(weeks=1)
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
MADE = FIRST - timedelta(days=3)
SERIES = Series(
    id=1,
    guild_id=2,
    title="No more heroes",
    channel_id=3,
    slot=Slot(0, time(9), "Europe/London", date(2026, 1, 5)),
    state=SeriesState.ACTIVE,
    slots_after=MADE,
    excerpt_ids=(11, 12, 13),
)


def test_nothing_is_due_before_the_first_slot() -> None:
    assert decide(SERIES, FIRST - timedelta(seconds=1)) == Due(next_at=FIRST)


def test_the_next_slot_is_never_one_that_was_handled_even_if_the_clock_was_put_back() -> None:
    handled = replace(SERIES, slots_after=FIRST)
    assert decide(handled, FIRST - timedelta(hours=1)) == Due(next_at=FIRST + WEEK)


@pytest.mark.parametrize(
    ("after_slot", "late"),
    [(timedelta(0), False), (timedelta(minutes=10), False), (timedelta(minutes=11), True), (timedelta(hours=23), True)],
)
def test_a_slot_is_posted_for_a_day_and_is_late_after_ten_minutes(after_slot: timedelta, late: bool) -> None:
    assert decide(SERIES, FIRST + after_slot) == Due(post_at=FIRST, late=late, next_at=FIRST + WEEK)


def test_a_slot_missed_by_a_day_is_passed_over() -> None:
    assert decide(SERIES, FIRST + timedelta(hours=24)) == Due(passed_over=(FIRST,), next_at=FIRST + WEEK)


def test_after_three_weeks_down_one_prompt_is_posted_and_the_rest_passed_over() -> None:
    found = decide(SERIES, FIRST + 2 * WEEK + timedelta(hours=1))
    assert found == Due(FIRST + 2 * WEEK, True, (FIRST, FIRST + WEEK), FIRST + 3 * WEEK)


def test_a_slot_that_was_handled_is_not_due_again() -> None:
    assert decide(replace(SERIES, slots_after=FIRST), FIRST + timedelta(minutes=1)) == Due(next_at=FIRST + WEEK)


def test_the_last_excerpt_leaves_no_next_slot() -> None:
    series = replace(SERIES, posted_ids=frozenset({11, 12}))
    assert decide(series, FIRST) == Due(post_at=FIRST)


@pytest.mark.parametrize(
    "series",
    [
        replace(SERIES, state=SeriesState.PAUSED),
        replace(SERIES, state=SeriesState.STOPPED),
        replace(SERIES, posted_ids=frozenset(SERIES.excerpt_ids)),
        replace(SERIES, excerpt_ids=()),
    ],
    ids=["paused", "stopped", "all posted", "empty"],
)
def test_a_series_that_rests_or_has_no_excerpts_is_never_due(series: Series) -> None:
    assert decide(series, FIRST) == Due()


@example([1, 1, 1, 1, 22_976, 57_600, 57_600, 57_600])  # on a slot, after the clocks went forward
@given(st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=30))
def test_every_slot_is_posted_or_passed_over_exactly_once(steps: list[int]) -> None:
    series, now, handled = replace(SERIES, excerpt_ids=tuple(range(200))), MADE, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        due = decide(series, now)
        slots = [*due.passed_over, *([due.post_at] if due.post_at else [])]
        handled += slots
        series = replace(series, slots_after=max([series.slots_after, *slots]))
        assert due.next_at is not None
        assert due.next_at > now
    assert len(handled) == len(set(handled))
    assert handled == sorted(handled)
    # A week of local time: where the clocks change in between, it has an hour more or less.
    zone = ZoneInfo(SERIES.slot.time_zone)
    ago = now.astimezone(zone).replace(tzinfo=None) - FIRST.astimezone(zone).replace(tzinfo=None)
    assert len(handled) == max(0, ago // WEEK + 1)
