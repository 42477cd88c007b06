"""A whole summary as plain text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.models.summaries import Disagreement, KeyPoint, Quote, Side, Summary
from bot.summaries.output.counts import (
    ALSO_RAISED,
    BESIDE,
    NOT_A_SURVEY,
    format_count,
    format_tapped,
    format_turnout,
    has_presses,
    says_something,
)
from bot.summaries.output.plain_text import NOT_CHECKED, format_coverage, format_supporters, format_unquoted
from bot.summaries.output.point_groups import Numbered, find_single_points, group_points
from bot.text.clean import strip_harmful
from bot.text.quotes import quote
from bot.text.words import plural

_QUOTES_SHOWN = 2


def render_terminal(summary: Summary, wrote: int = 0) -> str:
    """Return the whole summary, ending in the line that nobody has checked it.

    ``wrote`` counts the people who replied, 0 if nobody knows.
    """
    parts = [_head(summary, wrote), *_shared(summary)]
    if summary.disagreements:
        parts.append("Where people differ\n" + "\n\n".join(map(_disagreement, summary.disagreements)))
    if single := find_single_points(summary):
        parts.append("\n".join([ALSO_RAISED, *(line for number, point in single for line in _single(number, point))]))
    if summary.questions:
        asked = "\n".join(f"  - {_quote(question.text)}" for question in summary.questions)
        parts.append(f"What people asked\n{asked}")
    if summary.lines:
        parts.append("In short\n" + "\n".join(f"  {_quote(line.text)}" for line in summary.lines))
    parts.append(f"This summary was {NOT_CHECKED}.")
    return "\n\n".join(parts)


def _quote(words: str) -> str:
    return quote(strip_harmful(words))


def _head(summary: Summary, wrote: int) -> str:
    told = summary.balance
    took_part = format_turnout(summary.coverage.people, wrote), format_tapped(summary.tapped), format_coverage(summary)
    lines = [" ".join(filter(None, took_part))]
    if told is not None:
        lines.append(f"The most active tenth of {told.people} people wrote {told.percent} percent of the words.")
    if summary.vectors != "TF-IDF":
        lines.append(f"Similar replies were found with {strip_harmful(summary.vectors)}.")
    return "\n".join(lines)


def _shared(summary: Summary) -> Iterator[str]:
    for kind, points in group_points(summary):
        yield _group(kind.label, points)
    if has_presses(summary.points):
        yield NOT_A_SURVEY
    if not summary.points:
        yield "No key points were found."


def _group(title: str, points: Numbered) -> str:
    return f"{title}\n" + "\n\n".join(_point(number, point) for number, point in points)


def _point(number: int, point: KeyPoint) -> str:
    lines = [f"  {number}. {_quote(point.statement)}", f"     {format_count(point)}"]
    unquoted = format_unquoted(len(point.counted))
    telling = tuple(quote for quote in point.quotes if says_something(quote))
    return "\n".join([*lines, *_quotes(telling), *([f"     {unquoted}"] if unquoted else []), *_beside(point)])


def _single(number: int, point: KeyPoint) -> Iterator[str]:
    """Return what one person raised as a line, and what may be about the same thing below it."""
    yield f"  {number}. {_quote(point.statement)}"
    yield from _beside(point)


def _beside(point: KeyPoint) -> Iterator[str]:
    if point.group:
        yield f"     {BESIDE}"
        yield from (f"     - {_quote(quote.text)}" for quote in point.group)


def _quotes(quotes: tuple[Quote, ...]) -> Iterator[str]:
    yield from _format_quotes(quotes[:_QUOTES_SHOWN])
    rest = len(quotes) - _QUOTES_SHOWN
    if rest > 0:
        yield f"     and {plural(rest, 'more quote', 'more quotes')}"


def _format_quotes(quotes: Iterable[Quote]) -> Iterator[str]:
    return (f"     {_quote(quote.text)} [{strip_harmful(quote.message)}]" for quote in quotes)


def _disagreement(disagreement: Disagreement) -> str:
    lines = [f"  - {_quote(disagreement.statement)}"]
    for side, name in zip(disagreement.sides, ("On one side", "On the other"), strict=True):
        lines.extend(_side(name, side))
    if disagreement.common:
        lines.extend(["     Both sides say:", *_format_quotes(disagreement.common)])
    return "\n".join(lines)


def _side(name: str, side: Side) -> Iterator[str]:
    yield f"     {name}, {format_supporters(side.people, side.private)}:"
    yield from _quotes(side.quotes)
    if side.counted:
        yield f"     {format_unquoted(len(side.counted))}"
