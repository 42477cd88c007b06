"""The cards and forms of a check keep within Discord's limits, whatever stands in the points."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from discord import ui

from bot.checks.results import CheckResult, PointResult
from bot.models.checks import Check, CheckPoint, CheckState, CheckWords
from bot.models.prompts import Prompt, PromptState, Wording
from cogs.checks.cards import ALL_FIGURES, check_card, result_card, result_pages
from cogs.checks.forms import change_form, missing_form
from cogs.checks.start import MOST_POINTS, Plan, preview_card
from cogs.ui.limits import beyond_limits, count_units
from tests.wording import opening

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


def buttons_of(view: ui.LayoutView) -> list[str | None]:
    return [part.label for part in view.walk_children() if isinstance(part, ui.Button)]


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
    assert (opening(ALL_FIGURES) in str(buttons_of(view))) is (len(result_pages(result)) > 1)
    assert sum(page.count("It differs") for page in result_pages(result)) == MOST_POINTS


@pytest.mark.parametrize("heading", HOSTILE)
def test_a_preview_with_the_most_points_fits(heading: str) -> None:
    check, prompt = (
        check_of(heading, MOST_POINTS + 9),
        Prompt(9**18, 9**18, 9**18, PromptState.OPEN, "0" * 16, Wording("x", False, heading, "T"), NOW, NOW),
    )
    plan = Plan(prompt, check.points, 30, 100, 9**18, NOW, "Europe/London")

    assert beyond_limits(preview_card(plan, "**Changed.** " * 10)) == ()


def test_marks_of_quotation_stand_round_words_of_staff_and_no_others() -> None:
    points = (
        CheckPoint("1", "nobody reads them"),
        CheckPoint("2", "Nights are short", verbatim=False),
        CheckPoint("3", "long " * 60),
        CheckPoint("4", ""),
    )
    shown = text_of(check_card(replace(check_of(""), points=points), "Nights", "Europe/London"))

    assert "1. “nobody reads them”\n2. Nights are short (facilitator’s words)\n" in shown
    assert "long…”\n4. (the words were erased)" in shown


@pytest.mark.parametrize("heading", HOSTILE)
def test_forms_fit(heading: str) -> None:
    check = check_of(heading, 5)
    said = CheckWords("0", 1, NOW.date(), heading * 9)
    forms = [missing_form(check, "Europe/London", before) for before in (None, said)]
    forms.append(change_form(1, "30", "100", None))

    for form in forms:
        assert len(form.title) <= 45
        assert len(form.children) <= 5
        for part in form.children:
            assert not isinstance(part, ui.Label) or count_units(part.text) <= 45
            assert not isinstance(part, ui.TextDisplay) or count_units(part.content) <= 4_000
