"""What an organiser typed, read as an outcome of points."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.errors import UserError
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.outcomes.owners import check_owner
from bot.text.dates import parse_date

MOST_POINTS = 25
NO_DATE = "none"
NO_POINT = "Choose a point from the list, or type names of points such as P12-1, P12-3."
NO_REASON = "Say why it isn’t possible: give the reason."
NO_WORDS = "Say what is done, or what will be, in plain words."
_REF = re.compile(r"P(\d{1,18})-([a-z]*\d{1,6}n?)", re.ASCII | re.IGNORECASE)


def read_refs(typed: str) -> tuple[PointRef, ...]:
    """Return the points that are named, with commas or spaces between them, each once. Raises UserError."""
    words = typed.replace(",", " ").replace(";", " ").split()
    matches = [_REF.fullmatch(word) for word in words]
    refs = dict.fromkeys(PointRef(int(match[1]), match[2].lower()) for match in matches if match is not None)
    if not matches or None in matches:
        raise UserError(NO_POINT)
    if len(refs) > MOST_POINTS:
        raise UserError(f"One outcome can answer at most {MOST_POINTS} points.")
    return tuple(refs)


def read_decision(
    before: Decision | None,
    *,
    state: str | None = None,
    what: str | None = None,
    reason: str | None = None,
    owner: str | None = None,
    due: str | None = None,
) -> Decision:
    """Return what is decided, from what was typed.

    What is None stays as before. "none" as ``due`` takes the day away.

    Raises UserError if the words, or the reason of what is not possible, are missing, or a date cannot be read.
    """
    old = before or Decision(OutcomeState.NOT_YET, "")
    new = Decision(
        state=old.state if state is None else OutcomeState(state),
        what=old.what if what is None else what.strip(),
        reason=old.reason if reason is None else reason.strip(),
        owner=old.owner if owner is None else check_owner(owner),
        due=old.due if due is None else None if due.strip().casefold() == NO_DATE else parse_date(due),
    )
    if not new.what:
        raise UserError(NO_WORDS)
    if new.state is not OutcomeState.NOT_POSSIBLE:
        return replace(new, reason="")
    if not new.reason:
        raise UserError(NO_REASON)
    return new
