"""Make a body short enough for two pages: less of each thing, until an estimate says that it fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.board.document import BoardDispute, BoardPaper, BoardPart, BoardPoint, BoardTheme, Part
from bot.board.page_estimate import estimate_pages
from bot.models.outcomes import PointRef
from bot.text.words import shorten

PAGES = 2
LONGEST_TITLE, LONGEST_PASSAGE, LONGEST_WORDS, LONGEST_THEME, MOST_ROWS = 120, 400, 300, 110, 12
OTHER_REASONS = "other reasons"


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How much of each thing is shown: quotes a point, their characters, and how many of each.

    ``heading`` is the most characters of a heading, a note or an answer.
    """

    quotes: int
    quote: int
    points: int
    disputes: int
    answers: int
    heading: int = 160


ROOMS = (
    PageLimits(2, 200, 24, 5, 12),
    PageLimits(1, 200, 20, 4, 10),
    PageLimits(1, 160, 18, 4, 8),
    PageLimits(1, 120, 16, 3, 8),
    PageLimits(1, 120, 14, 3, 7),
    PageLimits(1, 90, 13, 3, 6),
    PageLimits(1, 90, 12, 2, 6),
    PageLimits(1, 90, 11, 2, 5),
    PageLimits(0, 0, 12, 2, 5),
    PageLimits(0, 0, 11, 2, 4),
    PageLimits(0, 0, 10, 2, 4),
    PageLimits(0, 0, 9, 2, 4, heading=120),
    PageLimits(0, 0, 8, 1, 3, heading=120),
    PageLimits(0, 0, 7, 1, 3, heading=120),
    PageLimits(0, 0, 6, 1, 3, heading=100),
    PageLimits(0, 0, 5, 1, 2, heading=100),
    PageLimits(0, 0, 4, 1, 2, heading=90),
    PageLimits(0, 0, 3, 1, 1, heading=80),
)
"""From the most to the least."""


def fit_paper(paper: BoardPaper, room: float = 1.0) -> BoardPaper:
    """Return the paper with as much in its body as two pages hold; the points of most people stay. The annex has all.

    ``room`` is how much of our own page a template's page holds.
    """
    annex = _shorten_annex(paper)
    for less in ROOMS[:-1]:
        shorter = _fit_within(annex, less)
        if estimate_pages(shorter, room) <= PAGES:
            return shorter
    return _fit_within(annex, ROOMS[-1])


def _shorten_annex(paper: BoardPaper) -> BoardPaper:
    return replace(
        paper,
        title=shorten(paper.title, LONGEST_TITLE),
        parts=tuple(_annex_part(part) for part in paper.parts),
        left_out=_most(paper.left_out),
        earlier=tuple((ref, shorten(told, LONGEST_WORDS)) for ref, told in paper.earlier),
    )


def _annex_part(part: BoardPart) -> BoardPart:
    return replace(
        part,
        question=shorten(part.question, LONGEST_WORDS),
        passage=shorten(part.passage, LONGEST_PASSAGE),
        source=shorten(part.source, LONGEST_WORDS),
        points=tuple(
            replace(
                point,
                heading=shorten(point.heading, LONGEST_WORDS),
                outcome=shorten(point.outcome, LONGEST_WORDS),
            )
            for point in part.points
        ),
        disputes=tuple(_dispute(dispute, ROOMS[0]) for dispute in part.disputes),
        voices=tuple(shorten(voice, LONGEST_WORDS) for voice in part.voices),
    )


def _fit_within(paper: BoardPaper, room: PageLimits) -> BoardPaper:
    ranked = sorted(paper.told, key=lambda point: (-point.total, not point.in_private))
    kept = {point.ref for point in ranked[: room.points]}
    themes = (_theme(theme, kept, room) for theme in paper.themes)
    after = replace(
        paper,
        themes=tuple(theme for theme in themes if theme.points),
        disputes=tuple(_dispute(dispute, room) for dispute in paper.disputes[: room.disputes]),
        answers=tuple(
            replace(answer, what=shorten(answer.what, room.heading + 40)) for answer in paper.answers[: room.answers]
        ),
    )
    return replace(after, shortened=tuple(_count_left(paper, after)))


def _theme(theme: BoardTheme, kept: set[PointRef], room: PageLimits) -> BoardTheme:
    points = tuple(_point(point, room) for point in theme.points if point.ref in kept)
    return replace(theme, name=shorten(theme.name, min(LONGEST_THEME, room.heading)), points=points)


def _point(point: BoardPoint, room: PageLimits) -> BoardPoint:
    quotes = tuple(shorten(quote, room.quote) for quote in point.quotes[: room.quotes])
    return replace(
        point, heading=shorten(point.heading, room.heading), quotes=quotes, note=shorten(point.note, room.heading)
    )


def _dispute(dispute: BoardDispute, room: PageLimits) -> BoardDispute:
    longest = max(room.quote, 120)
    one, other = (
        replace(side, quotes=tuple(shorten(quote, longest) for quote in side.quotes[:1])) for side in dispute.sides
    )
    return replace(
        dispute,
        statement=shorten(dispute.statement, room.heading),
        question=shorten(dispute.question, room.heading),
        sides=(one, other),
    )


def _most(left_out: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    told = [(shorten(reason, LONGEST_WORDS), count) for reason, count in left_out]
    if len(told) <= MOST_ROWS:
        return tuple(told)
    rest = sum(count for _, count in told[MOST_ROWS - 1 :])
    return (*told[: MOST_ROWS - 1], (OTHER_REASONS, rest))


def _count_left(before: BoardPaper, after: BoardPaper) -> Iterator[tuple[Part, int]]:
    counts = [
        (Part.POINT, len(before.told) - len(after.told)),
        (Part.DISAGREEMENT, len(before.disputes) - len(after.disputes)),
        (Part.ANSWER, len(before.answers) - len(after.answers)),
    ]
    return ((what, count) for what, count in counts if count)
