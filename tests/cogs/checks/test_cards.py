"""The cards and forms of a check keep within Discord's limits, whatever stands in the points."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from discord import ui

from bot.checks.results import CheckResult, PointResult
from bot.models.checks import Check, CheckPoint, CheckState, CheckWords
from cogs.checks.cards import check_card, result_card, result_pages
from cogs.checks.commands import MOST_POINTS
from cogs.checks.forms import missing_form
from cogs.ui.limits import beyond_limits, count_units

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOSTILE = (
    "*_~`|>" * 400,
    "@everyone <@1> <#2> https://example.org/" * 60,
    "\N{RIGHT-TO-LEFT OVERRIDE}# x\n" * 300,
    "",
    "😀" * 900,
)


def check_of(heading: str, points: int = MOST_POINTS) -> Check:
    numbered = tuple(CheckPoint(str(number), heading, mark=f"{number:02}00") for number in range(1, points + 1))
    return Check(1, 2, 3, "0123456789abcdef", CheckState.OPEN, numbered, NOW, NOW + timedelta(days=7))


def text_of(view: ui.LayoutView) -> str:
    return "\n".join(part.content for part in view.walk_children() if isinstance(part, ui.TextDisplay))


@pytest.mark.parametrize("heading", HOSTILE)
def test_a_card_with_the_most_points_fits_and_pings_nobody(heading: str) -> None:
    view = check_card(check_of(heading), heading, "Europe/London")

    assert beyond_limits(view) == ()
    assert count_units(text_of(view)) <= 4_000
    assert "<@1>" not in text_of(view).replace("\\<@1>", "")


@pytest.mark.parametrize("heading", HOSTILE)
def test_results_with_the_most_points_fit_page_by_page(heading: str) -> None:
    check = check_of(heading)
    result = CheckResult(check, tuple(PointResult(point, 1_200, differs=True) for point in check.points), 2_000)
    view = result_card(check, result, heading)

    assert beyond_limits(view) == ()
    assert count_units(text_of(view)) <= 4_000
    assert all(count_units(page) <= 4_000 for page in result_pages(result))
    assert sum(page.count("It differs") for page in result_pages(result)) == MOST_POINTS


def test_marks_of_quotation_stand_round_words_of_staff_and_no_others() -> None:
    points = (
        CheckPoint("1", "nobody reads them"),
        CheckPoint("2", "Nights are short", verbatim=False),
        CheckPoint("3", "long " * 60),
        CheckPoint("4", ""),
    )
    shown = text_of(check_card(replace(check_of(""), points=points), "Nights", "Europe/London"))

    assert "1. “nobody reads them”\n2. Nights are short\n" in shown
    assert "long…”\n4. (the words were erased)" in shown


@pytest.mark.parametrize("heading", HOSTILE)
def test_forms_fit(heading: str) -> None:
    check = check_of(heading, 5)
    said = CheckWords("0", 1, NOW.date(), heading * 9)
    forms = [missing_form(check, "Europe/London", before) for before in (None, said)]

    for form in forms:
        assert len(form.title) <= 45
        assert len(form.children) <= 5
        for part in form.children:
            assert not isinstance(part, ui.Label) or count_units(part.text) <= 45
            assert not isinstance(part, ui.TextDisplay) or count_units(part.content) <= 4_000
