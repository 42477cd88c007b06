from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.prompts import Slot
from bot.prompts.schedule import find_next_slot, list_slots

MONDAY, SUNDAY = 0, 6
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca")


def weekly(first_date: date, local_time: time, zone: str = "Europe/London", weekday: int = MONDAY) -> Slot:
    return Slot(weekday, local_time, zone, first_date)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def first(slot: Slot, count: int, after: datetime = LONG_AGO) -> list[datetime]:
    return list(islice(list_slots(slot, after), count))


@pytest.mark.parametrize(
    ("first_date", "hours"),
    [(date(2026, 3, 23), [9, 8]), (date(2026, 10, 19), [8, 9])],
    ids=["clocks go forward", "clocks go back"],
)
def test_nine_in_the_morning_stays_nine_across_a_clock_change(first_date: date, hours: list[int]) -> None:
    slots = first(weekly(first_date, time(9)), 2)
    assert [at.hour for at in slots] == hours
    assert [at.astimezone(ZoneInfo("Europe/London")).hour for at in slots] == [9, 9]


@pytest.mark.parametrize("local_time", [time(1), time(1, 30), time(1, 59)])
def test_a_time_that_does_not_exist_moves_to_the_next_that_does(local_time: time) -> None:
    assert first(weekly(date(2026, 3, 29), local_time, weekday=SUNDAY), 1) == [utc(2026, 3, 29, 1)]


def test_a_day_that_does_not_exist_moves_to_the_next_that_does() -> None:
    friday = weekly(date(2011, 12, 30), time(9), "Pacific/Apia", weekday=4)
    assert find_next_slot(friday, utc(2011, 1, 1)) == utc(2011, 12, 30, 10)


def test_a_time_that_comes_twice_is_taken_once_the_first_time() -> None:
    slot = weekly(date(2026, 10, 25), time(1, 30), weekday=SUNDAY)
    assert first(slot, 2) == [utc(2026, 10, 25, 0, 30), utc(2026, 11, 1, 1, 30)]
    assert find_next_slot(slot, utc(2026, 10, 25, 0, 30)) == utc(2026, 11, 1, 1, 30)


def test_the_first_slot_is_the_first_such_weekday_on_or_after_the_first_date() -> None:
    assert first(weekly(date(2026, 1, 5), time(9)), 1) == [utc(2026, 1, 5, 9)]
    assert first(weekly(date(2026, 1, 6), time(9)), 1) == [utc(2026, 1, 12, 9)]


def test_dates_left_out_are_skipped() -> None:
    slot = Slot(MONDAY, time(9), "Europe/London", date(2026, 12, 21), frozenset({date(2026, 12, 28)}))
    assert first(slot, 2) == [utc(2026, 12, 21, 9), utc(2027, 1, 4, 9)]


def test_slots_lie_strictly_after_the_moment() -> None:
    slot = weekly(date(2026, 1, 5), time(9))
    assert find_next_slot(slot, utc(2026, 1, 5, 8, 59)) == utc(2026, 1, 5, 9)
    assert find_next_slot(slot, utc(2026, 1, 5, 9)) == utc(2026, 1, 12, 9)


def test_the_end_of_the_calendar_ends_the_slots() -> None:
    assert find_next_slot(weekly(date(9999, 12, 31), time(9)), LONG_AGO) is None


@given(
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.times(),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.integers(0, 16 * 365 * 24 * 60).map(lambda minutes: utc(2015, 1, 1) + timedelta(minutes=minutes)),
)
def test_slots_are_a_week_apart_in_local_time(
    zone: str, weekday: int, local_time: time, first_date: date, after: datetime
) -> None:
    slot = weekly(first_date, local_time.replace(microsecond=0), zone, weekday)
    slots = first(slot, 4, after)
    assert slots[0] > after
    assert all(later - earlier >= timedelta(days=6, hours=22) for earlier, later in pairwise(slots))
    for at in slots:
        local = at.astimezone(ZoneInfo(zone))
        moved = (local - timedelta(hours=2)).utcoffset() != local.utcoffset()
        assert local.date() >= first_date
        assert moved or (local.weekday(), local.time()) == (weekday, slot.local_time)
