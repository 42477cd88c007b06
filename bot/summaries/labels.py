"""Says of each point what it is, and how it stands to the passage, where its words and its supporters' say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.models.summaries import KeyPoint
from bot.summaries.kinds import kind_of, kind_of_point
from bot.summaries.toward import toward


def labelled(points: Iterable[KeyPoint], passage: str) -> tuple[KeyPoint, ...]:
    """The points with their kinds, and how they stand to ``passage``."""
    return tuple(_labelled(point, passage) for point in points)


def _labelled(point: KeyPoint, passage: str) -> KeyPoint:
    first, *others = point.quotes
    kinds = [kind_of(point.statement, first.text), *(kind_of(quote.text, quote.text) for quote in others)]
    return replace(point, kind=kind_of_point([(kind, 1.0) for kind in kinds]), toward=toward(first.text, passage))
