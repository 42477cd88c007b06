"""Sentences that the Word file and the page share."""

from __future__ import annotations

from collections.abc import Iterator

from bot.board.content import BoardPaper, BoardPicture
from bot.summaries.plain_text import NOT_QUOTED, count_of

CONFIRMED = "Each point is in somebody’s own words unless it says otherwise. People are counted once a point."
DIFFERING = "Their counts were found by the program and not confirmed person by person."
MORE_VOICES = "{more}, counted and not quoted."


def in_quotes(words: str) -> str:
    """Somebody's words in quotation marks; what stands for words that are not quoted stays bare."""
    return words if words == NOT_QUOTED else f"“{words}”"


def confirming(paper: BoardPaper) -> str:
    """What the counts of points mean, and what was left out for lack of a confirmation."""
    return " ".join(part for part in (CONFIRMED, paper.check_note) if part)


def left_out_note(paper: BoardPaper) -> Iterator[tuple[str, int]]:
    """What was left out, by reason, as rows of the table."""
    return ((f"Left out: {reason}", count) for reason, count in paper.left_out)


def differing_note(paper: BoardPaper) -> str:
    """What the counts of disagreements mean."""
    count = sum(len(part.disputes) for part in paper.parts)
    return f"{count_of(count, 'disagreement', 'disagreements')}. {DIFFERING}"


def voices_note(paper: BoardPaper) -> str:
    """How many single voices are not quoted; empty where all are."""
    hidden = paper.voices_unquoted
    return MORE_VOICES.format(more=f"{hidden} more") if hidden else ""


def outcome_note(paper: BoardPaper) -> str:
    """How many of the points have an answer."""
    points, open_ones = len(paper.points), len(paper.unanswered)
    return f"{points - open_ones} of {count_of(points, 'point', 'points')} have an answer."


def asked(paper: BoardPaper) -> str:
    """What is asked of the board beside the ask: an answer to each point that has none."""
    names = ", ".join(str(point.ref) for point in paper.unanswered)
    return f"We ask the board to answer these points: {names}." if names else ""


def shortened_note(paper: BoardPaper) -> str:
    """What stands in the tables alone."""
    told = ", ".join(f"{count} more {what}" for what, count in paper.shortened)
    return f"Only in the tables, for lack of room: {told}." if told else ""


def picture_id(picture: BoardPicture) -> str:
    """A title of a picture."""
    return picture.caption[:100]
