"""Order the points of a paper under its themes, and number them through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from bot.board.document import BoardPart, BoardPoint, BoardTheme
from bot.models.board import PaperTheme


def number_points(
    parts: Sequence[BoardPart], themes: Iterable[PaperTheme]
) -> tuple[tuple[BoardPart, ...], tuple[BoardTheme, ...]]:
    """Return the parts with the numbers of their points, and the themes of the paper with these points.

    Facilitators' themes come first, in their order; then each question is the theme of what is left of its points. In a
    theme, points of more people come first. Points without words have no number, and are in no theme.
    """
    free = {point.ref: point for part in parts for point in part.points if point.has_words}
    drawn_up = [
        replace(_theme(theme.name, [free.pop(ref) for ref in theme.points if ref in free]), by_facilitator=True)
        for theme in themes
    ]
    for part in parts:
        own = [free.pop(point.ref) for point in part.points if point.ref in free]
        drawn_up.append(_theme(f"Question {part.number}: {part.question}", own))
    numbers = count(1)
    numbered = tuple(
        replace(theme, points=tuple(replace(point, number=next(numbers)) for point in theme.points))
        for theme in drawn_up
        if theme.points
    )
    by_ref = {point.ref: point for theme in numbered for point in theme.points}
    known = (replace(part, points=tuple(by_ref.get(point.ref, point) for point in part.points)) for part in parts)
    return tuple(known), numbered


def _theme(name: str, points: Iterable[BoardPoint]) -> BoardTheme:
    return BoardTheme(name, tuple(sorted(points, key=lambda point: (-point.total, not point.in_private))))
