"""What a reference of a board paper leads to: the point, its counts, and links to the messages behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from discord import ui

from bot.board.references import find_point
from bot.models.outcomes import PointRef
from bot.models.summaries import KeyPoint
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.counts import NOT_A_SURVEY, format_count, format_same_here
from bot.summaries.review.publication import describe_checking
from cogs.summaries.texts import format_statement
from cogs.ui.cards import card, sections

MOST_LINKS = 20
LONGEST_HEADING = 300
NOT_CHECKABLE = "Its replies were erased at the end of their time, so we can no longer check it."


def point_card(ref: PointRef, record: Record, links: Mapping[str, str]) -> ui.LayoutView:
    """Show a point. ``links`` are the addresses of its prompt's messages, by the ids that quotes use."""
    point = find_point(record.summary, ref)
    head = f"## {ref}\n{format_statement(point, LONGEST_HEADING)}"
    shown = [links[message] for message in _list_confirmed_messages(point) if message in links]
    return card(*sections([head], ["\n".join(_lines(point, record))], [_links_line(shown)]))


def _lines(point: KeyPoint, record: Record) -> Iterator[str]:
    yield f"{format_count(point)} {describe_checking([point])}"
    if ways := format_same_here(point):
        yield ways
    if point.views is not None:
        yield NOT_A_SURVEY
    if record.date:
        yield f"From the summary of {record.date}."
    if record.summary.frozen:
        yield NOT_CHECKABLE


def _list_confirmed_messages(point: KeyPoint) -> Iterator[str]:
    """Yield the messages of the thread that may be shown: those of confirmed people."""
    confirmed = frozenset(point.review.confirmed) if point.review is not None else frozenset()
    return (quote.message for quote in point.quotes if quote.message in confirmed and not quote.private)


def _links_line(links: list[str]) -> str:
    if not links:
        return "None of its messages can be opened now."
    more = f"\nAnd {len(links) - MOST_LINKS} more." if len(links) > MOST_LINKS else ""
    numbered = " ".join(f"[{number}]({link})" for number, link in enumerate(links[:MOST_LINKS], 1))
    return f"Messages from the people we checked: {numbered}{more}"
