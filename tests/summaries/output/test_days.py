"""Replies a day and a week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.summaries.output.days import count_by_day, fill_days, group_by_week
from bot.text.dates import format_date

MONDAY = date(2018, 8, 6)


def test_days_without_replies_are_counted_as_none() -> None:
    moments = [datetime(2018, 8, 6, 9, tzinfo=UTC), datetime(2018, 8, 8, 9, tzinfo=UTC)]
    assert count_by_day(moments) == ((MONDAY, 1), (date(2018, 8, 7), 0), (date(2018, 8, 8), 1))


def test_a_day_is_the_local_one() -> None:
    late = datetime(2018, 8, 6, 23, 30, tzinfo=UTC)
    assert count_by_day([late], "Europe/London") == ((date(2018, 8, 7), 1),)


def test_no_replies_have_no_days() -> None:
    assert count_by_day([]) == ()
    assert fill_days([]) == ()


def test_a_day_that_comes_twice_is_counted_together() -> None:
    assert fill_days([(MONDAY, 2), (MONDAY, 3)]) == ((MONDAY, 5),)


def test_weeks_bear_the_date_of_their_monday_and_lose_no_reply() -> None:
    days = [(MONDAY + timedelta(days=number), number) for number in range(20)]
    weeks = group_by_week(days)
    assert [day.weekday() for day, _ in weeks] == [0, 0, 0]
    assert sum(count for _, count in weeks) == sum(range(20))


def test_dates_are_written_as_people_read_them() -> None:
    assert format_date(date(2018, 8, 6)) == "6 August 2018"
