"""What is published of a reviewed summary, and the words that its publisher is shown before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models.summaries import Coverage, KeyPoint, Quote, Review, Role, Summary
from bot.summaries.review.publication import list_other_words, prepare_for_staff

LATE = Quote("m1", "The rota is late.")
BESIDE = Quote("m2", "We learn of our shifts on Sunday.", role=Role.GROUPED)
FURTHER = Quote("m3", "Sunday is the only free day I have.", role=Role.SUGGESTED)
REFUSED = Quote("m4", "", role=Role.GROUPED)
LIFT = Quote("m5", "The lift is broken.")
MEALS = Quote("m6", "Meals come up the stairs cold.", role=Role.GROUPED)


def draft() -> Summary:
    point = KeyPoint(LATE.text, (LATE,), 1, (BESIDE, REFUSED, FURTHER), ref="1")
    voice = KeyPoint(LIFT.text, (LIFT,), 1, (MEALS, FURTHER))
    return Summary("t", "", (point,), (), Coverage(6, 6, 6), voices=(voice,))


def test_the_draft_group_of_a_point_is_published_with_the_other_words_and_suggestions_are_not() -> None:
    published = prepare_for_staff(draft(), with_others=True)

    assert published.points[0].possible == (BESIDE, REFUSED)
    assert published.voices[0].possible == (MEALS,)


def test_what_nobody_ticked_is_not_put_beside_points_that_a_facilitator_checked() -> None:
    point = replace(draft().points[0], review=Review(confirmed=("m1",)))
    checked = replace(draft(), points=(point,))
    published = prepare_for_staff(checked, with_others=True)

    assert (published.points[0].possible, published.voices[0].possible) == ((), ())
    assert list_other_words(checked) == (LIFT,)


def test_the_points_alone_are_published_without_their_draft_groups() -> None:
    published = prepare_for_staff(draft(), with_others=False)

    assert published.points[0].possible == ()
    assert published.voices == ()


def test_who_publishes_is_shown_the_words_of_draft_groups_before() -> None:
    assert list_other_words(draft()) == (BESIDE, LIFT, MEALS)


@pytest.mark.parametrize("with_others", [True, False])
def test_every_word_beside_the_points_that_is_published_was_shown_to_its_publisher(*, with_others: bool) -> None:
    published = prepare_for_staff(draft(), with_others=with_others)
    beside = [quote for point in (*published.points, *published.voices) for quote in point.possible if quote.text]
    beside += [quote for voice in published.voices for quote in voice.quotes]

    assert set(beside) <= set(list_other_words(draft()))
