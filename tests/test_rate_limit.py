"""How often somebody may do something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.rate_limit
from bot.rate_limit import Limit, RateLimiter

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LIMIT = Limit(3, 60.0)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_person_waits_for_just_as_long_as_it_takes_until_one_time_is_over() -> None:
    pace = RateLimiter()

    assert [pace.wait("Ada", LIMIT, at(second)) for second in (0, 10, 20)] == [0, 0, 0]
    assert pace.wait("Ada", LIMIT, at(30)) == 30
    assert pace.wait("Ada", LIMIT, at(59)) == 1  # trying made it no longer
    assert pace.wait("Ben", LIMIT, at(59)) == 0
    assert pace.wait("Ada", Limit(3, 10.0), at(59)) == 0
    assert pace.wait("Ada", LIMIT, at(60)) == 0
    assert pace.wait("Ada", LIMIT, at(61)) == 9


def test_what_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.rate_limit, "MOST_KEYS", 5)
    pace = RateLimiter()
    for person in range(5):
        pace.wait(person, LIMIT, at(person))

    pace.wait("one more", LIMIT, at(62))

    assert len(pace) == 3


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_stretch_of_time_ever_holds_more_than_the_limit(gaps: list[float]) -> None:
    pace, second, let = RateLimiter(), 0.0, []
    for gap in gaps:
        second += gap
        wait = pace.wait("Ada", LIMIT, at(second))
        assert 0 <= wait <= LIMIT.seconds
        if not wait:
            let.append(at(second))

    for first, fourth in zip(let, let[3:], strict=False):
        assert (fourth - first).total_seconds() >= LIMIT.seconds
