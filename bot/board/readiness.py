"""What must be done before a board paper may be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.summaries import Summary
from bot.summaries.output.point_groups import is_checked
from bot.text.mentions import anonymise_ids
from bot.text.words import plural, shorten

NOT_YET = "You can’t make a board paper for this series yet. Please do this first:"
NOTHING = "This series has no published summary yet, so there’s nothing for a board. /summary draft starts one."
DRAFT_WAITS = "{name}: its draft still needs a review. Publish or discard it in the facilitators’ channel."
NOT_SETTLED = "{name}: {answers} “That’s not what I meant” not settled. See /summary objections."
LET_IN = "Read them with /prompt private, and let them in."
MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class PromptReadiness:
    """How far one prompt of the series is: ``summary`` is its newest published one, ``objections`` are unsettled.

    ``unread_private`` are private replies that no reviewer let in yet.
    """

    prompt: Prompt
    replies: int
    summary: Summary | None
    has_draft: bool
    objections: int
    unread_private: int = 0


def list_open_tasks(standings: Iterable[PromptReadiness]) -> tuple[str, ...]:
    """Say what a person must do, a line each; prompts without replies need nothing."""
    return tuple(line for standing in standings for line in _lines(standing))


def refuse_unfinished(standings: tuple[PromptReadiness, ...]) -> None:
    """Raise UserError, with a list, if something is left to do; or if there is nothing to tell."""
    lines = list_open_tasks(standings)
    if lines:
        more = [f"- And {len(lines) - MOST_TOLD} more."] if len(lines) > MOST_TOLD else []
        raise UserError("\n".join([NOT_YET, *(f"- {line}" for line in lines[:MOST_TOLD]), *more]))
    if not any(standing.summary is not None for standing in standings):
        raise UserError(NOTHING)


def _lines(standing: PromptReadiness) -> Iterator[str]:
    name = f"P{standing.prompt.id}, “{shorten(anonymise_ids(standing.prompt.wording.question), 80)}”"
    if standing.has_draft:
        yield DRAFT_WAITS.format(name=name)
    elif standing.summary is None and standing.replies:
        yield f"{name}: nobody has reviewed its replies. Start with /summary draft."
    if standing.unread_private:
        yield f"{name}: {_unread(standing.unread_private)}. {LET_IN}"
    unread = 0 if standing.summary is None or standing.has_draft else _count_unconfirmed(standing.summary)
    if unread:
        points = plural(unread, "point isn’t fully checked", "points aren’t fully checked")
        yield f"{name}: {points}. Make a new draft with /summary draft, check or drop them, and publish it."
    if standing.objections:
        answers = plural(standing.objections, "answer", "answers")
        yield NOT_SETTLED.format(name=name, answers=answers)


def _unread(replies: int) -> str:
    return plural(replies, "private reply that nobody has read", "private replies that nobody has read")


def _count_unconfirmed(summary: Summary) -> int:
    """Count the points of which somebody is not confirmed; of erased replies, nobody can confirm anything now."""
    return 0 if summary.frozen else sum(not is_checked(point) for point in summary.points)
