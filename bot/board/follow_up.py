"""The follow-up paper: what was promised after a series, what is done, and what is late, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.board.answers import format_promise
from bot.board.document import BoardPaper, BoardPoint
from bot.board.fields import FIELDS, TO_COMPLETE, format_field
from bot.board.page_estimate import LINE, ROW, count_lines
from bot.board.paper import make_board_paper
from bot.board.source import BoardSource
from bot.board.texts import name_point
from bot.models.board import PaperFields
from bot.models.outcomes import Outcome, PointRef, Progress
from bot.text.dates import format_date, local_date
from bot.text.mentions import anonymise_ids
from bot.text.quotes import nest_quotes
from bot.text.words import human_join, plural, shorten

PAGE = 735.0
HEAD, SECTION = 285.0, 48.0
"""Points (1/72 inch): the title, what the paper is and the notes; and a section's heading with its header row."""
SAID, PROMISED, OWNER = 34, 40, 16
"""Characters on a line of each column."""
ROOMS = (200, 160, 120, 90, 70, 50)
"""The most characters of a point or a promise, from the most room to the least."""
MOST_ROWS = 12
FACILITATORS = "Facilitator’s words: {words}"
ERASED_POINT = "A point whose words were erased or may not be quoted"
SHORT_FRONT = ("organisation", "meeting", "held_on", "agenda_item", "sponsor", "author")


@dataclass(frozen=True, slots=True)
class FollowUpSource:
    """What a follow-up paper is made of. ``promises`` are outcomes with how far they are on the local day ``today``."""

    series: BoardSource
    promises: tuple[tuple[Outcome, Progress], ...]
    today: date


@dataclass(frozen=True, slots=True)
class Promise:
    """One row: what staff said, what was promised, whose task it is, by when, and the day of its last change."""

    said: str
    promised: str
    owner: str
    due: str
    changed: str


@dataclass(frozen=True, slots=True)
class FollowUpPaper:
    """A whole follow-up paper; ``groups`` are promises by how far they are, and ``left`` counts what had no room."""

    title: str
    front: tuple[tuple[str, tuple[str, ...]], ...]
    summary: str
    open_note: str
    made_on: str
    groups: tuple[tuple[Progress, tuple[Promise, ...]], ...]
    left: int = 0

    @property
    def left_note(self) -> str:
        """Say how many promises had no room; empty if all had."""
        return f"{plural(self.left, 'more promise', 'more promises')} had no room here." if self.left else ""


def make_follow_up(source: FollowUpSource, room: float = 1.0) -> FollowUpPaper:
    """Say what the paper says, on about one page of ``room`` of our own; late promises stay longest."""
    paper = make_board_paper(source.series)
    points = {point.ref: point for point in paper.points}
    zone = source.series.time_zone
    full = FollowUpPaper(
        title=shorten(f"{anonymise_ids(source.series.series.title)}: what was promised, and what is done", 120),
        front=tuple(_front_rows(paper.fields)),
        summary=_summary(source.promises, format_date(source.today)),
        open_note=_open_note(paper),
        made_on=paper.made_on,
        groups=tuple(
            (progress, rows)
            for progress in Progress
            if (rows := tuple(_promise(one, points, zone) for one, is_at in source.promises if is_at is progress))
        ),
    )
    return _fit(full, room)


def _front_rows(fields: PaperFields) -> Iterator[tuple[str, tuple[str, ...]]]:
    labels = {each.name: each.label for each in FIELDS}
    for name in SHORT_FRONT:
        yield labels[name], (format_field(fields, name) or TO_COMPLETE,)
    yield "Purpose", ("For assurance",)


def _summary(promises: Iterable[tuple[Outcome, Progress]], today: str) -> str:
    reached = [progress for _, progress in promises]
    told = [f"{reached.count(progress)} {progress.label.lower()}" for progress in Progress if progress in reached]
    if len(reached) == 1:
        return f"Staff got one answer to what they said. On {today} it’s {reached[0].label.lower()}."
    return f"Staff got {len(reached)} answers to what they said. On {today}: {human_join(told)}."


def _open_note(paper: BoardPaper) -> str:
    many = len(paper.open_numbers)
    return f"{plural(many, 'point of the paper has', 'points of the paper have')} no answer yet." if many else ""


def _promise(outcome: Outcome, points: dict[PointRef, BoardPoint], zone: str) -> Promise:
    decided = outcome.decided
    named = [points[ref] for ref in outcome.points if ref in points]
    said = [_name(point) for point in named if point.has_words]
    return Promise(
        said="; ".join(said) or ERASED_POINT,
        promised=format_promise(decided),
        owner=anonymise_ids(decided.owner) or "–",
        due="–" if decided.due is None else format_date(decided.due),
        changed=format_date(local_date(outcome.changed_at or outcome.made_at, zone)),
    )


def _name(point: BoardPoint) -> str:
    """Name a point so that its mark is still there if the end is cut."""
    return FACILITATORS.format(words=nest_quotes(point.heading)) if point.by_facilitator else name_point(point)


def _fit(paper: FollowUpPaper, room: float) -> FollowUpPaper:
    for longest in ROOMS:
        shorter = _shorten(paper, longest, MOST_ROWS)
        if _height(shorter) <= PAGE * room:
            return shorter
    for most in range(MOST_ROWS, 0, -1):
        shorter = _shorten(paper, ROOMS[-1], most)
        if _height(shorter) <= PAGE * room:
            return shorter
    return shorter


def _shorten(paper: FollowUpPaper, longest: int, most: int) -> FollowUpPaper:
    groups, free = [], most
    for progress, rows in paper.groups:
        kept = tuple(
            replace(row, said=shorten(row.said, longest), promised=shorten(row.promised, longest))
            for row in rows[:free]
        )
        free -= len(kept)
        if kept:
            groups.append((progress, kept))
    left = sum(len(rows) for _, rows in paper.groups) - sum(len(rows) for _, rows in groups)
    return replace(paper, groups=tuple(groups), left=left)


def _height(paper: FollowUpPaper) -> float:
    rows = [row for _, group in paper.groups for row in group]
    return HEAD + SECTION * len(paper.groups) + sum(map(_row_height, rows))


def _row_height(row: Promise) -> float:
    lines = (count_lines(row.said, SAID), count_lines(row.promised, PROMISED), count_lines(row.owner, OWNER))
    return LINE * 0.95 * max(*lines, 2 if len(row.due) > 1 else 1) + ROW
