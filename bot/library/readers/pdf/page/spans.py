"""What is on a PDF's page, with its place: lines, tables and boxes, row by row from the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.library.readers.pdf.page.tables import Table
from bot.library.readers.pdf.words.lines import Line

Element = Line | Table
Gap = tuple[float, float]


@dataclass(slots=True)
class Span:
    """A line, or what is read as one, with its place."""

    left: float
    right: float
    bottom: float
    top: float
    elements: list[Element]

    @property
    def line(self) -> Line | None:
        first = self.elements[0]
        return first if len(self.elements) == 1 and isinstance(first, Line) else None


@dataclass(slots=True)
class Row:
    """What is at one height, from left to right; ``covered`` also holds what reaches down to it."""

    spans: list[Span]
    covered: list[Gap] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.spans[0].bottom if self.spans[0].line else self.spans[0].top

    @property
    def line(self) -> Line | None:
        """The line that is alone in it, if one is."""
        return self.spans[0].line if len(self.spans) == 1 else None

    @property
    def free(self) -> list[Gap]:
        """What it leaves free, from the far left to the far right."""
        gaps, at = [], float("-inf")
        for left, right in sorted(self.covered):
            if left > at:
                gaps.append((at, left))
            at = max(at, right)
        return [*gaps, (at, float("inf"))]


def rows_of_spans(spans: Sequence[Span]) -> list[Row]:
    """Return what is at one height together, the highest row first."""
    rows: list[Row] = []
    tall: list[Span] = []
    for span in sorted(spans, key=lambda span: -(span.bottom if span.line else span.top)):
        line = span.line
        last = rows[-1].spans[0].line if rows else None
        if line and last and last.is_level_with(line):
            rows[-1].spans.append(span)
            rows[-1].covered.append((span.left, span.right))
        else:
            height = span.bottom if line else span.top
            tall = [other for other in tall if other.bottom < height]
            rows.append(Row([span], [(span.left, span.right), *((other.left, other.right) for other in tall)]))
        if not line:
            tall.append(span)
    for row in rows:
        row.spans.sort(key=lambda span: span.left)
    return rows
