"""References of points, by which changes and, once published, outcomes name them."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase

from bot.models.summaries import Summary


def number_points(summary: Summary, earlier: int = 0) -> Summary:
    """Give each point without one a reference, by which changes and, once published, outcomes name it.

    ``earlier`` counts the summaries of the prompt that were published before: no reference names two points. A point
    that comes from one of those keeps its own.
    """
    numbered = enumerate(summary.points, 1)
    points = tuple(replace(point, ref=point.ref or f"{_make_lead(earlier)}{number}") for number, point in numbered)
    return replace(summary, points=points)


def new_ref(number: int, earlier: int = 0) -> str:
    """Return the reference of a point that the change ``number`` of a draft makes; ``earlier`` as above."""
    return f"{_make_lead(earlier)}{number}n"


def _make_lead(earlier: int) -> str:
    return "z" * (earlier // 25) + ascii_lowercase[earlier % 25] if earlier else ""


def find_lead(ref: str) -> str:
    """Return the letters before the number of a reference, which tell the published summary that it comes from."""
    return ref[: len(ref) - len(ref.lstrip(ascii_lowercase))]
