"""The lasting names of points: P12-3 is point 3 of the published summary of prompt 12."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

from bot.errors import UserError
from bot.models.outcomes import PointRef
from bot.models.summaries import KeyPoint, Summary

_WRITTEN = re.compile(r"P(\d{1,18})[-\u2010\u2011\u2013]([a-z]{0,20}[0-9]{1,9}n?)", re.IGNORECASE | re.ASCII)
MALFORMED = "A reference looks like P12-3. Copy it from the board paper."
GONE = (
    "No point has this reference now. Its summary was made again, or all the words in it have been erased. Copy the "
    "reference from the newest paper."
)


def read_reference(written: str) -> PointRef:
    """Return the point that people write as P12-3. Raises UserError for anything else."""
    match = _WRITTEN.fullmatch(written.strip())
    if match is None:
        raise UserError(MALFORMED)
    return PointRef(int(match[1]), match[2].lower())


def name_points(summary: Summary) -> Summary:
    """Return the summary with a name for each point.

    Those of older summaries, which have none, are named by their place.
    """
    taken = {point.ref for point in summary.points}
    free = (str(number) for number in count(1) if str(number) not in taken)
    return replace(
        summary, points=tuple(point if point.ref else replace(point, ref=next(free)) for point in summary.points)
    )


def find_point(summary: Summary, ref: PointRef) -> KeyPoint:
    """Return the point that a reference names. Raises UserError if the summary has it no longer."""
    match = next((point for point in name_points(summary).points if point.ref == ref.ref), None)
    if match is None:
        raise UserError(GONE)
    return match
