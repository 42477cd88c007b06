"""Results in words: how many said "same here", where that may be said, and no more."""

from __future__ import annotations

import re

import pytest

from bot.checks.results import CheckResult, PointResult
from bot.checks.texts import format_heading, point_in_words, quote_heading, result_notes
from bot.models.checks import CheckPoint
from tests.checks.samples import a_check

NIGHTS = CheckPoint("1", "Nights", mark="0100")


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (PointResult(NIGHTS, 9), "9 people said “same here”."),
        (PointResult(NIGHTS, 9, differs=True), "9 people said “same here”. It differs from place to place."),
        (PointResult(NIGHTS), ""),
    ],
)
def test_a_points_result_is_one_number_or_none(result: PointResult, words: str) -> None:
    assert point_in_words(result) == words


def test_under_the_points_stands_what_the_numbers_are_not() -> None:
    with_people, without = (result_notes(CheckResult(a_check("Nights"), (), people)) for people in (23, 0))

    assert with_people.startswith("23 people tapped. Numbers below five aren’t shown. This isn’t a survey.")
    assert not re.search(r"\d", without)


def test_a_heading_is_quoted_where_it_is_somebodys_own_words_and_says_so_where_they_were_erased() -> None:
    assert quote_heading("Nights", NIGHTS) == "“Nights”"
    assert quote_heading("Nights", CheckPoint("1", "Nights", verbatim=False)) == "Nights (facilitator’s words)"
    assert format_heading(CheckPoint("1", "")) == "(the words were erased)"
