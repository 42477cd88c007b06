"""Results in words and in pictures: the same figures, each with the number it is out of."""

from __future__ import annotations

import io

import pytest
from bot.checks.picture import POINTS_A_PICTURE, describe_results, draw_results
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.checks.results import CheckResult, PointResult, count_results
from bot.checks.texts import (
    FEW,
    FEW_ANSWERED,
    counts_in_words,
    format_heading,
    format_participants,
    point_in_words,
    rate_in_words,
)
from bot.models import LabelledEnum
from bot.models.checks import Answer
from bot.summaries.output.alt_text import LONGEST, count_units
from tests.checks.samples import NOT, PARTLY, TRUE, UNKNOWN, a_check, views_of


def a_result(*headings: str, said: list[dict[str, Answer]] | None = None) -> CheckResult:
    everybody = {str(number): TRUE for number in range(1, len(headings) + 1)}
    found = count_results(a_check(*headings), views_of(said or [everybody] * 6))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said", "words", "rate"),
    [
        (
            [TRUE] * 12 + [PARTLY] * 2 + [NOT] * 4 + [UNKNOWN],
            "12 of 18 people say “true where I work”, 2 say “partly”, 4 say “not where I work”. "
            "1 more says “do not know”.",
            "not where I work: 4 of 18 people, 1 more does not know",
        ),
        (
            [TRUE] * 3 + [NOT] * 3,
            "3 of 6 people say “true where I work”, 0 say “partly”, 3 say “not where I work”. "
            "People divide on this point.",
            "not where I work: 3 of 6 people",
        ),
        (
            [UNKNOWN] * 5,
            "All 5 people who answered say “do not know”.",
            "not where I work: no figure, since all 5 people who answered do not know",
        ),
        ([TRUE] * 4, FEW_ANSWERED, "not where I work: no figure, since fewer than 5 people answered"),
    ],
)
def test_a_points_figures_are_told_with_the_number_they_are_out_of(said: list[Answer], words: str, rate: str) -> None:
    answers: list[dict[str, Answer]] = [{"1": one} for one in said]

    (point,) = a_result("Nights", said=[*answers, {}, {}]).points

    assert point_in_words(point) == words
    assert rate_in_words(point) == rate


def test_the_opening_says_of_whom_nothing_is_told() -> None:
    assert (
        format_participants(a_result("Nights"))
        == "6 people gave a view. This tells nothing of people who did not answer."
    )
    assert format_participants(None) == FEW == "Fewer than 5 people gave a view, so there are no figures."


def test_a_point_whose_words_were_erased_says_so() -> None:
    assert format_heading(PointResult("1", "")) == "(the words were erased)"


def test_pictures_show_some_points_each_and_are_the_same_each_time() -> None:
    result = a_result(*[f"Point {number} of many" for number in range(1, POINTS_A_PICTURE + 2)])

    drawn = draw_results(result, "What stops you?")

    assert len(drawn) == 2
    assert drawn == draw_results(result, "What stops you?")
    assert [Image.open(io.BytesIO(one.png)).width for one in drawn] == [1000, 1000]
    assert drawn[0].alt.startswith(
        "Bar charts: what 6 people said of each point. 1. “Point 1 of many” (6 true, 0 partly"
    )
    assert "7. “Point 7 of many” (6 true, 0 partly, 0 not, 0 do not know)" in drawn[1].alt
    assert drawn[1].alt.endswith("This tells nothing of people who did not answer.")


@given(st.lists(st.tuples(st.text(max_size=300), st.integers(0, 999)), min_size=1, max_size=POINTS_A_PICTURE))
def test_alternative_text_has_every_figure_and_fits(points: list[tuple[str, int]]) -> None:
    results = tuple(
        PointResult(str(number), heading, dict.fromkeys(Answer, count) if count else {})
        for number, (heading, count) in enumerate(points, 1)
    )
    result = CheckResult(a_check("Nights"), 9, results)

    alt = describe_results(result, tuple(enumerate(results, 1)))

    assert count_units(alt) <= LONGEST
    assert all(f"({counts_in_words(point)})" in alt for point in results)


def test_an_answer_cannot_be_added_without_the_words_for_it() -> None:
    assert [answer.label for answer in Answer] == ["true where I work", "partly", "not where I work", "do not know"]
    assert [answer.brief for answer in Answer] == ["true", "partly", "not", "do not know"]
    assert Answer("not") is Answer.NOT
    with pytest.raises(ValueError, match="Doubt unsure needs a label"):

        class Doubt(LabelledEnum):
            UNSURE = "unsure"
