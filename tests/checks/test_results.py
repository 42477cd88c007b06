"""Results hold what at least five people tapped, and nothing from which fewer can be worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.checks.results import count_results
from bot.models.views import LEAST_PRESSES, PressCount
from tests.checks.samples import a_check

MARKS = ("0100", "0200", "0300")
CHECK = a_check("Nights", "Parking", "Rotas")

counts = st.dictionaries(st.sampled_from(MARKS), st.builds(PressCount, st.integers(0, 40), st.integers(0, 40)))


@given(counts, st.integers(0, 90))
def test_no_number_of_fewer_than_five_people_is_there_or_can_be_worked_out(
    counted: dict[str, PressCount], people: int
) -> None:
    result = count_results(CHECK, (people, counted))

    assert result is not None
    assert [each.point for each in result.points] == list(CHECK.points)
    assert result.people in (0, people)
    for each in result.points:
        count = counted.get(each.point.mark, PressCount())
        assert each.same == (count.same if count.same >= LEAST_PRESSES else 0)
        assert each.differs == (min(count.same, count.different) >= LEAST_PRESSES)
        assert not result.people or result.people - each.same >= LEAST_PRESSES


@given(st.integers(0, 40), st.integers(0, 40))
def test_how_many_tapped_otherwise_changes_no_number(same: int, different: int) -> None:
    one, other = (
        count_results(CHECK, (90, {"0100": PressCount(same, number)})) for number in (different, different + 1)
    )

    assert one is not None
    assert other is not None
    assert [each.same for each in one.points] == [each.same for each in other.points]


def test_there_are_no_results_before_the_key_is_destroyed_and_no_numbers_where_nobody_tapped() -> None:
    assert count_results(a_check("Nights", released=False), (9, {"0100": PressCount(9)})) is None

    result = count_results(CHECK, None)

    assert result is not None
    assert (result.people, [each.same for each in result.points]) == (0, [0, 0, 0])


def test_what_was_tapped_about_other_words_is_no_number_of_these() -> None:
    result = count_results(CHECK, (30, {"0101": PressCount(9), "0200": PressCount(7, 5)}))

    assert result is not None
    assert [(each.same, each.differs) for each in result.points] == [(0, False), (7, True), (0, False)]
    assert result.people == 30


@given(counts, counts, st.integers(0, 90), st.integers(0, 90))
def test_a_second_check_shows_no_number_from_which_few_can_be_worked_out(
    first: dict[str, PressCount], second: dict[str, PressCount], one: int, other: int
) -> None:
    before = count_results(CHECK, (one, first))
    assert before is not None
    after = count_results(CHECK, (other, second), [before])

    assert after is not None
    for told, again in zip(before.points, after.points, strict=True):
        assert not (told.same and again.same) or abs(told.same - again.same) >= LEAST_PRESSES
        assert again.same in (0, second.get(again.point.mark, PressCount()).same)
    assert not (before.people and after.people) or abs(before.people - after.people) >= LEAST_PRESSES


def test_a_second_check_of_other_words_is_held_against_nothing() -> None:
    before = count_results(CHECK, (30, {"0100": PressCount(9)}))
    assert before is not None
    after = count_results(a_check("Nights are short", "Parking", "Rotas"), (30, {"0100": PressCount(8)}), [before])
    assert after is not None
    assert [each.same for each in after.points] == [8, 0, 0]
