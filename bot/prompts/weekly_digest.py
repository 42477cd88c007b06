"""The weekly line to facilitators: when it is due, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.prompts.schedule import find_instant
from bot.text.words import human_join, plural

AT = time(9)
WEEK = timedelta(days=7)
MOST_NAMED = 20
"""How many points are named one by one."""
START = "Your week with Ward to Board:"
REPLIED, NOBODY_REPLIED = "{people} replied in the last seven days.", "Nobody replied in the last seven days."
UNANSWERED = "{questions} no answer yet."
LEFT = "{excerpts} left in {series}."
NO_OUTCOME = "{points} an answer: {named}. Give it with /outcome add."
OVERDUE = "{outcomes} overdue: {named}. See /outcome list."


@dataclass(frozen=True, slots=True)
class Week:
    """A server's week in figures. ``people`` replied in the last seven days; the others count what is there now.

    ``unanswered`` are open prompts without a reply, ``passed`` those that closed this week without one. ``left`` are
    excerpts in ``series`` running series. What is in ``drafts`` to ``suggestions`` waits for facilitators. Points that
    have no outcome yet are ``open_points``; ``overdue`` are points whose outcome's day is past. Both are named by
    reference, and never in words of staff: those would stay in the channel after they were taken back.
    """

    people: int = 0
    unanswered: int = 0
    passed: int = 0
    series: int = 0
    left: int = 0
    drafts: int = 0
    private: int = 0
    objections: int = 0
    suggestions: int = 0
    open_points: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to say: no series is active, and nothing waits."""
        waiting = self.drafts, self.private, self.objections, self.suggestions, self.open_points, self.overdue
        return not (self.series or self.unanswered or any(waiting))


def last_slot(now: datetime, time_zone: str) -> datetime:
    """Return the last Monday at 09:00 on the server's clocks that is not after ``now``, as aware UTC."""
    slot = _monday(now, time_zone, 0)
    return slot if slot <= now else _monday(now, time_zone, -1)


def find_next_slot(now: datetime, time_zone: str) -> datetime:
    """Return the first Monday at 09:00 on the server's clocks after ``now``, as aware UTC."""
    slot = _monday(now, time_zone, 0)
    return slot if slot > now else _monday(now, time_zone, 1)


def is_due(told_at: datetime | None, now: datetime, time_zone: str) -> bool:
    """Say whether a server has not been told since the last Monday at 09:00.

    However long ago that was, it is told only once.
    """
    return told_at is not None and told_at < last_slot(now, time_zone)


def week_text(week: Week) -> str:
    """Return the line, in short sentences; what is none is left out."""
    return f"{START} {' '.join(_sentences(week))}"


def _sentences(week: Week) -> Iterator[str]:
    yield REPLIED.format(people=plural(week.people, "person", "people")) if week.people else NOBODY_REPLIED
    if week.unanswered:
        yield UNANSWERED.format(questions=_format_count(week.unanswered, "open question has", "open questions have"))
    if week.passed:
        yield f"{_format_count(week.passed, 'prompt', 'prompts')} closed this week and nobody answered."
    if week.series:
        left = _format_count(week.left, "excerpt is", "excerpts are")
        yield LEFT.format(excerpts=left, series="your series" if week.series == 1 else f"{week.series} running series")
    waiting = [
        _format_count(count, single, many)
        for count, single, many in (
            (week.drafts, "summary to review", "summaries to review"),
            (week.private, "batch of private replies to read", "batches of private replies to read"),
            (week.objections, "“That’s not what I meant”", "“That’s not what I meant”"),
            (week.suggestions, "suggestion", "suggestions"),
        )
        if count
    ]
    if waiting:
        yield f"Waiting for you: {human_join(waiting)}."
    if week.open_points:
        points = _format_count(len(week.open_points), "point from staff still needs", "points from staff still need")
        yield NO_OUTCOME.format(points=points, named=_format_refs(week.open_points))
    if week.overdue:
        outcomes = _format_count(len(week.overdue), "outcome is", "outcomes are")
        yield OVERDUE.format(outcomes=outcomes, named=_format_refs(week.overdue))


def _format_refs(refs: Sequence[str]) -> str:
    more = f" and {len(refs) - MOST_NAMED} more" if len(refs) > MOST_NAMED else ""
    return f"{', '.join(refs[:MOST_NAMED])}{more}"


def _format_count(count: int, single: str, many: str) -> str:
    return plural(count, single, many) if count else f"No {many}"


def _monday(now: datetime, time_zone: str, weeks: int) -> datetime:
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday()) + weeks * WEEK
    return find_instant(datetime.combine(monday, AT), zone)
