"""Say of printed numbers that hold presses what can be said without the totals: whether they can be so at all."""

from __future__ import annotations

from collections.abc import Iterator

from bot.models.summaries import Summary
from bot.models.views import LEAST_PRESSES


def check_presses(summary: Summary) -> Iterator[str]:
    """Say where a number that holds presses cannot be so. Nobody knows who pressed, so no more can be said here."""
    for number, point in enumerate(summary.points, 1):
        if point.views is None:
            continue
        if point.views.people < LEAST_PRESSES:
            yield f"Point {number} shows presses, but counts only {point.views.people} people."
        if point.views.people < point.people:
            yield f"Point {number} counts {point.views.people} people with presses, but {point.people} said so."
    if any(voice.views is not None for voice in summary.voices):
        yield "A single voice shows presses."
    printed = max((point.same_here for point in summary.points if point.views is not None), default=0)
    if summary.tapped is not None and summary.tapped < LEAST_PRESSES + printed:
        yield f"The summary says that {summary.tapped} people pressed, too few beside {printed} at a point."
