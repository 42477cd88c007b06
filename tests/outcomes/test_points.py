"""Which points are answered, which are open, and what is overdue."""

from datetime import UTC, date, datetime

import pytest

from bot.models.outcomes import Decision, Outcome, OutcomeState, PointRef
from bot.models.summaries import Coverage, KeyPoint, Summary
from bot.outcomes.points import (
    CLOSED,
    AnsweredPoint,
    find_open_points,
    format_open,
    is_overdue,
    list_named_points,
    match_outcomes,
    overdue_points,
)
from bot.summaries.review.continuation import new_ref, number_points

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def summary(*people: int) -> Summary:
    points = tuple(KeyPoint(f"Point {n}", (), count) for n, count in enumerate(people))
    return Summary("12", "", points, (), Coverage(9, 9, 4))


def outcome(number: int, *refs: str, state: OutcomeState = OutcomeState.DOING, due: date | None = None) -> Outcome:
    return Outcome(number, 1, tuple(PointRef(12, ref) for ref in refs), Decision(state, "We hire", due=due), NOW)


def test_points_of_a_second_published_summary_never_bear_the_names_of_the_first() -> None:
    first, second = number_points(summary(3, 2)), number_points(summary(3, 2), earlier=1)

    assert [str(one.ref) for one in list_named_points(12, first)] == ["P12-1", "P12-2"]
    assert [str(one.ref) for one in list_named_points(12, second)] == ["P12-b1", "P12-b2"]
    assert (new_ref(4), new_ref(4, earlier=1)) == ("4n", "b4n")
    assert number_points(summary(1), 25).points[0].ref != number_points(summary(1), 0).points[0].ref


def test_points_from_before_they_had_names_are_left_out() -> None:
    assert list_named_points(12, summary(3, 2)) == ()


def test_a_point_is_open_until_it_has_an_outcome_and_small_ones_are_not_asked_for() -> None:
    found = match_outcomes(list_named_points(12, number_points(summary(3, 2, 1))), [outcome(1, "1")], 2)

    assert [(str(one.ref), one.outcome is not None) for one in found] == [("P12-1", True), ("P12-2", False)]
    assert [str(one.ref) for one in find_open_points(found)] == ["P12-2"]


def test_a_point_that_is_gone_leaves_its_outcome_and_the_newest_outcome_counts() -> None:
    found = match_outcomes((), [outcome(1, "7"), outcome(2, "7")], 2)

    assert [(one.point, one.outcome and one.outcome.id) for one in found] == [(None, 2)]
    assert find_open_points(found) == ()


@pytest.mark.parametrize(
    ("state", "late"),
    [
        (OutcomeState.DONE, False),
        (OutcomeState.NOT_POSSIBLE, False),
        (OutcomeState.DOING, True),
        (OutcomeState.NOT_YET, True),
    ],
)
def test_only_what_is_still_to_come_is_overdue_and_only_after_its_day(state: OutcomeState, late: bool) -> None:
    due = outcome(1, "1", state=state, due=date(2026, 1, 5))

    assert is_overdue(due, date(2026, 1, 6)) is late
    assert not is_overdue(due, date(2026, 1, 5))
    assert not is_overdue(outcome(1, "1", state=state), date(2030, 1, 1))


def test_a_point_is_overdue_by_its_newest_outcome_alone() -> None:
    late = outcome(1, "1", "2", state=OutcomeState.DOING, due=date(2026, 1, 5))

    assert [str(one) for one in overdue_points([late], date(2026, 1, 6))] == ["P12-1", "P12-2"]
    assert [str(one) for one in overdue_points([late, outcome(2, "1")], date(2026, 1, 6))] == ["P12-2"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ((), ""),
        ((None,), "The point has no answer yet."),
        ((None, None), "None of the 2 points has an answer yet."),
        ((None, 1), "1 of 2 points still needs an answer."),
        ((1, 2), CLOSED),
    ],
)
def test_what_is_still_to_be_answered_is_a_sentence(answers: tuple[int | None, ...], told: str) -> None:
    points = [
        AnsweredPoint(PointRef(12, str(number)), None, None if answer is None else outcome(answer, str(number)))
        for number, answer in enumerate(answers)
    ]
    assert format_open(points) == told
