"""Results hold what people chose, no more: of five at least, of those who answered, and of no small group."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.results import CheckResult, count_results, is_divided
from bot.models.checks import LEAST_VIEWS, Answer, View
from bot.models.groups import NOT_SAID
from bot.models.people import STAFF_GROUPS
from bot.summaries.disclosure.staff_groups import GROUPS
from tests.checks.samples import NOT, PARTLY, TRUE, UNKNOWN, a_check, views_of

POINTS = ("1", "2", "3")
CHECK = a_check("Nights", "Parking", "Rotas")
NURSES, STUDENTS = "Nursing and midwifery", "Students"

answers = st.dictionaries(st.sampled_from(POINTS), st.sampled_from(Answer))
people = st.lists(answers, max_size=40)
groups = st.sampled_from(("", NURSES, STUDENTS, STAFF_GROUPS[0]))


def results(views: list[View], told: frozenset[str] = frozenset()) -> CheckResult:
    found = count_results(CHECK, views, groups=told)
    assert found is not None
    return found


@given(people)
def test_every_number_is_that_of_people_who_chose_the_answer(said: list[dict[str, Answer]]) -> None:
    found = count_results(CHECK, views_of(said))

    if len(said) < LEAST_VIEWS:
        assert found is None
        return
    assert found is not None
    assert found.people == len(said)
    for point in found.points:
        counted = Counter(one[point.ref] for one in said if point.ref in one)
        if counted.total() < LEAST_VIEWS:
            assert not point.is_shown
            assert (point.answered, point.known, point.true, point.not_here, point.divided) == (0, 0, 0, 0, False)
            continue
        assert point.counts == {answer: counted[answer] for answer in Answer}
        assert point.answered == counted.total()
        assert point.known == counted.total() - counted[UNKNOWN]
        assert (point.true, point.not_here) == (counted[TRUE], counted[NOT])


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_views_changes_nothing(said: list[dict[str, Answer]], random: object) -> None:
    views = views_of(said)
    shuffled = sorted(views, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert count_results(CHECK, views) == count_results(CHECK, shuffled)


@given(people.filter(lambda said: len(said) >= LEAST_VIEWS), st.integers(1, 9))
def test_people_who_answer_nothing_change_no_figure_of_a_point(said: list[dict[str, Answer]], more: int) -> None:
    without, beside = results(views_of(said)), results(views_of([*said, *[{}] * more]))

    assert beside.points == without.points
    assert beside.people == without.people + more


@given(st.lists(st.tuples(answers, groups), min_size=5, max_size=60), st.frozensets(st.sampled_from(GROUPS)))
def test_no_number_of_a_small_group_is_there_or_can_be_worked_out(
    said: list[tuple[dict[str, Answer], str]], told: frozenset[str]
) -> None:
    found = results(views_of([one for one, _ in said], [group for _, group in said]), told)

    assert {group.group for group in found.groups} <= told
    for group in found.groups:
        assert group.people == sum((own or NOT_SAID) == group.group for _, own in said) >= 11
    for point in found.points:
        of_groups = [one for group in found.groups for one in group.points if one.ref == point.ref]
        assert all(one.answered >= 11 for one in of_groups)
        rest = sum(point.ref in one for one, _ in said) - sum(one.answered for one in of_groups)
        assert not of_groups or rest == 0 or rest >= 11
        for answer in Answer:
            assert sum(one.counts[answer] for one in of_groups) <= point.counts.get(answer, 0)


def test_groups_are_shown_that_may_be_with_the_points_that_enough_of_them_answered() -> None:
    nurses = [{"1": TRUE, "2": NOT}] * 10 + [{"1": TRUE}] * 3
    others = [{"1": NOT, "2": NOT}] * 23
    views = views_of([*nurses, *others], [NURSES] * 13 + [STUDENTS] * 12)

    found = results(views, frozenset((NURSES, STUDENTS)))

    assert [(group.group, group.people) for group in found.groups] == [(NURSES, 13), (STUDENTS, 12)]
    assert [[(one.ref, one.true, one.not_here) for one in group.points] for group in found.groups] == [
        [("1", 13, 0)],
        [("1", 0, 12), ("2", 0, 12)],
    ]
    assert results(views, frozenset()).groups == ()


def test_there_are_no_results_before_the_key_is_destroyed() -> None:
    views = views_of([{"1": TRUE}] * 9)

    assert count_results(a_check("Nights", released=False), views) is None
    assert count_results(CHECK, views[:4]) is None
    assert count_results(CHECK, views[:5]) is not None


@pytest.mark.parametrize(
    ("true", "partly", "no", "unknown", "divided"),
    [
        (6, 0, 6, 0, True),
        (6, 0, 2, 0, True),
        (7, 0, 2, 0, False),
        (2, 0, 6, 0, True),
        (4, 0, 1, 0, False),
        (2, 4, 2, 0, True),
        (2, 5, 2, 0, False),
        (2, 0, 2, 90, True),
        (0, 9, 0, 0, False),
        (0, 0, 0, 9, False),
    ],
)
def test_people_divide_where_a_quarter_and_two_at_least_say_each(
    true: int, partly: int, no: int, unknown: int, divided: bool
) -> None:
    counts = {TRUE: true, PARTLY: partly, NOT: no, UNKNOWN: unknown}

    assert is_divided(counts) is divided
    assert is_divided({**counts, TRUE: no, NOT: true}) is divided
