"""Key points by kind in the order in which they are read, numbered through, and how their people are counted."""

from __future__ import annotations

from collections.abc import Iterable

from bot.models.summaries import KeyPoint, Kind, Summary
from bot.summaries.disclosure.private_counts import count_quoted_people

ERASED = "(the words were erased)"
"""Stands for a statement whose replies retention took."""

Numbered = tuple[tuple[int, KeyPoint], ...]


def group_points(summary: Summary) -> tuple[tuple[Kind, Numbered], ...]:
    """Return the shared points by kind, each with its number from 1, those from private replies among the others.

    Groups come by their largest point, then in the order of Kind; within a group, points keep the summary's order.
    """
    points = [point for point in summary.points if point.is_shared]
    kinds = {point.kind for point in points}
    order = sorted(kinds, key=lambda kind: (-_largest(points, kind), list(Kind).index(kind)))
    groups = [[point for point in points if point.kind == kind] for kind in order]
    starts = [1 + sum(len(before) for before in groups[:index]) for index in range(len(groups))]
    return tuple((kind, tuple(enumerate(group, at))) for kind, group, at in zip(order, groups, starts, strict=True))


def find_single_points(summary: Summary) -> Numbered:
    """Return what is also raised: points of one person, then the single voices.

    Numbers go on from those of the shared points.
    """
    single = [*(point for point in summary.points if not point.is_shared), *summary.voices]
    return tuple(enumerate(single, 1 + sum(point.is_shared for point in summary.points)))


def point_heading(point: KeyPoint) -> str:
    """Return the words that head a point: the reviewer's, if there are any, or else its verbatim statement."""
    return (point.review.words if point.review is not None else "") or point.statement or ERASED


def is_verbatim(point: KeyPoint) -> bool:
    """Say whether a point's heading is in somebody's words, so that it is shown in quotation marks."""
    return point_heading(point) == point.statement != ERASED


def count_confirmed_people(point: KeyPoint) -> int:
    """Say how many of a point's people of the thread a person confirmed; 0 if nobody looked at it."""
    if point.review is None:
        return 0
    confirmed = frozenset(point.review.confirmed)
    held = sum(quote.message in confirmed and not quote.private for quote in point.quotes)
    return min(point.people, held + point.review.erased_confirmed)


def count_confirmed_private(point: KeyPoint) -> int:
    """Say how many of a point's private replies a person confirmed."""
    if point.review is None:
        return 0
    quoted = (quote.message for quote in point.quotes if quote.private)
    confirmed = frozenset(point.review.confirmed)
    held = sum(message in confirmed for message in (*quoted, *point.counted))
    return held + point.review.erased_confirmed_private


def is_checked(point: KeyPoint) -> bool:
    """Say whether a person confirmed everybody who supports a point by their words."""
    confirmed = count_confirmed_people(point), count_confirmed_private(point)
    return any(confirmed) and confirmed == (point.people, point.private)


def count_possible_people(point: KeyPoint) -> int:
    """Say how many more people of the thread possibly say what the point says."""
    return count_quoted_people(point.possible) + point.erased_possible


def count_possible_private(point: KeyPoint) -> int:
    """Say how many more private replies possibly say what the point says."""
    return len(point.possible) - count_quoted_people(point.possible) + point.erased_possible_private


def is_reviewed(summary: Summary) -> bool:
    """Say whether a person confirmed any supporter; who only reworded or hid something has not checked who says so."""
    return any(
        point.review is not None
        and (point.review.confirmed or count_confirmed_people(point) or count_confirmed_private(point))
        for point in (*summary.points, *summary.voices)
    )


def _largest(points: Iterable[KeyPoint], kind: Kind) -> float:
    return max(point.weight for point in points if point.kind == kind)
