"""Say of each point what it is, and how it stands to the passage, where its words and its supporters' say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.models.summaries import KeyPoint, Thread
from bot.summaries.engine.kinds import kind_of, kind_of_point
from bot.summaries.engine.toward import find_direction


def label_points(points: Iterable[KeyPoint], thread: Thread) -> tuple[KeyPoint, ...]:
    """Return the points with their kinds, and how they stand to the passage of the thread's prompt."""
    answers = {message.id for message in thread.messages if message.reply_to is not None}
    return tuple(_label_point(point, thread.prompt, answers) for point in points)


def _label_point(point: KeyPoint, passage: str, answers: set[str]) -> KeyPoint:
    first, *others = point.quotes
    kinds = [kind_of(point.statement, first.text), *(kind_of(quote.text, quote.text) for quote in others)]
    # "Exactly what happens here" said to a colleague is not about the passage.
    stands = None if first.message in answers else find_direction(first.text, passage)
    return replace(point, kind=kind_of_point([(kind, 1.0) for kind in kinds]), toward=stands)
