"""A summary's file as Markdown: the same as the page says, with the people's words escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.summaries.disclosure.staff_groups import TITLE, describe_table, list_rows
from bot.summaries.output.alt_text import days_in_words
from bot.summaries.output.counts import BESIDE, CHECKED, NOT_A_SURVEY, PROPOSED
from bot.summaries.output.document import CitedQuote, Paper, PaperDispute, PaperPoint
from bot.summaries.output.plain_text import UNQUOTED
from bot.text.markdown import escape_staff_words
from bot.text.words import plural

METHOD = (
    "A program chose these words from the replies. It wrote none of them. Every quote is word for word from a reply. "
    "Only line breaks and Discord’s links and numbers were taken out, and quotation marks inside it are single ones. "
    "Every count is of different people. If the program thinks words may be about the same thing, it says so, and "
    "counts nobody for it."
)
DIFFER, ASKED = "Where people differ", "What people asked"
NOTHING_SHARED, NOTHING_CHECKED = (
    "No two people raised the same thing.",
    ("Nothing that two people raised has been checked."),
)
COPY = "This file is a copy: it doesn’t change when someone deletes a reply."


def render_summary_markdown(paper: Paper) -> str:
    """Return the whole file as text. Quotes have numbers that name them in the list at its end."""
    parts = [
        f"# {escape_staff_words(paper.question) or 'What people said'}",
        " ".join(part for part in (paper.span, paper.made) if part),
        f"**{paper.checking}**",
        "## The passage we posted",
        escape_staff_words(paper.passage),
        *([f"Source: {escape_staff_words(paper.source)}"] if paper.source else []),
        "## Who took part",
        paper.turnout,
        _table(paper),
        *([paper.balance] if paper.balance else []),
        *_not_quoted(paper),
        *_staff(paper),
        *([days_in_words(paper.days)] if paper.days else []),
        *_points(paper),
        *_lists(paper),
        f"## How this was made\n\n{METHOD} Similar replies were found with {escape_staff_words(paper.vectors)}.",
        *_quotes(paper),
        COPY,
    ]
    return "\n\n".join(parts) + "\n"


def _table(paper: Paper) -> str:
    rows = [*paper.counts, *((f"Left out: {escape_staff_words(reason)}", count) for reason, count in paper.left_out)]
    return "\n".join(["| What | How many |", "| --- | ---: |", *(f"| {label} | {count} |" for label, count in rows)])


def _not_quoted(paper: Paper) -> Iterator[str]:
    if paper.not_quoted:
        yield f"{plural(paper.not_quoted, 'reply is', 'replies are')} {UNQUOTED}"


def _staff(paper: Paper) -> Iterator[str]:
    if paper.staff is not None:
        rows = "\n".join(f"| {group} | {count} |" for group, count in list_rows(paper.staff))
        yield f"## {TITLE}"
        yield describe_table(paper.staff)
        yield f"| Staff group | People |\n| --- | ---: |\n{rows}"


def _points(paper: Paper) -> Iterator[str]:
    for title, points in paper.groups:
        yield f"## {title}"
        for point in points:
            yield f"### {point.number}. {_heading(point)}"
            yield from _about(point)
        if any(point.pressed for point in points):
            yield NOT_A_SURVEY
    if not paper.groups:
        yield NOTHING_CHECKED if paper.board else NOTHING_SHARED


def _lists(paper: Paper) -> Iterator[str]:
    if paper.disputes:
        yield f"## {DIFFER}"
        yield from filter(None, [paper.unchecked_note])
        for dispute in paper.disputes:
            yield from _dispute(dispute)
    if paper.single or paper.single_hidden:
        yield f"## {paper.single_title}"
        yield from filter(None, [paper.single_note])
        yield "\n".join([*map(_single, paper.single), *_more(paper.single_hidden)])
    if paper.questions or paper.questions_hidden:
        asked = (f"- “{escape_staff_words(quote.text)}” {_numbers([quote])}" for quote in paper.questions)
        yield f"## {ASKED}"
        yield from filter(None, [paper.unchecked_note])
        yield "\n".join([*asked, *_more(paper.questions_hidden)])


def _more(hidden: int) -> Iterator[str]:
    if hidden:
        yield f"- {hidden} more, not quoted"


def _heading(point: PaperPoint) -> str:
    if point.by_facilitator:
        return f"{escape_staff_words(point.heading)} (facilitator’s words)"
    return f"“{escape_staff_words(point.heading)}”" if point.is_quote else point.shown_heading


def _about(point: PaperPoint) -> Iterator[str]:
    yield " ".join([point.who, *([CHECKED] if point.checked else [])])
    yield from _format_quotes(point.shown)
    yield from _rest("In other people’s words:", point.more)
    yield from _beside(point)
    yield from _rest(PROPOSED, point.proposed)
    if point.hidden:
        yield f"The words of {plural(point.hidden, 'person', 'people')} are counted but not shown."
    if point.not_quoted:
        yield point.not_quoted
    if point.note:
        yield f"Facilitator’s note: {escape_staff_words(point.note)}"


def _beside(point: PaperPoint) -> Iterator[str]:
    if point.group:
        said = (f"- “{escape_staff_words(quote.text)}” {_numbers([quote])}" for quote in point.group)
        yield "\n".join([BESIDE, "", *said])


def _single(point: PaperPoint) -> str:
    said = [_heading(point), _numbers(point.shown), CHECKED if point.checked else ""]
    said += [f"Facilitator’s note: {escape_staff_words(point.note)}" if point.note else ""]
    said += [f"{PROPOSED} {_numbers(point.proposed)}" if point.proposed else ""]
    lines = [f"- {point.number}\\. {' '.join(part for part in said if part)}"]
    if point.group:
        lines.append(f"  - {BESIDE}")
        lines += [f"    - “{escape_staff_words(quote.text)}” {_numbers([quote])}" for quote in point.group]
    return "\n".join(lines)


def _dispute(dispute: PaperDispute) -> Iterator[str]:
    yield f"### “{escape_staff_words(dispute.statement)}”" if dispute.is_quote else f"### {dispute.statement}"
    for side in dispute.sides:
        yield f"{side.name}, {side.who}:"
        yield from _format_quotes(side.shown)
        yield from _rest("In other people’s words:", side.more)
        if side.not_quoted:
            yield side.not_quoted
    if dispute.common:
        yield "What both sides say:"
        yield from _format_quotes(dispute.common)


def _quotes(paper: Paper) -> Iterator[str]:
    if paper.quotes:
        yield "## All quotes"
        yield "\n".join(f"- \\[{quote.number}\\] “{escape_staff_words(quote.text)}”" for quote in paper.quotes)


def _format_quotes(quotes: Iterable[CitedQuote]) -> Iterator[str]:
    return (f"> “{escape_staff_words(quote.text)}” {_numbers([quote])}" for quote in quotes)


def _rest(label: str, quotes: Sequence[CitedQuote]) -> Iterator[str]:
    if quotes:
        yield f"{label} {_numbers(quotes)}"


def _numbers(quotes: Iterable[CitedQuote]) -> str:
    return " ".join(f"\\[{quote.number}\\]" for quote in quotes)
