"""A whole summary as plain text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.models.summaries import Disagreement, KeyPoint, Quote, Side, Summary
from bot.summaries.output.plain_text import NOT_CHECKED, format_coverage, format_supporters, format_unquoted
from bot.summaries.output.point_groups import (
    ONE_PERSON,
    Numbered,
    count_possible_people,
    count_possible_private,
    find_single_points,
    group_points,
)
from bot.text.clean import strip_harmful
from bot.text.words import plural

_QUOTES_SHOWN = 2


def render_terminal(summary: Summary) -> str:
    """Return the whole summary, ending in the line that nobody has checked it."""
    parts = [_head(summary), *_points(summary)]
    if summary.disagreements:
        parts.append("Where people differ\n" + "\n\n".join(map(_disagreement, summary.disagreements)))
    if summary.questions:
        asked = "\n".join(f"  - {strip_harmful(question.text)}" for question in summary.questions)
        parts.append(f"Questions that people asked\n{asked}")
    if summary.lines:
        parts.append("In short\n" + "\n".join(f"  {strip_harmful(line.text)}" for line in summary.lines))
    parts.append(f"This summary was {NOT_CHECKED}.")
    return "\n\n".join(parts)


def _head(summary: Summary) -> str:
    told = summary.balance
    lines = [format_coverage(summary)]
    if told is not None:
        lines.append(f"The most active tenth of {told.people} people wrote {told.percent} percent of the words.")
    if summary.vectors != "TF-IDF":
        lines.append(f"Likeness was measured with {strip_harmful(summary.vectors)}.")
    return "\n".join(lines)


def _points(summary: Summary) -> Iterator[str]:
    groups = [(kind.label, points) for kind, points in group_points(summary)]
    single = find_single_points(summary)
    if single:
        groups.append((ONE_PERSON, single))
    if not groups:
        yield "No key points were found."
    for title, points in groups:
        yield _group(title, points)


def _group(title: str, points: Numbered) -> str:
    return f"{title}\n" + "\n\n".join(_point(number, point) for number, point in points)


def _point(number: int, point: KeyPoint) -> str:
    heading = f"  {number}. {strip_harmful(point.statement)} ({', '.join(_counts(point))})"
    unquoted = format_unquoted(len(point.counted))
    return "\n".join([heading, *_quotes(point.quotes), *([f"     {unquoted}"] if unquoted else [])])


def _counts(point: KeyPoint) -> Iterator[str]:
    yield format_supporters(point.people, point.private)
    if possible := count_possible_people(point):
        yield f"{possible} more possibly"
    if private := count_possible_private(point):
        yield f"{plural(private, 'private reply', 'private replies')} possibly"
    if point.endorsements:
        yield f"{plural(point.endorsements, 'person', 'people')} reacted with agreement"
    if point.toward is not None:
        yield f"{point.toward.label[0].lower()}{point.toward.label[1:]}"


def _quotes(quotes: tuple[Quote, ...]) -> Iterator[str]:
    yield from _format_quotes(quotes[:_QUOTES_SHOWN])
    rest = len(quotes) - _QUOTES_SHOWN
    if rest > 0:
        yield f"     and {plural(rest, 'more quote', 'more quotes')}"


def _format_quotes(quotes: Iterable[Quote]) -> Iterator[str]:
    return (f"     “{strip_harmful(quote.text)}” [{strip_harmful(quote.message)}]" for quote in quotes)


def _disagreement(disagreement: Disagreement) -> str:
    lines = [f"  - {strip_harmful(disagreement.statement)}"]
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
