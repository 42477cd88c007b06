"""No table of people by staff group tells of a small group, by itself or beside its total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.groups import GroupTable
from bot.summaries.disclosure.disclosure_control import (
    THRESHOLD,
    find_groups_to_show,
    is_worth_comparing,
    suppress_small_counts,
)

NOW = datetime(2026, 1, 5, tzinfo=UTC)
GROUPS = ("nurses", "doctors", "porters", "clerks")
tables = st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 60), min_size=1)


def test_groups_of_eleven_and_more_are_shown() -> None:
    assert suppress_small_counts({"nurses": 30, "doctors": 11}) == {"nurses": 30, "doctors": 11}


def test_a_small_group_is_hidden_and_another_with_it_so_that_it_cannot_be_worked_out() -> None:
    assert suppress_small_counts({"nurses": 30, "doctors": 12, "porters": 4}) == {
        "nurses": 30,
        "doctors": None,
        "porters": None,
    }


def test_two_small_groups_that_are_few_together_hide_a_third() -> None:
    counts = {"nurses": 30, "doctors": 15, "porters": 2, "clerks": 3}
    assert suppress_small_counts(counts) == {"nurses": 30, "doctors": None, "porters": None, "clerks": None}


def test_an_empty_group_is_hidden_too() -> None:
    assert suppress_small_counts({"nurses": 30, "doctors": 20, "porters": 0}) == {
        "nurses": 30,
        "doctors": None,
        "porters": None,
    }


def test_a_table_is_refused_whose_hidden_groups_have_come_near_to_what_a_small_group_can_be() -> None:
    few, many = {"b": 3, "c": 5, "d": 4}, {"b": 8, "c": 8, "d": 8}

    def look(hidden: dict[str, int], earlier: Sequence[GroupTable]) -> GroupTable:
        counts = {"a": 30, **hidden}
        group_of = {f"{group}{number}": group for group, count in counts.items() for number in range(count)}
        assert is_worth_comparing(frozenset(group_of), earlier)
        shown = find_groups_to_show(group_of, "abcd", earlier)
        return GroupTable("prompt:1", counts, frozenset(group_of), shown, NOW)

    first = look(few, [])
    assert first.shown == {"a"}
    assert look(many, [first]).shown == frozenset()  # each of the three has 4 to 10, since together they have 24


def test_a_threshold_below_five_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        suppress_small_counts({"nurses": 30}, threshold=4)


@given(tables, st.integers(5, 20))
def test_no_small_group_is_ever_shown(counts: dict[str, int], threshold: int) -> None:
    assert all(
        count is None or count >= threshold for count in suppress_small_counts(counts, threshold=threshold).values()
    )


@given(tables)
def test_what_is_hidden_is_as_many_people_as_a_group_that_may_be_shown_or_all_is_hidden(counts: dict[str, int]) -> None:
    table = suppress_small_counts(counts)
    hidden = [counts[group] for group, count in table.items() if count is None]
    assert not hidden or len(hidden) == len(counts) or (len(hidden) > 1 and sum(hidden) >= THRESHOLD)


@lru_cache
def _all_tables() -> dict[tuple[int, tuple[tuple[str, int | None], ...]], list[tuple[int, ...]]]:
    """All that an attacker can see, and every truth that looks like it, for three groups of up to 14 people."""
    seen: dict[tuple[int, tuple[tuple[str, int | None], ...]], list[tuple[int, ...]]] = {}
    for truth in product(range(15), repeat=3):
        table = suppress_small_counts(dict(zip(GROUPS[:3], truth, strict=True)), threshold=5)
        seen.setdefault((sum(truth), tuple(table.items())), []).append(truth)
    return seen


def test_who_knows_the_rules_and_the_total_cannot_work_out_a_small_group() -> None:
    for (total, table), truths in _all_tables().items():
        for place, (_, count) in enumerate(table):
            possible = {truth[place] for truth in truths}
            told = count is None and len(possible) == 1 and next(iter(possible)) in range(1, 5)
            assert not told, (total, table, possible)
