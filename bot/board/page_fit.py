"""Make a paper short enough for two pages: less of each thing, until an estimate says that it fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.board.document import BoardDispute, BoardPaper, BoardPart, BoardPoint, Part
from bot.board.page_estimate import pages_of
from bot.models.outcomes import PointRef
from bot.text.words import shorten

PAGES = 2
LONGEST_TITLE, LONGEST_ASK, LONGEST_BRIEF, MOST_BRIEF, MOST_ROWS = 120, 300, 60, 30, 8
OTHER_REASONS = "other reasons"


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How much of each thing is shown: quotes a point, their characters, characters of a passage, and how many.

    ``heading`` and ``question`` are characters of a heading, note or answer, and of a question. ``brief`` is how many
    of the questions are named of which no point is shown, ``checks`` of how many points the result of a check is told.
    """

    quotes: int
    quote: int
    passage: int
    points: int
    disputes: int
    voices: int
    brief: int = MOST_BRIEF
    heading: int = 160
    question: int = 200
    checks: int = 60


ROOMS = (
    PageLimits(2, 240, 500, 40, 6, 12),
    PageLimits(2, 160, 400, 30, 5, 10),
    PageLimits(1, 200, 300, 26, 4, 10),
    PageLimits(1, 160, 250, 22, 4, 8),
    PageLimits(1, 120, 200, 20, 3, 6),
    PageLimits(1, 120, 160, 18, 3, 6),
    PageLimits(1, 90, 120, 16, 2, 5),
    PageLimits(1, 90, 120, 14, 2, 5),
    PageLimits(1, 90, 90, 12, 2, 4),
    PageLimits(0, 0, 90, 14, 2, 4),
    PageLimits(0, 0, 90, 12, 2, 4),
    PageLimits(0, 0, 90, 10, 2, 3),
    PageLimits(0, 0, 90, 9, 2, 3, question=120),
    PageLimits(0, 0, 90, 8, 1, 3, question=120),
    PageLimits(0, 0, 90, 7, 1, 3, brief=24, question=120),
    PageLimits(0, 0, 60, 6, 1, 2, brief=24, heading=120, question=80),
    PageLimits(0, 0, 60, 5, 1, 2, brief=24, heading=120, question=80, checks=40),
    PageLimits(0, 0, 60, 4, 1, 1, brief=18, heading=100, question=80, checks=30),
    PageLimits(0, 0, 60, 3, 1, 1, brief=12, heading=90, question=80, checks=20),
    PageLimits(0, 0, 60, 2, 1, 1, brief=8, heading=80, question=80, checks=10),
)
"""From the most to the least."""


def fit_paper(paper: BoardPaper, room: float = 1.0) -> BoardPaper:
    """Return the paper with as much as fits on two pages; the points that most people say come first to their place.

    ``room`` is how much of our own page a template's page holds.
    """
    for less in ROOMS[:-1]:
        shorter = _fit_within(paper, less)
        if pages_of(shorter, room) <= PAGES:
            return shorter
    return _fit_within(paper, ROOMS[-1])


def _fit_within(paper: BoardPaper, room: PageLimits) -> BoardPaper:
    ranked = sorted(paper.points, key=lambda point: -(max(point.people, point.total) + point.private))
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
        left_out=_most(paper.left_out, room.heading),
        parts=_without_most_brief(parts, room.brief),
        checks=paper.checks[: room.checks],
        earlier=tuple((ref, shorten(told, room.heading + 40)) for ref, told in paper.earlier[: room.voices]),
    )
    return replace(after, shortened=tuple(_count_room_left(paper, after)))


def _part(part: BoardPart, room: PageLimits, kept: set[PointRef], disputes: int, voices: int) -> BoardPart:
    points = tuple(_point(point, room) for point in part.points if point.ref in kept)
    brief = not points and (bool(part.points) or room.brief < MOST_BRIEF)
    return replace(
        part,
        question=shorten(part.question, LONGEST_BRIEF if brief else room.question),
        source=shorten(part.source, room.heading),
        passage=shorten(part.passage, room.passage),
        points=points,
        disputes=tuple(_dispute(dispute, room) for dispute in part.disputes[:disputes]),
        voices=tuple(shorten(voice, room.heading) for voice in part.voices[:voices]),
        brief=brief,
    )


def _most(left_out: tuple[tuple[str, int], ...], longest: int) -> tuple[tuple[str, int], ...]:
    told = [(shorten(reason, longest), count) for reason, count in left_out]
    if len(told) <= MOST_ROWS:
        return tuple(told)
    rest = sum(count for _, count in told[MOST_ROWS - 1 :])
    return (*told[: MOST_ROWS - 1], (OTHER_REASONS, rest))


def _without_most_brief(parts: list[BoardPart], most: int) -> tuple[BoardPart, ...]:
    """Of a very long series, questions of which nothing is shown stand in the tables alone."""
    bare = [part for part in parts if part.brief and not part.disputes and not part.voices]
    gone = {part.number for part in bare[most:]}
    return tuple(part for part in parts if part.number not in gone)


def _count_room_left(before: BoardPaper, after: BoardPaper) -> Iterator[tuple[Part, int]]:
    counts = [
        (Part.QUESTION, len(before.parts) - len(after.parts)),
        (Part.POINT, len(before.points) - len(after.points)),
        (Part.DISAGREEMENT, _sum(before, "disputes") - _sum(after, "disputes")),
        (Part.VOICE, _sum(before, "voices") - _sum(after, "voices")),
        (Part.ANSWER, len(before.earlier) - len(after.earlier)),
        (Part.CHECK, len(before.checks) - len(after.checks)),
    ]
    return ((what, count) for what, count in counts if count)


def _sum(paper: BoardPaper, what: str) -> int:
    return sum(len(getattr(part, what)) for part in paper.parts)


def _point(point: BoardPoint, room: PageLimits) -> BoardPoint:
    quotes = tuple(shorten(quote, room.quote) for quote in point.quotes[: room.quotes])
    heading, note = shorten(point.heading, room.heading), shorten(point.note, room.heading)
    return replace(point, heading=heading, quotes=quotes, note=note, outcome=shorten(point.outcome, room.heading + 40))


def _dispute(dispute: BoardDispute, room: PageLimits) -> BoardDispute:
    one, other = (
        replace(side, quotes=tuple(shorten(quote, max(room.quote, 90)) for quote in side.quotes[:1]))
        for side in dispute.sides
    )
    return BoardDispute(shorten(dispute.statement, room.heading), (one, other))
