"""Makes a paper short enough for two pages: less of each thing, until an estimate says that it fits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.board.content import BoardDispute, BoardPaper, BoardPart, BoardPoint
from bot.replies.text import shorten

LINES = 118
"""Lines of text on two A4 pages, as LibreOffice sets them in our own look, with some in reserve."""
WIDE, CELL = 105, 58
"""Characters on a line of the page, and on one of the table's widest column."""
LONGEST_HEADING, LONGEST_OUTCOME = 160, 220


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each thing is shown: quotes a point, their characters, characters of a passage, and how many.

    Without ``bare``, questions of which no point is shown are left out.
    """

    quotes: int
    quote: int
    passage: int
    points: int
    disputes: int
    voices: int
    bare: bool = True


ROOMS = (
    Room(2, 240, 500, 40, 6, 12),
    Room(1, 240, 400, 30, 4, 10),
    Room(1, 160, 250, 20, 3, 8),
    Room(1, 120, 160, 14, 2, 6),
    Room(1, 90, 120, 10, 2, 4),
    Room(1, 90, 90, 10, 1, 3, bare=False),
    Room(0, 0, 90, 7, 1, 3, bare=False),
    Room(0, 0, 60, 5, 1, 2, bare=False),
)
"""From the most to the least."""


def fitted(paper: BoardPaper) -> BoardPaper:
    """The paper with as much as fits on two pages; the points that most people say come first to their place."""
    for room in ROOMS[:-1]:
        shorter = _within(paper, room)
        if lines_of(shorter) <= LINES:
            return shorter
    return _within(paper, ROOMS[-1])


def lines_of(paper: BoardPaper) -> int:
    """About how many lines a paper has, with its headings and tables."""
    return 26 + len(paper.counts) + len(paper.left_out) + 14 * len(paper.pictures) + sum(_lines(paper))


def _lines(paper: BoardPaper) -> Iterator[int]:
    yield _wrapped(paper.ask, WIDE) + _wrapped(paper.method, WIDE)
    for part in paper.parts:
        yield 3 + _wrapped(part.passage + part.source, WIDE) + 2 * bool(part.points)
        yield sum(max(_point_lines(point), _wrapped(point.outcome, 22)) for point in part.points)
        yield sum(_dispute_lines(found) for found in part.disputes)
        yield sum(_wrapped(voice, WIDE - 5) for voice in part.voices)


def _point_lines(point: BoardPoint) -> int:
    said = (point.heading, *point.quotes, *([point.note] if point.note else []))
    return 1 + sum(_wrapped(words, CELL) for words in said) + 2 * (point.check is not None)


def _dispute_lines(found: BoardDispute) -> int:
    sides = sum(1 + sum(_wrapped(quote, WIDE - 5) for quote in side.quotes) for side in found.sides)
    return 2 + _wrapped(found.statement, WIDE) + sides


def _wrapped(text: str, width: int) -> int:
    return math.ceil(len(text) / width)


def _within(paper: BoardPaper, room: Room) -> BoardPaper:
    ranked = sorted(paper.points, key=lambda point: -(point.people + point.private))
    kept = {point.ref for point in ranked[: room.points]}
    parts: list[BoardPart] = []
    disputes, voices = room.disputes, room.voices
    for part in paper.parts:
        points = tuple(_point(point, room) for point in part.points if point.ref in kept)
        if not points and not room.bare:
            continue
        shown, told = part.disputes[:disputes], part.voices[:voices]
        disputes, voices = disputes - len(shown), voices - len(told)
        passage = shorten(part.passage, room.passage)
        shorter = tuple(_dispute(found, room) for found in shown)
        told = tuple(shorten(voice, LONGEST_HEADING) for voice in told)
        parts.append(replace(part, passage=passage, points=points, disputes=shorter, voices=told))
    after = replace(paper, parts=tuple(parts))
    return replace(after, shortened=tuple(_left(paper, after)))


def _left(before: BoardPaper, after: BoardPaper) -> Iterator[tuple[str, int]]:
    counts = [
        ("questions", len(before.parts) - len(after.parts)),
        ("points", len(before.points) - len(after.points)),
        ("disagreements", _sum(before, "disputes") - _sum(after, "disputes")),
        ("single voices", _sum(before, "voices") - _sum(after, "voices")),
    ]
    return ((what, count) for what, count in counts if count)


def _sum(paper: BoardPaper, what: str) -> int:
    return sum(len(getattr(part, what)) for part in paper.parts)


def _point(point: BoardPoint, room: Room) -> BoardPoint:
    quotes = tuple(shorten(quote, room.quote) for quote in point.quotes[: room.quotes])
    heading, note = shorten(point.heading, LONGEST_HEADING), shorten(point.note, LONGEST_HEADING)
    return replace(point, heading=heading, quotes=quotes, note=note, outcome=shorten(point.outcome, LONGEST_OUTCOME))


def _dispute(found: BoardDispute, room: Room) -> BoardDispute:
    one, other = (
        replace(side, quotes=tuple(shorten(quote, max(room.quote, 90)) for quote in side.quotes[:1]))
        for side in found.sides
    )
    return BoardDispute(shorten(found.statement, LONGEST_HEADING), (one, other))
