"""Makes a paper short enough for two pages: less of each thing, until an estimate says that it fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.board.content import BoardDispute, BoardPaper, BoardPart, BoardPoint
from bot.board.measuring import pages_of
from bot.models.outcomes import PointRef
from bot.replies.text import shorten

PAGES = 2
LONGEST_TITLE, LONGEST_ASK, LONGEST_QUESTION, LONGEST_BRIEF = 120, 300, 200, 60
LONGEST_HEADING, LONGEST_OUTCOME = 160, 200
MOST_ROWS, MOST_CHECKS = 8, 60
OTHER_REASONS = "other reasons"


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each thing is shown: quotes a point, their characters, characters of a passage, and how many.

    ``brief`` is how many of the questions are named of which no point is shown.
    """

    quotes: int
    quote: int
    passage: int
    points: int
    disputes: int
    voices: int
    pictures: int = 0
    brief: int = 30


ROOMS = (
    Room(2, 240, 500, 40, 6, 12, 2),
    Room(2, 160, 400, 30, 5, 10, 1),
    Room(2, 160, 400, 30, 5, 10),
    Room(1, 200, 300, 26, 4, 10),
    Room(1, 160, 250, 22, 4, 8),
    Room(1, 120, 200, 20, 3, 6),
    Room(1, 120, 160, 18, 3, 6),
    Room(1, 90, 120, 16, 2, 5),
    Room(1, 90, 120, 14, 2, 5),
    Room(1, 90, 90, 12, 2, 4),
    Room(0, 0, 90, 14, 2, 4),
    Room(0, 0, 90, 12, 2, 4),
    Room(0, 0, 90, 10, 2, 3),
    Room(0, 0, 90, 8, 1, 3, brief=24),
    Room(0, 0, 60, 6, 1, 2, brief=18),
    Room(0, 0, 60, 4, 1, 1, brief=12),
)
"""From the most to the least."""


def fitted(paper: BoardPaper) -> BoardPaper:
    """The paper with as much as fits on two pages; the points that most people say come first to their place."""
    for room in ROOMS[:-1]:
        shorter = _within(paper, room)
        if pages_of(shorter) <= PAGES:
            return shorter
    return _within(paper, ROOMS[-1])


def _within(paper: BoardPaper, room: Room) -> BoardPaper:
    ranked = sorted(paper.points, key=lambda point: -(point.people + point.private))
    kept = {point.ref for point in ranked[: room.points]}
    parts: list[BoardPart] = []
    disputes, voices = room.disputes, room.voices
    for part in paper.parts:
        shorter = _part(part, room, kept, disputes, voices)
        disputes, voices = disputes - len(shorter.disputes), voices - len(shorter.voices)
        parts.append(shorter)
    after = replace(
        paper,
        title=shorten(paper.title, LONGEST_TITLE),
        ask=shorten(paper.ask, LONGEST_ASK),
        left_out=_most(paper.left_out),
        parts=_without_most_brief(parts, room.brief),
        pictures=paper.pictures[: room.pictures],
        checks=paper.checks[:MOST_CHECKS],
        earlier=tuple((ref, shorten(told, LONGEST_OUTCOME)) for ref, told in paper.earlier[: room.voices]),
    )
    return replace(after, shortened=tuple(_left(paper, after)))


def _part(part: BoardPart, room: Room, kept: set[PointRef], disputes: int, voices: int) -> BoardPart:
    points = tuple(_point(point, room) for point in part.points if point.ref in kept)
    brief = bool(part.points) and not points
    return replace(
        part,
        question=shorten(part.question, LONGEST_BRIEF if brief else LONGEST_QUESTION),
        source=shorten(part.source, LONGEST_HEADING),
        passage=shorten(part.passage, room.passage),
        points=points,
        disputes=tuple(_dispute(found, room) for found in part.disputes[:disputes]),
        voices=tuple(shorten(voice, LONGEST_HEADING) for voice in part.voices[:voices]),
        brief=brief,
    )


def _most(left_out: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    told = [(shorten(reason, LONGEST_HEADING), count) for reason, count in left_out]
    if len(told) <= MOST_ROWS:
        return tuple(told)
    rest = sum(count for _, count in told[MOST_ROWS - 1 :])
    return (*told[: MOST_ROWS - 1], (OTHER_REASONS, rest))


def _without_most_brief(parts: list[BoardPart], most: int) -> tuple[BoardPart, ...]:
    """Of a very long series, questions of which nothing is shown stand in the tables alone."""
    bare = [part for part in parts if part.brief and not part.disputes and not part.voices and not part.voices_unquoted]
    gone = {part.number for part in bare[most:]}
    return tuple(part for part in parts if part.number not in gone)


def _left(before: BoardPaper, after: BoardPaper) -> Iterator[tuple[str, int]]:
    counts = [
        ("question", len(before.parts) - len(after.parts)),
        ("point", len(before.points) - len(after.points)),
        ("disagreement", _sum(before, "disputes") - _sum(after, "disputes")),
        ("single voice", _sum(before, "voices") - _sum(after, "voices")),
        ("answer to an earlier point", len(before.earlier) - len(after.earlier)),
        ("result of a check", len(before.checks) - len(after.checks)),
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
