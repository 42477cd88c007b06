"""Nothing is erased before its time, nor within a month of the telling, whatever happens in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.prompts import Prompt, PromptState
from bot.models.settings import SETTINGS
from bot.prompts.retention import NOTICE, KeptPrompt
from tests.examples import examples
from tests.store.samples import NOW, WORDING

DAY = timedelta(days=1)
SHORTEST_DAYS, LONGEST_DAYS = SETTINGS["retention_days"].least, SETTINGS["retention_days"].most
PROMPT = Prompt(1, 1, 50, PromptState.CLOSED, "claim", WORDING, NOW, NOW)


def keeping(days: int, told_at: datetime | None = None) -> KeptPrompt:
    return KeptPrompt(replace(PROMPT, retention_told_at=told_at), NOW, days)


def test_facilitators_are_told_a_month_before_and_it_is_erased_when_the_time_is_over() -> None:
    told = NOW + 335 * DAY

    assert not keeping(365).is_to_tell(told - DAY)
    assert keeping(365).is_to_tell(told)
    assert not keeping(365, told).is_to_tell(told + DAY)
    assert not keeping(365, told).is_over(NOW + 364 * DAY)
    assert keeping(365, told).is_over(NOW + 365 * DAY)


def test_after_a_long_absence_the_month_begins_with_the_telling() -> None:
    late = NOW + 1000 * DAY

    assert not keeping(365).is_over(late)
    assert keeping(365).is_to_tell(late)
    assert not keeping(365, late).is_over(late + NOTICE - DAY)
    assert keeping(365, late).is_over(late + NOTICE)


def test_what_was_told_counts_no_more_once_replies_are_kept_longer() -> None:
    told = NOW + 335 * DAY
    longer = keeping(730, told)

    assert longer.is_forgotten()
    assert not longer.is_to_tell(NOW + 699 * DAY)
    assert longer.is_to_tell(NOW + 700 * DAY)
    assert not longer.is_over(NOW + 5000 * DAY)


@given(
    st.integers(SHORTEST_DAYS, LONGEST_DAYS),
    st.lists(st.tuples(st.integers(0, 400), st.integers(SHORTEST_DAYS, LONGEST_DAYS)), max_size=12),
    st.booleans(),
)
def test_however_the_days_change_nothing_is_erased_early(
    days: int, rounds: list[tuple[int, int]], may_be_told: bool
) -> None:
    now, told = NOW, None
    for away, changed in [*rounds, (400, days), (0, days)]:
        now += timedelta(days=away)
        kept = keeping(changed, told)
        if kept.is_over(now):
            assert told is not None
            assert now >= told + NOTICE
            assert now >= NOW + timedelta(days=changed)
            return
        told = None if kept.is_forgotten() else told
        if keeping(changed, told).is_to_tell(now) and (may_be_told or kept.may_wait_no_longer(now)):
            told = now


@settings(max_examples=examples(20), deadline=None)
@given(st.integers(SHORTEST_DAYS, LONGEST_DAYS), st.booleans())
def test_it_is_always_erased_in_the_end(days: int, may_be_told: bool) -> None:
    told = None
    for day in range(days + 62):
        now = NOW + timedelta(days=day)
        kept = keeping(days, told)
        if kept.is_over(now):
            return
        if kept.is_to_tell(now) and (may_be_told or kept.may_wait_no_longer(now)):
            told = now
    raise AssertionError(f"kept for more than {days} days and two months")
