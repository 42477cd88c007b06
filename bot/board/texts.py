"""Sentences that the Word file and the page share."""

from __future__ import annotations

from collections.abc import Iterator

from bot.board.document import BoardDispute, BoardPaper, BoardPart
from bot.checks.texts import format_same
from bot.summaries.output.counts import NOT_A_SURVEY
from bot.summaries.output.plain_text import NOT_QUOTED, UNQUOTED_POINT
from bot.text.words import plural

PRESSES_NOTE = NOT_A_SURVEY
CONFIRMED = "Quotes are from people who agreed to be quoted. Each person counts once for a point."
DIFFERING = "A program counted the people on each side. Nobody checked them one by one."
MOST_NAMED = 30
BRIEF = "Other questions asked"
AGAIN = "What staff said when we asked again"
NO_POINTS = "Nothing that two people raised was checked."
RAISED = "Also raised"
MORE_VOICES = "{more}, not quoted."


def quote_words(words: str) -> str:
    """Return somebody's words in quotation marks, or say that they may not be quoted."""
    return UNQUOTED_POINT if words == NOT_QUOTED else f"“{words}”"


def left_out_note(paper: BoardPaper) -> Iterator[tuple[str, int]]:
    """Say what was left out, by reason, as rows of the table."""
    return ((f"Left out: {reason}", count) for reason, count in paper.left_out)


def differing_note(paper: BoardPaper) -> str:
    """Say what the counts of disagreements mean."""
    count = sum(len(part.disputes) for part in paper.parts)
    return f"{plural(count, 'disagreement', 'disagreements')}. {DIFFERING}"


def voices_note(paper: BoardPaper) -> str:
    """Say how many single voices are not quoted; empty where all are."""
    hidden = paper.voices_unquoted
    return MORE_VOICES.format(more=f"{hidden} more") if hidden else ""


def outcome_note(paper: BoardPaper) -> str:
    """Say how many of all points have which answer."""
    told = ", ".join(f"{count} {state.lower()}" for state, count in paper.answers)
    return f"Of {plural(sum(count for _, count in paper.answers), 'point', 'points')}: {told}." if told else ""


def earlier_lines(paper: BoardPaper) -> Iterator[str]:
    """Return the answers to points of summaries that a newer one replaced."""
    return (f"To {ref}, a point of an earlier summary: {told}" for ref, told in paper.earlier)


def format_request(paper: BoardPaper) -> str:
    """Say what is asked of the board beside the ask: an answer to each point that has none."""
    if not paper.answered or not paper.open_refs:
        return ""
    names = ", ".join(map(str, paper.open_refs[:MOST_NAMED]))
    more = f" and {len(paper.open_refs) - MOST_NAMED} more in the tables" if len(paper.open_refs) > MOST_NAMED else ""
    return f"We ask the board to answer these points: {names}{more}."


def check_notes(paper: BoardPaper) -> tuple[str, ...]:
    """Say what was put to staff again, and what they said of points that are not shown here."""
    others = [f"{ref}: {format_same(check.same, differs=check.differs)}" for ref, check in paper.unshown_checks]
    told = " ".join(("Of other points:", *others)) if others else ""
    return tuple(note for note in (paper.check_note, told) if note)


def put_to_staff(part: BoardPart) -> str:
    """Say what comes before a passage: when it was posted, who answered, and whose words it is in."""
    whose = "In our words, based on the report" if part.own_words else "From the report"
    return f"{part.posted_on}; {part.who}. {whose}:"


def passage(part: BoardPart) -> str:
    """Return the passage, in quotation marks where it is the report's own words."""
    return part.passage if part.own_words else f"“{part.passage}”"


def brief_line(part: BoardPart) -> str:
    """Return a question of which there is room for no more."""
    return f"Question {part.number}: {part.question} ({part.posted_on}; {part.who})"


def dispute_title(part: BoardPart, dispute: BoardDispute) -> str:
    """Say what heads a disagreement on the page."""
    if dispute.statement == NOT_QUOTED:
        return f"Question {part.number}, what people say on each side"
    return f"{quote_words(dispute.statement)} (question {part.number})"


def dispute_lines(part: BoardPart, dispute: BoardDispute) -> Iterator[str]:
    """Return a disagreement, a line for each side.

    What is disputed comes first where no side says it in the same words.
    """
    first = next(iter(dispute.sides[0].quotes), "")
    if dispute.statement != NOT_QUOTED and dispute.statement.rstrip(".!") != first.rstrip(".!"):
        yield f"Question {part.number}: {quote_words(dispute.statement)}"
    for name, side in zip(("one side", "the other side"), dispute.sides, strict=True):
        words = " ".join(quote_words(quote) for quote in side.quotes)
        yield f"Question {part.number}, {name}, {side.who}: {words}"


def voice_line(part: BoardPart, voice: str) -> str:
    """Say what one person raised."""
    return f"Question {part.number}: {quote_words(voice)}"


def shortened_note(paper: BoardPaper) -> str:
    """Say what stands in the tables alone."""
    told = ", ".join(plural(count, f"more {what}", f"more {what.label}") for what, count in paper.shortened)
    return f"Only in the tables, as there is no room here: {told}." if told else ""
