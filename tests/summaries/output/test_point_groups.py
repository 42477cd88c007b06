"""Groups of key points: order, numbers, single voices, and counts of confirmed people."""

from __future__ import annotations

import pytest

from bot.models.summaries import Coverage, KeyPoint, Kind, Quote, Review, Summary
from bot.summaries.output.point_groups import count_confirmed_people, find_single_points, group_points
from bot.summaries.review.publication import prepare_for_staff


def point(words: str, people: int, kind: Kind, review: Review | None = None) -> KeyPoint:
    quotes = tuple(Quote(f"{words}-{number}", words) for number in range(people))
    return KeyPoint(words, quotes, people, kind=kind, review=review)


def summary(*points: KeyPoint, voices: tuple[KeyPoint, ...] = ()) -> Summary:
    return Summary("1", "", points, (), Coverage(9, 9, 9), voices=voices)


def test_groups_come_by_their_largest_point_and_numbers_run_through_them() -> None:
    found = group_points(
        summary(
            point("rotas", 5, Kind.CONCERN),
            point("huddles", 4, Kind.PROPOSAL),
            point("noise", 3, Kind.CONCERN),
            point("thanks", 4, Kind.PRAISE),
        )
    )

    assert [(kind.label, [(number, each.statement) for number, each in points]) for kind, points in found] == [
        ("What worries them", [(1, "rotas"), (2, "noise")]),
        ("What they propose", [(3, "huddles")]),
        ("What they praise", [(4, "thanks")]),
    ]


def test_points_of_one_person_come_last_with_the_single_voices_and_numbers_go_on() -> None:
    held = summary(
        point("rotas", 5, Kind.CONCERN),
        point("parking", 1, Kind.CONCERN),
        voices=(point("lifts", 1, Kind.EXPERIENCE),),
    )

    assert [number for _, points in group_points(held) for number, _ in points] == [1]
    assert [(number, each.statement) for number, each in find_single_points(held)] == [(2, "parking"), (3, "lifts")]


def test_points_from_private_replies_and_reactions_stand_as_equals_in_the_order_of_their_weight() -> None:
    private = KeyPoint("lifts", (Quote("p1", "lifts", private=True),), 0, private=3, kind=Kind.CONCERN)
    liked = KeyPoint("rotas", (Quote("1", "rotas"),), 1, endorsements=4, kind=Kind.PROPOSAL)

    found = group_points(summary(liked, private))

    assert [(kind, number) for kind, points in found for number, _ in points] == [
        (Kind.PROPOSAL, 1),
        (Kind.CONCERN, 2),
    ]


def test_an_empty_summary_has_no_groups() -> None:
    assert (group_points(summary()), find_single_points(summary())) == ((), ())


def test_every_kind_has_a_title_of_its_own() -> None:
    assert len({kind.label for kind in Kind}) == len(Kind)
    assert Kind("concern").label == "What worries them"


def test_only_people_whom_a_person_confirmed_count_as_confirmed() -> None:
    unseen = point("rotas", 3, Kind.CONCERN)
    seen = point("rotas", 3, Kind.CONCERN, Review(confirmed=("rotas-0", "rotas-2", "somebody else's")))

    assert (count_confirmed_people(unseen), count_confirmed_people(seen)) == (0, 2)


@pytest.mark.parametrize("private", [1, 2, 9])
def test_the_place_of_a_point_does_not_tell_how_many_private_replies_say_so(private: int) -> None:
    said = tuple(Quote(f"p{number}", "lifts", private=True) for number in range(private))
    three = tuple(Quote(f"lifts-{number}", "lifts") for number in range(3))
    lifts = KeyPoint("lifts", (*three, *said), 3, private=private, review=Review(confirmed=("lifts-0",)))
    held = summary(lifts, point("rotas", 4, Kind.VIEW), point("noise", 3, Kind.VIEW), point("beds", 9, Kind.VIEW))

    assert [each.statement for each in prepare_for_staff(held, with_others=True).points] == [
        *("beds", "rotas", "lifts", "noise")
    ]
