"""Reminders come half-way, outside of quiet hours and while there is a day left; the weekly line comes on Mondays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState, Wording
from bot.models.settings import GuildSettings
from bot.prompts.reminders import (
    CALM,
    LEAST_LEFT,
    is_in_time,
    is_quiet,
    read_time,
    remind_at,
    reminder_text,
    skip_quiet_hours,
)
from bot.prompts.weekly_digest import Week, find_next_slot, is_due, last_slot, week_text

POSTED = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
ON = GuildSettings(1, reminders=True)
PROMPT = Prompt(
    1, 1, 2, PromptState.OPEN, "0" * 16, Wording("Words", True, "What helps?", "A report"), POSTED, POSTED + 14 * DAY
)
OPEN = replace(PROMPT, posted_at=POSTED, thread_id=3, message_id=3)

moments = st.builds(lambda minutes: POSTED + timedelta(minutes=minutes), st.integers(-600_000, 900_000))
zones = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Chatham", "UTC"]
)
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


def test_a_reminder_that_leaves_just_a_day_is_in_time() -> None:
    assert is_in_time(OPEN, OPEN.closes_at - LEAST_LEFT)
    assert not is_in_time(OPEN, OPEN.closes_at - LEAST_LEFT + timedelta(seconds=1))


@given(moments, zones, clocks, clocks)
def test_quiet_hours_end_at_their_time_across_clock_changes(
    moment: datetime, zone: str, quiet_from: str, quiet_to: str
) -> None:
    settings = replace(ON, time_zone=zone, quiet_from=quiet_from, quiet_to=quiet_to)
    after = skip_quiet_hours(moment, settings)
    assert moment <= after <= moment + timedelta(hours=52)
    if not is_quiet(moment, settings):
        assert after == moment
        return
    shows = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    end = datetime.combine(shows.date(), read_time(quiet_to))
    assert timedelta(0) <= shows - end <= timedelta(hours=1)  # later only where clocks leave that time out


@given(moments, st.integers(1, 90), zones, clocks, clocks, st.none() | st.integers(0, 90 * 24))
def test_a_reminder_is_never_early_never_in_quiet_hours_and_leaves_a_day(
    posted: datetime, days: int, zone: str, quiet_from: str, quiet_to: str, last_hours: int | None
) -> None:
    prompt = replace(OPEN, posted_at=posted, closes_at=posted + days * DAY)
    short = max(read_time(quiet_from), read_time(quiet_to)) <= time(22) and min(
        read_time(quiet_from), read_time(quiet_to)
    ) >= time(4)
    settings = replace(ON, time_zone=zone, quiet_from=quiet_from, quiet_to=quiet_to)
    last = None if last_hours is None else posted + timedelta(hours=last_hours)
    due = remind_at(prompt, settings, last)
    if due is None:
        return
    assert due >= posted + days * DAY / 2
    assert last is None or due >= last + CALM
    assert prompt.closes_at - due >= LEAST_LEFT
    if short:
        assert not is_quiet(due, settings)


def test_half_way_at_night_waits_for_the_morning_after_the_clocks_change() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # clocks go forward in London at 01:00
    prompt = replace(OPEN, posted_at=night - 7 * DAY, closes_at=night + 7 * DAY)
    assert remind_at(prompt, ON, None) == datetime(2026, 3, 29, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("prompt", "settings"),
    [
        (OPEN, replace(ON, reminders=False)),
        (replace(OPEN, closes_at=POSTED + DAY), ON),
        (replace(OPEN, state=PromptState.CLOSED), ON),
        (replace(OPEN, reminder_id=5), ON),
        (replace(OPEN, gone_at=POSTED), ON),
        (PROMPT, ON),
    ],
)
def test_nothing_is_due_where_no_reminder_is_wanted(prompt: Prompt, settings: GuildSettings) -> None:
    assert remind_at(prompt, settings, None) is None


def test_people_are_counted_from_five_on() -> None:
    assert "people" not in reminder_text(OPEN, 4, "16 March 2026")
    assert "5 people have replied so far." in reminder_text(OPEN, 5, "16 March 2026")
    assert reminder_text(OPEN, 0, "16 March 2026").startswith("Reminder: What helps?")


@pytest.mark.parametrize("typed", ["", "24:00", "8", "8:5", "20:60", "x:00", "-1:00", "٨:00"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_time(typed)


@given(moments, zones)
def test_the_weekly_slot_is_monday_at_nine_on_local_clocks(now: datetime, zone: str) -> None:
    before, after = last_slot(now, zone), find_next_slot(now, zone)
    assert before <= now < after
    for slot in (before, after):
        local = slot.astimezone(ZoneInfo(zone))
        assert (local.weekday(), local.time()) == (0, time(9))
    assert timedelta(days=7, hours=-1) <= after - before <= timedelta(days=7, hours=1)
    assert is_due(before - timedelta(seconds=1), now, zone)
    assert not is_due(now, now, zone)
    assert not is_due(None, now, zone)


def test_the_line_says_what_there_is_and_leaves_out_what_there_is_not() -> None:
    assert Week(people=3, passed=1).is_silent
    assert week_text(Week(series=1)) == (
        "Your week with Ward to Board: Nobody replied in the last seven days. No excerpts are left in your series."
    )
    line = week_text(Week(1, 1, 2, 2, 9, 1, 2, 1, 1))
    waiting = week_text(Week(1, open_points=("P1-1", "P1-2")))
    assert "2 points from staff still need an answer: P1-1, P1-2. Give it with /outcome add." in waiting
    assert "1 person replied" in line
    assert "1 open question has no answer yet. 2 prompts closed this week and nobody answered." in line
    assert "1 summary to review, 2 batches of private replies to read, 1 “That’s not what I meant” and 1 sug" in line
