"""How points and their outcomes are told; everybody's words are escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from discord import ui

from bot.models.outcomes import Decided, Outcome, OutcomeChange, OutcomeState, PointRef
from bot.models.summaries import KeyPoint
from bot.outcomes.points import Answered, is_overdue
from bot.prompts.texts import one_line
from bot.summaries.output.point_groups import ERASED, is_verbatim, point_heading
from bot.text.dates import closing_date_text, date_text
from bot.text.escape import escape, shorten
from bot.text.words import plural
from cogs.summaries.texts import counted
from cogs.ui.cards import card
from cogs.ui.limits import units
from cogs.ui.parts import custom_id

STATES = {
    OutcomeState.DONE: "Done",
    OutcomeState.DOING: "We are doing it",
    OutcomeState.NOT_YET: "Not yet",
    OutcomeState.NOT_POSSIBLE: "Not possible",
}
HEADING = 120
PAGE = 3_600
"""Characters of a page, so that its title and its buttons fit beside it."""

NO_ANSWER = "No answer yet."
OVERDUE = "Its day is past."


def heading_of(point: KeyPoint | None) -> str:
    """A point's heading as one escaped line; where deletions took it, that they did."""
    if point is None:
        return ERASED
    words = escape(shorten(one_line(point_heading(point)), HEADING))
    return f"“{words}”" if is_verbatim(point) else words


def told_decided(decided: Decided, *, overdue: bool = False) -> str:
    """What was decided, in up to three lines."""
    lines = [f"{STATES[decided.state]}: {escape(one_line(decided.what))}"]
    if decided.reason:
        lines.append(f"Because: {escape(one_line(decided.reason))}")
    parts = [f"Owner: {escape(decided.owner)}."] if decided.owner else []
    parts += [f"Due: {date_text(decided.due)}."] if decided.due else []
    parts += [OVERDUE] if overdue else []
    return "\n".join([*lines, *([" ".join(parts)] if parts else [])])


def told_outcome(outcome: Outcome, points: Mapping[PointRef, KeyPoint | None], zone: str, *, most: int = 25) -> str:
    """An outcome for everybody: what staff said, and what is done about it, with its dates."""
    said = [f"- {heading_of(point)} ({ref})" for ref, point in sorted(points.items())]
    more = [f"- and {plural(len(said) - most, 'more point')}"] if len(said) > most else []
    date_line = f"-# Given on {closing_date_text(outcome.made_at, zone)}."
    if outcome.changed_at is not None:
        date_line = f"{date_line[:-1]}, changed on {closing_date_text(outcome.changed_at, zone)}."
    return "\n".join(["## You said", *said[:most], *more, "## We did", told_decided(outcome.decided), date_line])


def outcome_view(outcome: Outcome, points: Mapping[PointRef, KeyPoint | None], zone: str) -> ui.LayoutView:
    """The message in a thread; its button also tells after a crash that it was sent."""
    texts = (told_outcome(outcome, points, zone, most=most) for most in range(25, -1, -1))
    text = next(text for text in texts if units(text) <= 3_900)
    button: ui.Button[ui.LayoutView] = ui.Button(
        label="How it changed", custom_id=custom_id("outcome-past", outcome.id)
    )
    return card(text, ui.ActionRow(button))


def told_past(changes: Sequence[OutcomeChange], zone: str) -> Iterator[str]:
    """Every state of an outcome with its date, the newest first; who set it is not said."""
    for change in reversed(changes):
        yield f"### {closing_date_text(change.at, zone)}\n{told_decided(change.decided)}"


def told_point(row: Answered, today: date, zone: str) -> str:
    """A point of the card: who said it, and its answer."""
    people = f", {counted(row.point.people, row.point.private)}" if row.point is not None else ""
    lines = [f"### {heading_of(row.point)}", f"{row.ref}{people}"]
    if row.outcome is None:
        return "\n".join([*lines, NO_ANSWER])
    when = row.outcome.changed_at or row.outcome.made_at
    told = told_decided(row.outcome.decided, overdue=is_overdue(row.outcome, today))
    return "\n".join([*lines, told, f"-# {closing_date_text(when, zone)}"])


def pages_of(entries: Iterable[str], most: int = PAGE) -> list[str]:
    """Entries put together into pages of a message each; there is always one page."""
    pages: list[str] = []
    for entry in entries:
        if pages and units(pages[-1]) + units(entry) + 1 <= most:
            pages[-1] += f"\n{entry}"
        else:
            pages.append(entry)
    return pages or [""]
