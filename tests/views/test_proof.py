"""A forged number that holds presses is found against the stored totals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models.summaries import Coverage, KeyPoint, Quote, Role, Summary
from bot.models.views import PointViews, ViewTotals
from bot.summaries import check_summary, summarise
from bot.summaries.lifecycle.frozen import freeze_summary
from bot.summaries.proof.verdict import PRESSES, verify
from bot.views.proof import check_views
from bot.views.totals import apply_views
from tests.views.presses import SAID, forget, people, reply, thread, total

TWICE = SAID[0]
REPLIES = [reply(number, f"w{number}", TWICE) for number in (1, 2, 3)]
TOTALS = ViewTotals(14, (total(TWICE, REPLIES, people(6)),))
TRUE = apply_views(summarise(thread(REPLIES)), TOTALS, REPLIES)


def with_views(*, people: int = 9, at_least: bool = False, differs: bool = False) -> Summary:
    views = PointViews(people, at_least=at_least, differs=differs)
    return replace(TRUE, points=(replace(TRUE.points[0], views=views),))


def test_the_true_number_is_sound_and_says_what_cannot_be_counted_again() -> None:
    assert check_views(TRUE, TOTALS, REPLIES) == ()
    verdict = verify(TRUE, thread(REPLIES), {"1", "2", "3"})
    assert str(verdict) == f"sound, 3 quotes, 3 people{PRESSES}"


@pytest.mark.parametrize(
    ("forged", "problem"),
    [
        (with_views(people=10), "Point 1 counts 10 people with presses, but the totals give 9."),
        (with_views(people=8), "Point 1 counts 8 people with presses, but the totals give 9."),
        (with_views(people=10, at_least=True), "Point 1 counts 10 people with presses, but the totals give 9."),
        (with_views(differs=True), "Point 1 says that it differs, but too few pressed so."),
        (replace(TRUE, tapped=20), "The summary says that 20 people pressed, but the totals count 14."),
    ],
)
def test_a_forged_number_is_named_by_its_place(forged: Summary, problem: str) -> None:
    assert problem in check_views(forged, TOTALS, REPLIES)


def test_presses_that_the_totals_do_not_hold_are_found() -> None:
    wrong = ("Point 1 shows presses, but the totals hold too few of them for it.",)
    assert check_views(replace(TRUE, tapped=None), ViewTotals(), REPLIES) == wrong
    few = ViewTotals(4, (replace(TOTALS.statements[0], same=4, others=4),))
    assert check_views(replace(TRUE, tapped=None), few, REPLIES) == wrong


def test_an_exact_number_of_people_who_came_later_is_found() -> None:
    late = [*REPLIES, reply(4, "late", TWICE)]
    summary = summarise(thread(late))
    counted = apply_views(summary, TOTALS, late)
    assert counted.points[0].views == PointViews(9, at_least=True)
    exact = replace(counted, points=(replace(counted.points[0], views=PointViews(9)),))
    assert "Point 1 gives an exact number with presses where only a least one is known." in check_views(
        exact, TOTALS, late
    )


def test_reactions_that_come_and_go_after_the_closing_are_no_fault() -> None:
    reacted = [replace(REPLIES[0], endorsers=("fan", "friend")), *REPLIES[1:]]
    totals = ViewTotals(14, (total(TWICE, reacted, people(6)),))
    before = apply_views(summarise(thread(reacted)), totals, reacted)
    assert before.points[0].views == PointViews(11)
    for now in (("fan",), (), ("fan", "friend", "other")):
        later = [replace(REPLIES[0], endorsers=now), *REPLIES[1:]]
        assert check_views(before, totals, later) == ()


def test_after_an_erasure_the_repaired_summary_agrees_with_what_is_left_of_the_totals() -> None:
    after, totals, kept = forget(TRUE, TOTALS, REPLIES, "w1")
    assert after.points[0].views == PointViews(8)
    assert check_views(after, totals, kept) == ()
    assert check_views(TRUE, totals, kept) != ()


def test_of_a_frozen_summary_nothing_can_be_said() -> None:
    assert check_views(freeze_summary(TRUE), ViewTotals(), ()) == ()


def test_what_can_never_be_so_is_found_without_the_totals() -> None:
    assert check_summary(TRUE, thread(REPLIES)) == ()
    few = with_views(people=4, at_least=True)
    assert "Point 1 shows presses, but counts only 4 people." in check_summary(few, thread(REPLIES))
    many = [reply(number, f"w{number}", TWICE) for number in range(1, 8)]
    quotes = tuple(Quote(str(each.id), TWICE, role=Role.WROTE) for each in many)
    hidden = KeyPoint(TWICE.rstrip("."), quotes, 7, views=PointViews(5))
    summary = Summary("1", "", (hidden,), (), Coverage(7, 7, 7))
    assert "Point 1 counts 5 people with presses, but 7 said so." in check_summary(summary, thread(many))
    near = replace(TRUE, tapped=10)
    assert "The summary says that 10 people pressed, too few beside 6 at a point." in check_summary(
        near, thread(REPLIES)
    )
    voice = replace(TRUE.points[0], quotes=TRUE.points[0].quotes[:1], people=1)
    lone = replace(TRUE, points=(), voices=(voice,), tapped=None)
    assert "A single voice shows presses." in check_summary(lone, thread(REPLIES))
