"""Part what is on a PDF's page into bands; the columns of a band are beside each other, gutters between them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot.library.readers.pdf.lines import Line
from bot.library.readers.pdf.tables import Table

LARGE = 1.3
"""How much larger than the text of the columns a heading over them is at the least."""
_ALIGNED = 2.0
_NEAR = 100
_CLEAR = 2.5
"""The space above and below it together, in narrowest gutters."""
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
    """Part rows into bands, each with the gutters that run through it; none if it is one column.

    ``least`` is the narrowest gutter, in points. A heading over several columns is a band, though no wider than one.
    """
    start = 0
    for first, last in [*_headings_over(rows, least), (len(rows), len(rows))]:
        yield from _part(rows[start:first], least)
        if last > first:
            yield list(rows[first:last]), []
        start = last


def _headings_over(rows: Sequence[Row], least: float) -> Iterator[tuple[int, int]]:
    """Return the large headings beside which nothing is: columns end above them, and begin again right below."""
    usual = _usual_size(rows)
    for is_large, places in groupby(range(len(rows) - 1), key=lambda at: _is_large(rows[at], usual)):
        run = list(places)
        first, last = run[0], run[-1] + 1
        heading, foot, below = rows[first].spans[0], rows[last - 1].spans[0], rows[last].spans
        if not is_large or (first and _is_like(heading, rows[first - 1])):
            continue
        goes_on = below[0].left < heading.right and below[-1].right > heading.right + heading.top - heading.bottom
        beside = (span.bottom for row in rows[:first][-_NEAR:] for span in row.spans if heading.right <= span.left)
        clear = min(beside, default=float("-inf")) - max(span.top for span in below)
        if goes_on and clear > heading.top - foot.bottom + _CLEAR * least:
            yield first, last


def _usual_size(rows: Sequence[Row]) -> float:
    sizes = [span.line.size for row in rows for span in row.spans if span.line]
    return statistics.median(sizes) if sizes else 0.0


def _is_large(row: Row, usual: float) -> bool:
    line = row.spans[0].line
    if line is None or len(row.spans) > 1 or not any(char.isalpha() for char in line.text):
        return False
    return line.size > LARGE * usual


def _is_like(heading: Span, above: Row) -> bool:
    """Say whether the row above a heading has a line as large, from which it goes on."""
    sizes = [span.line.size for span in above.spans if span.line]
    return heading.line is not None and heading.line.size in sizes


def _part(rows: Sequence[Row], least: float) -> Iterator[tuple[list[Row], list[Gap]]]:
    band = _Band()
    for row in rows:
        free = _free(row)
        shared = _shared(band.gaps, free, least) if band.rows else free
        if not band.rows or band.is_parted_by(shared, row):
            band.add(row, shared)
        elif band.is_parted_by(band.gaps):
            above, band = band, _Band()
            if _is_heading_of(row, above.rows):
                above, heading = _band_of(above.rows[:-1], least), above.rows[-1]
                band.add(heading, _free(heading))
            yield from _checked(above.rows, above.inner(above.gaps), least)
            band.add(row, _shared(band.gaps, free, least) if band.rows else free)
        elif (beside := _stands_beside(band.rows[-1], row, least)) or _is_open(free, least):
            start = _start_of_column(band.rows, row, is_in=beside)
            if band.rows[:start]:
                yield band.rows[:start], []
            band = _band_of([*band.rows[start:], row], least)
        else:
            band.add(row, shared or free)
    if band.rows:
        yield from _checked(band.rows, band.inner(band.gaps), least)


@dataclass(slots=True)
class _Band:
    """Rows that may be in columns, with the gaps that all of them leave free."""

    rows: list[Row] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    first_end: float = float("inf")
    last_start: float = float("-inf")

    def add(self, row: Row, gaps: list[Gap]) -> None:
        """Take one more row, after which these gaps are free."""
        self.rows.append(row)
        self.gaps = gaps
        self.first_end = min(self.first_end, *(span.right for span in row.spans))
        self.last_start = max(self.last_start, *(span.left for span in row.spans))

    def inner(self, gaps: Sequence[Gap], row: Row | None = None) -> list[Gap]:
        """Return the gaps that have something on either side, a further row among it."""
        spans = row.spans if row else []
        first = min([self.first_end, *(span.right for span in spans)])
        last = max([self.last_start, *(span.left for span in spans)])
        return [(left, right) for left, right in gaps if left >= first - 0.1 and right <= last + 0.1]

    def is_parted_by(self, gaps: Sequence[Gap], row: Row | None = None) -> bool:
        """Say whether one of the gaps has something on either side."""
        return bool(self.inner(gaps, row))


def _band_of(rows: Sequence[Row], least: float) -> _Band:
    band = _Band()
    for row in rows:
        band.add(row, _shared(band.gaps, _free(row), least) if band.rows else _free(row))
    return band


def _is_heading_of(row: Row, rows: Sequence[Row]) -> bool:
    """Say whether the last of the rows above is a bold line that begins where this row does, and no column does."""
    *columns, last = rows
    first, line = last.spans[0], last.spans[0].line
    if line is None or not line.bold or len(last.spans) > 1 or len(columns) < 2:
        return False
    is_over = abs(first.left - row.spans[0].left) < _ALIGNED
    return is_over and all(abs(span.left - first.left) >= _ALIGNED for each in columns for span in each.spans)


def _start_of_column(rows: Sequence[Row], row: Row, *, is_in: bool) -> int:
    """Return where the column begins beside which a further row is first: with the lines above that are as far right.

    ``is_in`` says that the last line is in it.
    """
    start = len(rows) - is_in
    spans = [*row.spans, *(rows[-1].spans if is_in else ())]
    left = max(span.left for span in spans)
    if left > min(span.right for span in spans):
        while start and abs(rows[start - 1].spans[0].left - left) < _ALIGNED:
            start -= 1
    return start


def _free(row: Row) -> list[Gap]:
    """Return what a row leaves free, from the far left to the far right."""
    gaps, at = [], float("-inf")
    for left, right in sorted(row.covered):
        if left > at:
            gaps.append((at, left))
        at = max(at, right)
    return [*gaps, (at, float("inf"))]


def _is_open(free: Sequence[Gap], least: float) -> bool:
    """Say whether a row leaves a gap between its parts."""
    return any(right - left >= least for left, right in free[1:-1])


def _stands_beside(above: Row, row: Row, least: float) -> bool:
    """Say whether two lines are beside each other, though not at the same height."""
    first, second = above.spans[0], row.spans[0]
    line = second.line
    if len(above.spans) > 1 or len(row.spans) > 1 or line is None:
        return False
    apart = max(second.left - first.right, first.left - second.right) >= least
    return apart and above.bottom - row.bottom < 0.9 * line.size


def _shared(gaps: Sequence[Gap], others: Sequence[Gap], least: float) -> list[Gap]:
    """Return what two rows of gaps, each from left to right, leave free in common."""
    shared = []
    at = other_at = 0
    while at < len(gaps) and other_at < len(others):
        (left, right), (other_left, other_right) = gaps[at], others[other_at]
        low, high = max(left, other_left), min(right, other_right)
        if high - low >= least:
            shared.append((low, high))
        if right < other_right:
            at += 1
        else:
            other_at += 1
    return shared


def _checked(band: list[Row], gutters: list[Gap], least: float) -> Iterator[tuple[list[Row], list[Gap]]]:
    """Return a band without gutters that part too little, and apart from a title above its columns."""
    kept = [
        gutter
        for gutter in gutters
        if (sides := _count_sides(band, gutter)) >= 3
        or (gutter[1] - gutter[0] >= 2 * least and (sides == 2 or _has_large_head(band, gutter)))
    ]
    if not kept:
        yield band, []
        return
    if _is_title(band):
        yield band[:1], []
        band = band[1:]
    yield band, kept


def _count_sides(band: Sequence[Row], gutter: Gap) -> int:
    before = sum(any(span.right <= gutter[0] + 0.1 for span in row.spans) for row in band)
    after = sum(any(span.left >= gutter[1] - 0.1 for span in row.spans) for row in band)
    return min(before, after)


def _has_large_head(band: Sequence[Row], gutter: Gap) -> bool:
    """Say whether one large line is before a gutter, as a heading in the margin is."""
    heads = [row for row in band if row.spans[0].right <= gutter[0] + 0.1]
    return len(heads) == 1 and _is_large(heads[0], _usual_size(band))


def _is_title(band: Sequence[Row]) -> bool:
    """Say whether columns begin below a large heading, which is over one of them alone."""
    line = band[0].spans[0].line
    if line is None or len(band[0].spans) > 1 or len(band) < 3:
        return False
    return line.size > LARGE * _usual_size(band[1:]) and line.bottom - band[1].bottom > 1.3 * line.size
