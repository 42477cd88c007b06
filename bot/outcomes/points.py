"""The points of published summaries, and which of them are still without an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.models.outcomes import Outcome, OutcomeState, PointRef, Progress
from bot.models.private import LEAST_SHOWN
from bot.models.summaries import KeyPoint, Summary
from bot.text.words import plural, say_none_answered

USUAL_LEAST = 2
"""From how many people on a point without an outcome is shown."""
CLOSED = "Done: every point that several people share has an answer."
OPEN = "{left:,} of {points} still {need} an answer."


@dataclass(frozen=True, slots=True)
class PublishedPoint:
    """A point as the newest reviewed summary of its prompt shows it, with its lasting name."""

    ref: PointRef
    point: KeyPoint


@dataclass(frozen=True, slots=True)
class AnsweredPoint:
    """A point with the newest outcome that names it; ``point`` is None if deletions took it since."""

    ref: PointRef
    point: KeyPoint | None
    outcome: Outcome | None


def list_named_points(prompt_id: int, summary: Summary) -> tuple[PublishedPoint, ...]:
    """Return the points of a published summary by their names. Those that have none, from before, are left out."""
    return tuple(PublishedPoint(PointRef(prompt_id, point.ref), point) for point in summary.points if point.ref)


def match_outcomes(
    points: Iterable[PublishedPoint], outcomes: Iterable[Outcome], least: int
) -> tuple[AnsweredPoint, ...]:
    """Return the points of at least ``least`` people or of LEAST_SHOWN private replies, and those that have an outcome.

    ``least`` says nothing of private replies: somebody could count those of a point by choosing other numbers.

    In the order of ``points``; points that are gone and have an outcome come last.
    """
    newest = newest_of(outcomes)
    shown = {published.ref: published.point for published in points}
    answered = [
        AnsweredPoint(ref, point, newest.get(ref))
        for ref, point in shown.items()
        if ref in newest or point.total >= least or point.private >= LEAST_SHOWN
    ]
    return (*answered, *(AnsweredPoint(ref, None, newest[ref]) for ref in sorted(newest) if ref not in shown))


def find_open_points(points: Iterable[AnsweredPoint]) -> tuple[AnsweredPoint, ...]:
    """Return those without any outcome; a series is closed when there are none."""
    return tuple(point for point in points if point.outcome is None)


def is_overdue(outcome: Outcome, today: date) -> bool:
    """Say whether its day is past and it is neither done nor impossible. ``today`` is local to the server."""
    settled = outcome.decided.state in (OutcomeState.DONE, OutcomeState.NOT_POSSIBLE)
    return outcome.decided.due is not None and outcome.decided.due < today and not settled


def progress_of(outcome: Outcome, today: date) -> Progress:
    """Say how far what was promised is on a day, which is local to the server."""
    return Progress.LATE if is_overdue(outcome, today) else Progress(outcome.decided.state.value)


def newest_of(outcomes: Iterable[Outcome]) -> dict[PointRef, Outcome]:
    """Return the newest outcome of each point that any of them names."""
    return {ref: outcome for outcome in sorted(outcomes, key=lambda outcome: outcome.id) for ref in outcome.points}


def overdue_points(outcomes: Iterable[Outcome], today: date) -> tuple[PointRef, ...]:
    """Return the points whose newest outcome is overdue, in order."""
    return tuple(ref for ref, outcome in sorted(newest_of(outcomes).items()) if is_overdue(outcome, today))


def format_open(points: Collection[AnsweredPoint]) -> str:
    """Say how many points have no outcome, as a sentence; empty if nothing is published yet."""
    left = len(find_open_points(points))
    if not points:
        return ""
    if left == len(points):
        return say_none_answered(left)
    need = "needs" if left == 1 else "need"
    return OPEN.format(left=left, points=plural(len(points), "point"), need=need) if left else CLOSED


def find_waiting_points(points: Iterable[AnsweredPoint], today: date) -> tuple[AnsweredPoint, ...]:
    """Return those without any outcome, and those whose outcome is overdue."""
    return tuple(point for point in points if point.outcome is None or is_overdue(point.outcome, today))
