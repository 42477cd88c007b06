"""Sentences that the Word file and the page share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.board.document import NO_ANSWER, NOT_A_SURVEY, BoardDispute, BoardPaper, BoardPart, BoardPoint
from bot.summaries.output.counts import COUNTED_ON
from bot.summaries.output.plain_text import NOT_QUOTED, UNQUOTED_POINT
from bot.text.quotes import mark_facilitators, nest_quotes, quote
from bot.text.words import human_join, plural, say_none_answered

ASKED, SAID, SPLIT = "What we asked, and who took part", "What staff said", "Where opinion is split"
ANSWERED, REQUEST, METHOD = "What has been answered", "What we ask of the board", "Method and limits"
ANNEX, QUESTIONS, POINTS = "Annex", "The questions", "All points, and where each comes from"
RAISED, REPLIES, AGAIN = "Raised by one person each", "The replies", "What staff said when we asked again"
EARLIER, MORE_SPLIT = "Answers to other points", "Where opinion is split as well"
CONFIRMED = "Each person counts once for a point. Quotes are from people who agreed to be quoted."
COUNTED_APART = "Counted when each question was summed up: the annex has the dates."
NO_POINTS = "No point that two or more people raised has been checked."
DIFFERING = "A program counted the people on each side, by replies alone. Nobody checked them one by one."
NO_OUTCOME = "Nothing has been answered yet."
COPY = "This file is a copy: it doesn’t change when someone deletes a reply. Delete it when you no longer need it."
REFERENCES = (
    "Each point has a reference, such as {ref}, which it keeps. To check a point, ask the author: with its reference, "
    "the bot shows how the people were counted, and leads to their replies. Whoever runs the bot can have it compare "
    "every quote and count with the stored replies. The tables that come with this paper have all its data."
)
UNWORDED = "{points} not in this paper, because nobody who raised {it} agreed to be quoted."
UNCHECKED = "not checked by a facilitator"
MOST_NAMED = 30


def number_sections(paper: BoardPaper) -> dict[str, str]:
    """Return the headings of the body's sections with their numbers, by their names here."""
    names = [ASKED, SAID, *([SPLIT] if paper.disputes else []), *([ANSWERED] if paper.answered else []), REQUEST]
    return {name: f"{number}. {name}" for number, name in enumerate(names, 1)}


def counted_note(paper: BoardPaper) -> str:
    """Say whom the counts count, and on which day; or that there are none."""
    if not paper.themes:
        return NO_POINTS
    days = {part.summed_up_on for part in paper.parts if part.summed_up_on}
    when = COUNTED_ON.format(date=days.pop()) if len(days) == 1 else COUNTED_APART if days else ""
    return f"{CONFIRMED} {when}".rstrip()


def quote_words(words: str) -> str:
    """Return somebody's words in quotation marks, or say that they may not be quoted."""
    return UNQUOTED_POINT if words == NOT_QUOTED else quote(words)


def name_point(point: BoardPoint) -> str:
    """Return a point's heading as it is written: a quotation, or a facilitator's words."""
    if point.is_quote:
        return quote_words(point.heading)
    return mark_facilitators(point.heading) if point.by_facilitator else point.shown_heading


def asked_note(paper: BoardPaper) -> str:
    """Say how many questions were asked, about what and when."""
    asked = f"we asked staff {plural(len(paper.parts), 'question')}"
    about = f" about this report: {quote(paper.report)}" if paper.report else ""
    return f"From {paper.dates} {asked}{about}." if paper.dates else f"{asked[0].upper()}{asked[1:]}{about}."


def side_lines(dispute: BoardDispute) -> Iterator[tuple[str, str]]:
    """Return both sides of a disagreement: who says it, and their words, or a facilitator's."""
    for name, side in zip(("Some say", "Others say"), dispute.sides, strict=True):
        if dispute.by_facilitator:
            yield name, nest_quotes(side.quotes[0])
        else:
            yield f"{name} ({side.who})", " ".join(map(quote_words, side.quotes))


def dispute_heading(dispute: BoardDispute) -> str:
    """Name what divides people; the question, if no words of it may be quoted."""
    if dispute.by_facilitator:
        return mark_facilitators(dispute.statement)
    matter = dispute.question if dispute.statement == NOT_QUOTED else quote_words(dispute.statement)
    return f"{matter} ({UNCHECKED})"


def split_note(paper: BoardPaper) -> str:
    """Say what the counts of the sides mean; empty if no side has one."""
    return DIFFERING if any(not dispute.by_facilitator for dispute in paper.disputes) else ""


def states_note(paper: BoardPaper) -> str:
    """Say how many of the points have which answer; empty where outcomes are no part of the paper."""
    total, left = sum(count for _, count in paper.states), dict(paper.states).get(NO_ANSWER, 0)
    if left == total:
        return say_none_answered(total) if total else ""
    told = human_join([f"{count} {state.lower()}" for state, count in paper.states if state != NO_ANSWER])
    if not left:
        return f"{'The point has' if total == 1 else f'All {total} points have'} an answer: {told}."
    answered = total - left
    return (
        f"{answered} of the {total} points {'has' if answered == 1 else 'have'} an answer: {told}. "
        f"{left} {'has' if left == 1 else 'have'} none yet."
    )


def name_numbers(numbers: Sequence[int]) -> str:
    """Name points by their numbers: "Point 2", "Points 1, 3 and 4"."""
    shown = [str(number) for number in numbers[:MOST_NAMED]]
    shown += [f"{len(numbers) - MOST_NAMED} more"] if len(numbers) > MOST_NAMED else []
    return f"{'Point' if len(numbers) == 1 else 'Points'} {human_join(shown)}"


def open_note(paper: BoardPaper) -> str:
    """Say which points have no answer yet; empty if all have one, if none has, or if none was asked for."""
    if not paper.answered or not paper.answers or not paper.open_numbers:
        return ""
    verb = "has" if len(paper.open_numbers) == 1 else "have"
    return f"{name_numbers(paper.open_numbers)} {verb} no answer yet."


def method_notes(paper: BoardPaper) -> Iterator[str]:
    """Return the paragraphs of the box: how the paper was made, what it cannot say, and what is not in it."""
    yield paper.method
    limits = [NOT_A_SURVEY]
    if paper.unworded:
        points = plural(paper.unworded, "more point is", "more points are")
        limits.append(UNWORDED.format(points=points, it="it" if paper.unworded == 1 else "them"))
    if paper.shortened:
        told = [plural(count, f"more {what}", f"more {what.label}") for what, count in paper.shortened]
        limits.append(f"The annex has {human_join(told)}.")
    yield " ".join(limits)


def references_note(paper: BoardPaper) -> str:
    """Say what the references are for."""
    first = next((point.ref for _, point in paper.numbered), None)
    return REFERENCES.format(ref=first if first is not None else "P12-3")


def check_notes(paper: BoardPaper) -> tuple[str, ...]:
    """Say what staff were asked in checks, and what they said about points that only the annex has."""
    told = " ".join(f"Point {number}: {str(check)[0].lower()}{str(check)[1:]}" for number, check in paper.annex_checks)
    return tuple(note for note in (paper.check_note, told) if note)


def annex_lists(paper: BoardPaper) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the lists of the annex with their headings: single voices, checks, and answers to earlier points."""
    lists = (
        (RAISED, tuple(f"Question {part.number}: {quote_words(voice)}" for part, voice in paper.voices)),
        (AGAIN, check_notes(paper)),
        (EARLIER, tuple(f"{ref}: {told}" for ref, told in paper.earlier)),
    )
    return ((heading, lines) for heading, lines in lists if lines)


def passage(part: BoardPart) -> str:
    """Return the passage and where it is from; in quotation marks where it is the report's own words."""
    said = f"In our words: {part.passage}" if part.own_words else quote(part.passage)
    return f"{said} ({part.source})" if part.source else said


def reply_rows(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """Return how many replies were used and left out, as labels with numbers."""
    left = ((f"Left out: {reason}", count) for reason, count in paper.left_out)
    return tuple((label, f"{count:,}") for label, count in (*paper.counts, *left))


def copy_line(paper: BoardPaper) -> str:
    """Say when the paper was made, and that it is a copy."""
    return f"Made on {paper.made_on}. {COPY}"
