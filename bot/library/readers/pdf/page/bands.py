"""Part what is on a PDF's page into bands; the columns of a band are beside each other, gutters between them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence

from bot.library.readers.pdf.page.spans import Gap, Row

LARGE = 1.3
"""How much larger than the text of the columns a heading over them is at the least."""
_ALIGNED = 2.0


def _usual_size(rows: Sequence[Row]) -> float:
    sizes = [span.line.size for row in rows for span in row.spans if span.line]
    return statistics.median(sizes) if sizes else 0.0


def _is_large(row: Row, usual: float) -> bool:
    return row.line is not None and any(map(str.isalpha, row.line.text)) and row.line.size > LARGE * usual


def part_bands(rows: Sequence[Row], least: float) -> Iterator[tuple[list[Row], list[Gap]]]:
    """Part rows into bands, each with the gutters that run through it; none if it is one column.

    ``least`` is the narrowest gutter, in points.
    """
    band = _Band(least)
    for row in rows:
        if not band.rows or band.inner(row):
            band.add(row)
        elif band.inner():
            above, band = band, _Band(least)
            if _is_heading_of(row, above.rows):
                band.add(above.rows[-1])
                above = _Band(least, above.rows[:-1])
            yield from _checked(above.rows, above.inner(), least)
            band.add(row)
        elif (beside := _stands_beside(band.rows[-1], row, least)) or _is_open(row, least):
            start = _start_of_column(band.rows, row, is_in=beside)
            if band.rows[:start]:
                yield band.rows[:start], []
            band = _Band(least, [*band.rows[start:], row])
        else:
            band.add(row)
    if band.rows:
        yield from _checked(band.rows, band.inner(), least)


class _Band:
    """Rows that may be in columns, with the gaps that all of them leave free, each ``least`` wide or wider."""

    def __init__(self, least: float, rows: Iterable[Row] = ()) -> None:
        self._least = least
        self._gaps: list[Gap] = []
        self._first_end, self._last_start = float("inf"), float("-inf")
        self.rows: list[Row] = []
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """Take one more row."""
        self._gaps = self._shared(row)
        self.rows.append(row)
        self._first_end, self._last_start = self._ends(row)

    def inner(self, row: Row | None = None) -> list[Gap]:
        """Return the gaps that have something on either side, also after a further row."""
        gaps = self._shared(row) if row else self._gaps
        first, last = self._ends(row) if row else (self._first_end, self._last_start)
        return [(left, right) for left, right in gaps if left >= first - 0.1 and right <= last + 0.1]

    def _ends(self, row: Row) -> tuple[float, float]:
        """Return where the first ends of all that is in it, and where the last begins, after a further row."""
        first, last = min(span.right for span in row.spans), max(span.left for span in row.spans)
        return min(self._first_end, first), max(self._last_start, last)

    def _shared(self, row: Row) -> list[Gap]:
        """Return what it and a further row leave free in common."""
        gaps, others = self._gaps, row.free
        if not self.rows:
            return others
        shared = []
        at = other_at = 0
        while at < len(gaps) and other_at < len(others):
            (left, right), (other_left, other_right) = gaps[at], others[other_at]
            low, high = max(left, other_left), min(right, other_right)
            if high - low >= self._least:
                shared.append((low, high))
            if right < other_right:
                at += 1
            else:
                other_at += 1
        return shared


def _is_heading_of(row: Row, rows: Sequence[Row]) -> bool:
    """Say whether the last of the rows above is a bold line that begins where this row does, and no column does."""
    *columns, last = rows
    line = last.line
    if line is None or not line.bold or len(columns) < 2:
        return False
    is_over = abs(line.left - row.spans[0].left) < _ALIGNED
    return is_over and all(abs(span.left - line.left) >= _ALIGNED for each in columns for span in each.spans)


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


def _is_open(row: Row, least: float) -> bool:
    """Say whether a row leaves a gap between its parts."""
    return any(right - left >= least for left, right in row.free[1:-1])


def _stands_beside(above: Row, row: Row, least: float) -> bool:
    """Say whether two lines are beside each other, though not at the same height."""
    first, second = above.spans[0], row.line
    if second is None or len(above.spans) > 1:
        return False
    apart = max(second.left - first.right, first.left - second.right) >= least
    return apart and above.bottom - second.bottom < 0.9 * second.size


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
    line = band[0].line
    if line is None or len(band) < 3:
        return False
    return line.size > LARGE * _usual_size(band[1:]) and line.bottom - band[1].bottom > 1.3 * line.size
