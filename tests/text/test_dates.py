from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.text.dates import format_date, format_local_date, parse_date, parse_dates, parse_local_time


@pytest.mark.parametrize("text", ["9", "9:00", "09.00", "9am", "9 AM", " 09:00 ", "0900", "9 a.m.", "9h00"])
def test_nine_in_the_morning_can_be_typed_in_many_ways(text: str) -> None:
    assert parse_local_time(text) == time(9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("09.30", time(9, 30)), ("12am", time(0)), ("12pm", time(12)), ("5.30 pm", time(17, 30)), ("noon", time(12))],
)
def test_halves_of_the_day_are_read(text: str, expected: time) -> None:
    assert parse_local_time(text) == expected


@pytest.mark.parametrize("text", ["", "25:00", "9:60", "13pm", "0am", "nine", "9:0", "-1", "٩", "9:00:00"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match=r"Type it like 09:00"):
        parse_local_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "5 January 2026",
        "Monday 5 January 2026",
        "5th Jan 2026",
        "2026-01-05",
        "5/1/2026",
        "05.01.2026",
        "5/1/26",
        "05.01.26",
        "5 Jan 26",
        "5 JANUARY, 2026",
    ],
)
def test_a_date_can_be_typed_in_many_ways_the_day_first(text: str) -> None:
    assert parse_date(text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "with the year"),
        ("9", "with the year"),
        ("6 August", "with the year"),
        ("31 June 2026", "isn’t in the calendar"),
        ("29/2/2026", "isn’t in the calendar"),
        ("1/13/2026", "isn’t in the calendar"),
        ("5 Foo 2026", "isn’t in the calendar"),
        ("6 August 1918", "2000 to 2100"),
        ("6 August 9999", "2000 to 2100"),
    ],
)
def test_what_is_no_date_is_refused_and_never_guessed(text: str, advice: str) -> None:
    with pytest.raises(UserError, match=advice):
        parse_date(text)


def test_dates_are_separated_by_commas_or_lines() -> None:
    days = {date(2026, 12, 24), date(2026, 12, 31)}
    assert parse_dates("24 December 2026, 31 December 2026") == days
    assert parse_dates("24/12/2026\n31/12/2026;") == days
    assert parse_dates("  ") == frozenset()
    with pytest.raises(UserError, match="comma between two dates"):
        parse_dates("24 December 2026 and 31 December 2026")


def test_the_closing_date_is_the_local_day() -> None:
    assert format_local_date(datetime(2018, 8, 5, 23, 30, tzinfo=UTC), "Europe/London") == "6 August 2018"


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_date_that_the_bot_writes_can_be_typed_back(day: date) -> None:
    assert parse_date(format_date(day)) == day


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_local_time, parse_date, parse_dates):
        try:
            parse(text)
        except UserError as error:
            assert "ype " in str(error)  # noqa: PT017 - a text that happens to be a date is as good
