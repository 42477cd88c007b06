"""The order in which a page is read: down each column, a box or a table as one; whatever the order of drawing."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.library.readers.pdf.lines import Line, join_lines
from bot.library.readers.pdf.shapes import Frame
from bot.library.readers.pdf.rules import find_ruled
from bot.library.readers.pdf.tables import NUMBER, Table, grid
from bot.library.readers.text import BULLET

Element = Line | Table
Gap = tuple[float, float]
_GUTTER = 0.75
_LABEL = re.compile(
    r"[•–—▪◦●‣·■□➤►✓›»*-]|\(?\d{1,3}(?:\.\d{1,2})*[.)]?|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]|(?:\d{1,2}\.)*\d{1,3}"
)
_WHOLE_PAGE = 0.75
_PROSE_FILL = 0.6


@dataclass(slots=True)
class _Span:
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
class _Row:
    """What stands at one height, from left to right; ``covered`` also holds what reaches down to it."""

    spans: list[_Span]
    covered: list[Gap] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.spans[0].bottom if self.spans[0].line else self.spans[0].top


def reading_order(lines: Sequence[Line], frames: Sequence[Frame], body: float) -> list[Element]:
    """Return a page's lines and tables as a person reads them. ``body`` is the size of the running text."""
    if not lines:
        return []
    spans: list[_Span] = []
    left = [_attach_labels(row) for row in _by_height(lines)]
    rest = [line for row in left for line in row]
    for table, inside in find_ruled(rest, frames):
        gone = set(map(id, inside))
        rest = [line for line in rest if id(line) not in gone]
        spans.append(_Span(table.left, table.right, table.bottom, table.top, [table]))
    for number, frame in enumerate(_boxes(rest, frames), start=1):
        inside = [line for line in rest if frame.holds(line.left, line.right, line.bottom)]
        held = [span for span in spans if frame.holds(span.left, span.right, (span.bottom + span.top) / 2)]
        if len(inside) < 2:
            continue
        gone = set(map(id, inside))
        rest = [line for line in rest if id(line) not in gone]
        spans = [span for span in spans if not any(span is other for other in held)]
        inner = _read([*map(_span, inside), *held], body)
        mark = lines[0].page * 100 + number
        spans.append(_Span(frame.left, frame.right, frame.bottom, frame.top, [_in_box(each, mark) for each in inner]))
    return _read([*spans, *map(_span, rest)], body)


def _in_box(element: Element, mark: int) -> Element:
    if isinstance(element, Table):
        element.aside = element.aside or mark
        return element
    return replace(element, aside=mark)


def _span(line: Line) -> _Span:
    return _Span(line.left, line.right, line.bottom, line.top, [line])


def _by_height(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and abs(rows[-1][0].bottom - line.bottom) <= 0.25 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _attach_labels(row: Sequence[Line]) -> list[Line]:
    """Put a bullet, or a paragraph's number in the margin, before the text that it belongs to."""
    joined: list[Line] = []
    label: Line | None = None
    for line in row:
        if label is not None:
            is_prose = len(line.text.split()) > 2 or not any(char.isdigit() for char in label.text)
            if line.left - label.right < 5 * line.size and is_prose and line.text[0] not in "0123456789":
                joined[-1] = replace(join_lines([label, line]), size=line.size, bold=line.bold, face=line.face)
                label = None
                continue
        joined.append(line)
        label = line if _LABEL.fullmatch(line.text) else None
    return joined


def _boxes(lines: Sequence[Line], frames: Sequence[Frame]) -> list[Frame]:
    """Return the frames that part text from the rest: the outer ones, those that touch above each other as one."""
    if not lines:
        return []
    page = lines[0].page_width * lines[0].page_height
    big = [
        frame
        for frame in frames
        if frame.is_box and frame.width * frame.height < _WHOLE_PAGE * page and frame.width > 0.2 * lines[0].page_width
    ]
    big.sort(key=lambda frame: (-frame.top, frame.left))
    merged: list[Frame] = []
    for frame in big:
        for index, other in enumerate(merged):
            is_same_width = abs(frame.left - other.left) <= 4 and abs(frame.right - other.right) <= 4
            if is_same_width and frame.top >= other.bottom - 4:
                merged[index] = Frame(other.left, min(frame.bottom, other.bottom), other.right, other.top)
                break
        else:
            merged.append(frame)
    outer = [
        frame
        for frame in merged
        if not any(
            other is not frame and other.holds(frame.left, frame.right, frame.top) and frame.bottom >= other.bottom - 2
            for other in merged
        )
    ]
    every = len(lines)
    return [frame for frame in outer if 2 <= sum(frame.holds(l.left, l.right, l.bottom) for l in lines) < max(3, every)]


def _read(spans: Sequence[_Span], body: float) -> list[Element]:
    """Return what spans hold, in reading order."""
    if not spans:
        return []
    elements: list[Element] = []
    for rows, gutters in _bands(_rows(spans), _GUTTER * body):
        if gutters:
            elements += _read_band(rows, gutters, body)
        else:
            elements += _read_rows(rows)
    return elements


def _rows(spans: Sequence[_Span]) -> list[_Row]:
    rows: list[_Row] = []
    tall: list[_Span] = []
    for span in sorted(spans, key=lambda span: -(span.bottom if span.line else span.top)):
        line = span.line
        last = rows[-1].spans[0].line if rows else None
        if line and last and abs(last.bottom - line.bottom) <= 0.25 * min(line.size, last.size):
            rows[-1].spans.append(span)
            rows[-1].covered.append((span.left, span.right))
        else:
            height = span.bottom if line else span.top
            tall = [other for other in tall if other.bottom < height]
            rows.append(_Row([span], [(span.left, span.right), *((other.left, other.right) for other in tall)]))
        if not line:
            tall.append(span)
    for row in rows:
        row.spans.sort(key=lambda span: span.left)
    return rows


def _bands(rows: Sequence[_Row], least: float) -> Iterator[tuple[list[_Row], list[Gap]]]:
    """Part rows into bands, each with the gutters that run through it; none where it is one column."""
    band: list[_Row] = []
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


def _free(row: _Row) -> list[Gap]:
    """Return what a row leaves free, from the far left to the far right."""
    gaps, at = [], float("-inf")
    for left, right in sorted(row.covered):
        if left > at:
            gaps.append((at, left))
        at = max(at, right)
    return [*gaps, (at, float("inf"))]


def _free_inside(row: _Row, least: float) -> bool:
    return any(right - left >= least for left, right in _free(row)[1:-1])


def _stands_beside(above: _Row, row: _Row, least: float) -> bool:
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


def _two_sided(band: Sequence[_Row], gaps: Sequence[Gap]) -> bool:
    return bool(_inner(band, gaps))


def _inner(band: Sequence[_Row], gaps: Sequence[Gap]) -> list[Gap]:
    """Return the gaps that have something on either side."""
    first = min(span.right for row in band for span in row.spans)
    last = max(span.left for row in band for span in row.spans)
    return [(left, right) for left, right in gaps if left >= first - 0.1 and right <= last + 0.1]


def _checked(band: list[_Row], gutters: list[Gap], least: float) -> Iterator[tuple[list[_Row], list[Gap]]]:
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


def _count_sides(band: Sequence[_Row], gutter: Gap) -> int:
    before = sum(any(span.right <= gutter[0] + 0.1 for span in row.spans) for row in band)
    after = sum(any(span.left >= gutter[1] - 0.1 for span in row.spans) for row in band)
    return min(before, after)


def _is_new_part(band: Sequence[_Row], index: int, gutters: Sequence[Gap], start: int) -> bool:
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


def _read_band(rows: Sequence[_Row], gutters: Sequence[Gap], body: float) -> list[Element]:
    """Read columns one after the other, a table row by row, and headings in a margin before what they stand beside."""
    columns: list[list[_Span]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for span in row.spans:
            columns[sum(span.left >= gutter[1] - 0.1 for gutter in gutters)].append(span)
    filled = [column for column in columns if column]
    if len(filled) < 2:
        return [element for column in filled for element in _read(column, body)]
    if all(span.line for column in filled for span in column):
        if _is_table(rows, columns):
            lines = [[span.line for span in row.spans if span.line] for row in rows]
            return [grid(lines, gutters)]
        if _has_side_heads(filled):
            return _read_beside(filled[0], filled[1], body)
    return [element for column in filled for element in _read(column, body)]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a column looks: how many lines, how full they are, and how many words they hold."""

    lines: int
    is_prose: bool
    bullets: int


def _shape(column: Sequence[_Span]) -> _Shape:
    heights: dict[int, list[_Span]] = {}
    for span in column:
        heights.setdefault(round(span.bottom), []).append(span)
    left, right = min(span.left for span in column), max(span.right for span in column)
    fills = [
        (max(s.right for s in row) - min(s.left for s in row)) / max(1.0, right - left) for row in heights.values()
    ]
    words = [sum(len(s.line.text.split()) for s in row if s.line) for row in heights.values()]
    bullets = sum(bool(span.line and BULLET.match(span.line.text)) for span in column)
    is_prose = len(heights) >= 3 and statistics.median(fills) >= _PROSE_FILL and statistics.median(words) >= 4
    return _Shape(len(heights), is_prose, bullets)


def _is_table(rows: Sequence[_Row], columns: Sequence[Sequence[_Span]]) -> bool:
    shapes = [_shape(column) for column in columns if column]
    prose = sum(shape.is_prose for shape in shapes)
    most, least = max(shape.lines for shape in shapes), min(shape.lines for shape in shapes)
    if all(shape.bullets * 2 >= shape.lines for shape in shapes):
        return False
    beside = sum(len(row.spans) > 1 for row in rows)
    if beside * 10 >= 6 * most and beside >= 2 and any(_is_figures(column) for column in columns[1:]):
        return True
    if prose == len(shapes) or prose >= 2:
        return len(shapes) > 1 and _gaps_agree(columns)
    if prose == 1 and len(shapes) == 2:
        return least > 0.6 * most and _gaps_agree(columns)
    if beside * 2 < least or beside < 2:
        return False
    return _is_headed(rows) or any(_is_figures(column) for column in columns[1:]) or (len(shapes) > 2 and prose == 0)


def _is_headed(rows: Sequence[_Row]) -> bool:
    """Say whether the first row is bold, and the others are not."""
    first, *others = [[span.line for span in row.spans if span.line] for row in rows]
    if len(first) < 2 or not all(line.bold for line in first):
        return False
    return sum(line.bold for row in others for line in row) * 3 <= sum(map(len, others))


def _is_figures(column: Sequence[_Span]) -> bool:
    """Say whether most of a column is numbers."""
    texts = [span.line.text for span in column if span.line]
    return sum(NUMBER.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def _gaps_agree(columns: Sequence[Sequence[_Span]]) -> bool:
    """Say whether two columns of text have their paragraphs beside each other, as the rows of a table do."""
    starts = [set(_starts(column)) for column in columns if column]
    fewest = min(starts, key=len)
    others = [each for each in starts if each is not fewest]
    if len(fewest) < 3 or len(fewest) * 5 < 2 * max(map(len, starts)):
        return False
    return all(
        sum(any(abs(at - other) <= 2 for other in each) for at in fewest) >= 0.8 * len(fewest) for each in others
    )


def _starts(column: Sequence[_Span]) -> list[float]:
    """Return the heights at which a column goes on after more space than usual."""
    heights = sorted({round(span.bottom, 1) for span in column}, reverse=True)
    gaps = [above - below for above, below in pairwise(heights)]
    usual = statistics.median_low(gaps) if gaps else 0.0
    return [heights[0], *(below for (_, below), gap in zip(pairwise(heights), gaps, strict=True) if gap > 1.25 * usual)]


def _has_side_heads(columns: Sequence[Sequence[_Span]]) -> bool:
    if len(columns) != 2:
        return False
    first, second = _shape(columns[0]), _shape(columns[1])
    return second.is_prose and not first.is_prose and first.lines <= 0.6 * second.lines


def _read_beside(heads: Sequence[_Span], text: Sequence[_Span], body: float) -> list[Element]:
    """Read each head of the margin before the text that begins at its height."""
    starts = sorted(_starts(heads), reverse=True)
    elements: list[Element] = []
    cuts = [float("inf"), *(start + 0.6 * body for start in starts), float("-inf")]
    for top, bottom in pairwise(cuts):
        for column in (heads, text):
            part = [span for span in column if bottom < span.bottom <= top]
            elements += _read(part, body)
    return elements


def _read_rows(rows: Sequence[_Row]) -> list[Element]:
    """Return the lines of one column, the parts of each joined."""
    elements: list[Element] = []
    left = min(span.left for row in rows for span in row.spans)
    right = max(span.right for row in rows for span in row.spans)
    for row in rows:
        parts = [span.line for span in row.spans if span.line]
        if parts:
            elements.append(replace(join_lines(parts), column=(left, right)))
        for span in row.spans:
            if not span.line:
                elements += span.elements
    return elements
