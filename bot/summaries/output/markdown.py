"""A summary's file as Markdown: the same as the page says, with the people's words escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.summaries.disclosure.staff_groups import TITLE, describe_table, list_rows
from bot.summaries.output.alt_text import days_in_words
from bot.summaries.output.document import CitedQuote, Paper, PaperDispute, PaperPoint
from bot.summaries.output.plain_text import UNQUOTED
from bot.text.markdown import escape_staff_words
from bot.text.words import plural

METHOD = (
    "A program chose these words from the replies. It wrote none of them. It judges by the words alone, so it can be "
    "wrong about who agrees with whom. Every quote stands word for word in a reply, apart from line breaks, and from "
    "Discord’s links and numbers, which were taken out. Every count is of different people."
)
COPY = "This file is a copy. When somebody takes a reply back, it does not change."


def render_summary_markdown(paper: Paper) -> str:
    """Return the whole file as text. Quotes have numbers that name them in the list at its end."""
    parts = [
        f"# {escape_staff_words(paper.question) or 'What people said'}",
        " ".join(part for part in (paper.span, f"Made on {paper.made_on}.") if part),
        f"**{paper.checking}**",
        "## The passage that was posted",
        escape_staff_words(paper.passage),
        *([f"Source: {escape_staff_words(paper.source)}"] if paper.source else []),
        "## What was read",
        _table(paper),
        *([paper.balance] if paper.balance else []),
        *_not_quoted(paper),
        *_staff(paper),
        *([_days(paper)] if paper.days else []),
        *_points(paper),
        *_lists(paper),
        f"## How this was made\n\n{METHOD} What is alike was measured with {escape_staff_words(paper.vectors)}.",
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


def _days(paper: Paper) -> str:
    words = days_in_words(paper.days).removeprefix("Second, ")
    return f"{words[0].upper()}{words[1:]}"


def _points(paper: Paper) -> Iterator[str]:
    for title, points in paper.groups:
        yield f"## {title}"
        for point in points:
            yield f"### {point.number}. {_heading(point)}"
            yield from _about(point, paper.board)
    if not paper.groups:
        yield f"No point was {'confirmed for' if paper.board else 'raised by'} more than one person."


def _lists(paper: Paper) -> Iterator[str]:
    if paper.disputes:
        yield "## Where people differ"
        for dispute in paper.disputes:
            yield from _dispute(dispute)
    if paper.single or paper.single_hidden:
        yield f"## {paper.single_title}"
        yield "\n".join([*map(_single, paper.single), *_more(paper.single_hidden)])
    if paper.questions or paper.questions_hidden:
        asked = (f"- “{escape_staff_words(quote.text)}” {_numbers([quote])}" for quote in paper.questions)
        yield "## Questions that people asked"
        yield "\n".join([*asked, *_more(paper.questions_hidden)])


def _more(hidden: int) -> Iterator[str]:
    if hidden:
        yield f"- {hidden} more, counted and not quoted"


def _heading(point: PaperPoint) -> str:
    if point.by_facilitator:
        return f"{escape_staff_words(point.heading)} (facilitator’s words)"
    return f"“{escape_staff_words(point.heading)}”" if point.is_quote else point.heading


def _about(point: PaperPoint, board: bool) -> Iterator[str]:
    yield ". ".join(_format_supporters(point, board)) + "."
    yield from _format_quotes(point.shown)
    yield from _rest("In other people’s words:", point.more)
    yield from _rest("Possibly so:", point.possible)
    if point.hidden:
        yield f"The words of {plural(point.hidden, 'person', 'people')} are counted and not shown."
    if point.not_quoted:
        yield point.not_quoted
    if point.note:
        yield f"Facilitator’s note: {escape_staff_words(point.note)}"


def _format_supporters(point: PaperPoint, board: bool) -> Iterator[str]:
    if board:
        yield f"{point.who} confirmed"
    else:
        yield f"{point.who} clearly {'says' if point.is_one else 'say'} so"
        if point.checked:
            yield point.checked
    if point.possible_people:
        yield f"{point.possible_people} more possibly"
    if point.possible_private:
        yield f"{plural(point.possible_private, 'private reply', 'private replies')} possibly"
    if point.endorsements:
        yield f"{plural(point.endorsements, 'person', 'people')} reacted with agreement"
    if point.toward:
        yield point.toward


def _single(point: PaperPoint) -> str:
    is_confirmed = point.confirmed or point.confirmed_private
    said = [_heading(point), _numbers(point.shown), "(confirmed)" if is_confirmed else "", point.toward]
    said += [f"Facilitator’s note: {escape_staff_words(point.note)}" if point.note else ""]
    said += [f"Possibly so: {_numbers(point.possible)}" if point.possible else ""]
    return f"- {point.number}\\. {' '.join(part for part in said if part)}"


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
