"""Hold printed numbers that hold presses against the totals that were counted at the closing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.models.replies import Reply
from bot.models.summaries import KeyPoint, Summary
from bot.models.views import LEAST_PRESSES, PointViews, StatementTotal, ViewTotals
from bot.views.statement_matches import find_statements


def check_views(summary: Summary, totals: ViewTotals, replies: Sequence[Reply]) -> tuple[str, ...]:
    """Return what is wrong with the printed numbers, as sentences without anyone's words; empty if they are sound.

    Reactions may have come and gone since, so a number is held between the least and the most that the totals allow;
    without reactions these are the same. A number that is not shown is no fault. Nothing can be said about a frozen
    summary.
    """
    if summary.frozen:
        return ()
    stored = {str(reply.id): reply for reply in replies}
    problems = [
        problem
        for number, point in enumerate(summary.points, 1)
        if point.views is not None
        for problem in _check_point(f"Point {number}", point, point.views, totals, stored)
    ]
    if summary.tapped is not None and summary.tapped != totals.people:
        problems.append(f"The summary says that {summary.tapped} people pressed, but the totals count {totals.people}.")
    return tuple(problems)


def _check_point(
    title: str, point: KeyPoint, shown: PointViews, totals: ViewTotals, stored: Mapping[str, Reply]
) -> Iterator[str]:
    made_of = find_statements(point, totals.statements)
    enough = [statement for statement in made_of if statement.others >= LEAST_PRESSES]
    if not enough:
        yield f"{title} shows presses, but the totals hold too few of them for it."
        return
    said = [stored[quote.message] for quote in point.quotes if not quote.private and quote.message in stored]
    people = frozenset(reply.person for reply in said)
    reacted = frozenset(name for reply in said for name in reply.endorsers) - people
    more = max(len(reacted), point.endorsements)
    least = max(len(people), *(len(people & statement.known) + statement.others for statement in enough))
    most = max(len(people) + more, *(_count_most(statement, people, more) for statement in enough))
    if not least <= shown.people <= most:
        counted = f"{least}" if least == most else f"{least} to {most}"
        yield f"{title} counts {shown.people} people with presses, but the totals give {counted}."
    elif not shown.at_least and not _may_be_exact(shown, made_of, people, more):
        yield f"{title} gives an exact number with presses where only a least one is known."
    if shown.differs and not any(statement.different >= LEAST_PRESSES for statement in made_of):
        yield f"{title} says that it differs, but too few pressed so."


def _count_most(statement: StatementTotal, people: frozenset[str], more: int) -> int:
    known = len(people & statement.known)
    return min(len(statement.known), known + more) + statement.others


def _may_be_exact(shown: PointViews, made_of: Sequence[StatementTotal], people: frozenset[str], more: int) -> bool:
    """Say whether all people of the point may be those of its only statement, each known when it was counted."""
    statement = made_of[0]
    is_same = people <= statement.known and len(statement.known) <= len(people) + more
    return len(made_of) == 1 and is_same and shown.people == len(statement.known) + statement.others
