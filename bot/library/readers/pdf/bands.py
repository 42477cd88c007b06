"""Part what stands on a PDF's page into bands; the columns of a band stand beside each other, gutters between them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.library.readers.pdf.lines import Line
from bot.library.readers.pdf.tables import Table

Element = Line | Table
Gap = tuple[float, float]
_SET_APART = 1.8


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
    """What stands at one height, from left to right; ``covered`` also holds what reaches down to it."""

    spans: list[Span]
    covered: list[Gap] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.spans[0].bottom if self.spans[0].line else self.spans[0].top


def rows_of_spans(spans: Sequence[Span]) -> list[Row]:
    rows: list[Row] = []
    tall: list[Span] = []
    for span in sorted(spans, key=lambda span: -(span.bottom if span.line else span.top)):
        line = span.line
        last = rows[-1].spans[0].line if rows else None
        if line and last and abs(last.bottom - line.bottom) <= 0.25 * min(line.size, last.size):
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


def part_bands(rows: Sequence[Row], least: float) -> Iterator[tuple[list[Row], list[Gap]]]:
    """Part rows into bands, each with the gutters that run through it; none where it is one column."""
    band: list[Row] = []
    gaps: list[Gap] = []
    for row in rows:
        shared = _shared(gaps, _free(row), least) if band else _free(row)
        if not band or _two_sided([*band, row], shared):
            band.append(row)
            gaps = shared
        elif _two_sided(band, gaps):
            yield from _checked(band, _inner(band, gaps), least)
            band, gaps = [row], _free(row)
        elif _free_inside(row, least) or _stands_beside(band[-1], row, least):
            start = [band.pop(), row] if _stands_beside(band[-1], row, least) else [row]
            if band:
                yield band, []
            band = start
            gaps = _free(row) if len(start) == 1 else _shared(_free(start[0]), _free(row), least)
        else:
            band.append(row)
            gaps = _free(row) if _free_inside(band[0], least) else gaps
            if _free_inside(band[0], least):
                yield band[:-1], []
                band = [row]
            gaps = shared if shared else _free(row)
    if band:
        inner = _inner(band, gaps) if _two_sided(band, gaps) else []
        yield from _checked(band, inner, least)


def _free(row: Row) -> list[Gap]:
    """Return what a row leaves free, from the far left to the far right."""
    gaps, at = [], float("-inf")
    for left, right in sorted(row.covered):
        if left > at:
            gaps.append((at, left))
        at = max(at, right)
    return [*gaps, (at, float("inf"))]


def _free_inside(row: Row, least: float) -> bool:
    return any(right - left >= least for left, right in _free(row)[1:-1])


def _stands_beside(above: Row, row: Row, least: float) -> bool:
    """Say whether two lines stand beside each other, though not on one height."""
    first, second = above.spans[0], row.spans[0]
    line = second.line
    if len(above.spans) > 1 or len(row.spans) > 1 or line is None:
        return False
    apart = max(second.left - first.right, first.left - second.right) >= least
    return apart and (above.bottom - row.bottom < 0.9 * line.size or (not first.line and first.bottom < row.bottom))


def _shared(gaps: Sequence[Gap], others: Sequence[Gap], least: float) -> list[Gap]:
    shared = []
    for left, right in gaps:
        for other_left, other_right in others:
            low, high = max(left, other_left), min(right, other_right)
            if high - low >= least:
                shared.append((low, high))
    return shared


def _two_sided(band: Sequence[Row], gaps: Sequence[Gap]) -> bool:
    return bool(_inner(band, gaps))


def _inner(band: Sequence[Row], gaps: Sequence[Gap]) -> list[Gap]:
    """Return the gaps that have something on either side."""
    first = min(span.right for row in band for span in row.spans)
    last = max(span.left for row in band for span in row.spans)
    return [(left, right) for left, right in gaps if left >= first - 0.1 and right <= last + 0.1]


def _checked(band: list[Row], gutters: list[Gap], least: float) -> Iterator[tuple[list[Row], list[Gap]]]:
    """Return a band without gutters that part too little, and without what only follows below it."""
    kept = [
        gutter
        for gutter in gutters
        if (sides := _count_sides(band, gutter)) >= 3 or (sides >= 2 and gutter[1] - gutter[0] >= 2 * least)
    ]
    if not kept:
        yield band, []
        return
    start = 0
    for index in range(1, len(band)):
        if _is_new_part(band, index, kept, start):
            yield band[start:index], kept
            start = index
    yield band[start:], kept


def _count_sides(band: Sequence[Row], gutter: Gap) -> int:
    before = sum(any(span.right <= gutter[0] + 0.1 for span in row.spans) for row in band)
    after = sum(any(span.left >= gutter[1] - 0.1 for span in row.spans) for row in band)
    return min(before, after)


def _is_new_part(band: Sequence[Row], index: int, gutters: Sequence[Gap], start: int) -> bool:
    """Say whether a heading on the left begins a new part, below the columns above it."""
    row, above = band[index], band[index - 1]
    line = row.spans[0].line
    if line is None or len(row.spans) > 1 or line.right > gutters[-1][1] or line.left > gutters[0][0]:
        return False
    if above.bottom - row.bottom < 1.8 * line.size:
        return False
    usual = statistics.median(span.line.size for each in band for span in each.spans if span.line) if band else 0
    is_last = not any(any(span.left >= gutters[0][1] - 0.1 for span in each.spans) for each in band[index:])
    is_set_apart = line.size > 1.1 * usual or line.bold
    return index - start > 1 and (is_last or is_set_apart)
