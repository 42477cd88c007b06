"""The order in which a page is read: down each column, a box or a table as one; whatever the order of drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.library.readers.pdf.page.bands import LARGE, part_bands
from bot.library.readers.pdf.page.boxes import Boxes, has_caption, in_box, is_band, is_in_diagram
from bot.library.readers.pdf.page.columns import has_side_heads, is_table, starts_of_parts
from bot.library.readers.pdf.page.rules import find_ruled
from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.page.spans import Element, Gap, Row, Span, rows_of_spans
from bot.library.readers.pdf.page.tables import grid
from bot.library.readers.pdf.words.bullets import BULLETS
from bot.library.readers.pdf.words.lines import ORDINAL, Line, join_lines, rows_of_lines, without

_GUTTER = 0.75
_LABEL = re.compile(rf"[{BULLETS}–—*-]|{ORDINAL}|\(?(?:\d{{1,3}}\.)*\d{{1,3}}")
_WHOLE_PAGE = 0.75
_BAR = 15.0
"""The most that a rule over columns is high."""
_OVER_ALL = 0.8
_STACK = 3
"""Rules of which as many begin and end at the same places are those of a table."""


_APART = 2.0
"""The space, in sizes of type, from which on a line stands below a table and not in it."""


def reading_order(
    lines: Sequence[Line],
    frames: Sequence[Frame],
    body: float,
    pictures: Sequence[Frame],
    last: Element | None,
    numbers: Boxes,
) -> list[Element]:
    """Return a page's lines and tables as a person reads them. ``body`` is the size of the running text.

    ``last`` is the last element of the pages before: a box that it is in may go on. ``numbers`` are those of boxes.
    """
    if not lines:
        return []
    least = _WHOLE_PAGE * lines[0].page_width * lines[0].page_height
    drawn = [frame for frame in frames if frame.area < least]
    tables, boxes, rest = find_ruled(lines, drawn, body, last)
    # What is set as a heading of the text is one also where it is the title of a table.
    settings = {line.setting for line in rest}
    spans = []
    for table in tables:
        table.aside = numbers.number() if table.title else 0
        title = [line if line.setting in settings else in_box(line, table.aside) for line in table.title]
        spans.append(Span(table.left, table.right, table.bottom, table.top, [*title, table]))
    rest = [line for row in rows_of_lines(rest) for line in _attach_labels(row)]
    boxes += [picture for picture in pictures if has_caption(picture, rest, body)]
    parting = [box for box in boxes if box.area < least]
    parted = _part_at_rules(_part_boxes(rest, spans, parting, body, last, numbers), frames)
    return numbers.join(last, [element for part in parted for element in _read(part, body)])


def _part_at_rules(spans: Sequence[Span], frames: Sequence[Frame]) -> Iterator[list[Span]]:
    """Part what is on a page where a rule is drawn over all its columns, unless several are, as in a table."""
    width = max(span.right for span in spans) - min(span.left for span in spans)
    wide = [frame for frame in frames if frame.height <= _BAR and frame.width >= _OVER_ALL * width]
    rest = list(spans)
    for rule in sorted(wide, key=lambda rule: -rule.top):
        alike = (abs(rule.left - other.left) + abs(rule.right - other.right) < _BAR for other in wide)
        is_single = sum(alike) < _STACK
        if is_single and not any(span.bottom < rule.top and rule.bottom < span.top for span in rest):
            yield [span for span in rest if span.bottom > rule.bottom]
            rest = [span for span in rest if span.bottom <= rule.bottom]
    yield rest


def _part_boxes(
    lines: Sequence[Line],
    spans: Sequence[Span],
    boxes: Sequence[Frame],
    body: float,
    last: Element | None,
    numbers: Boxes,
) -> list[Span]:
    """Return lines and spans, what is in a box as one span, in which its own boxes are read one by one as well."""
    rest, found = list(lines), list(spans)
    ends = [*(line.bottom for line in lines), *(span.bottom for span in spans)]
    outer = numbers.outer(lines, boxes, last, body)
    for frame in outer:
        inside = [line for line in rest if frame.holds(line.left, line.right, line.bottom)]
        held = [span for span in found if frame.holds(span.left, span.right, (span.bottom + span.top) / 2)]
        if not inside and not held:
            continue  # what is in it is in a box that it overlaps
        rest = without(rest, inside)
        found = [span for span in found if not any(span is other for other in held)]
        within = [box for box in boxes if box is not frame and frame.holds(box.left, box.right, box.top)]
        inner = _read(_part_boxes(inside, held, within, body, None, numbers), body)
        # A box that begins at the foot of a page goes on upon the next.
        is_heading = not held and is_band(inside, body) and any(below < frame.bottom for below in ends)
        is_heading = is_heading and not is_in_diagram(frame, outer, lines)
        mark = 0 if is_heading else numbers.number(frame)
        found.append(Span(frame.left, frame.right, frame.bottom, frame.top, [in_box(each, mark) for each in inner]))
    return [*found, *map(_span, rest)]


def _span(line: Line) -> Span:
    return Span(line.left, line.right, line.bottom, line.top, [line])


def _attach_labels(row: Sequence[Line]) -> list[Line]:
    """Put a bullet, or a paragraph's number in the margin, before the text that it belongs to."""
    joined: list[Line] = []
    label: Line | None = None
    for line in row:
        if label is not None:
            is_prose = len(line.text.split()) > 2 or not any(char.isdigit() for char in label.text)
            # The number of a heading is set as the heading is.
            is_prose = is_prose or (label.size, label.bold) == (line.size, True)
            is_text = line.text[0] not in "0123456789" or label.text in BULLETS
            if line.left - label.right < 5 * line.size and is_prose and is_text:
                joined[-1] = replace(join_lines([label, line]), size=line.size, bold=line.bold, face=line.face)
                label = None
                continue
        joined.append(line)
        label = line if _LABEL.fullmatch(line.text) else None
    return joined


def _read(spans: Sequence[Span], body: float) -> list[Element]:
    """Return what spans hold, in reading order."""
    if not spans:
        return []
    elements: list[Element] = []
    for rows, gutters in part_bands(rows_of_spans(spans), _GUTTER * body):
        if gutters:
            elements += _read_band(rows, gutters, body)
        else:
            elements += _read_rows(rows)
    return elements


def _read_band(rows: Sequence[Row], gutters: Sequence[Gap], body: float) -> list[Element]:
    """Read columns one after the other, a table row by row, and headings in a margin before what they are beside."""
    columns: list[list[Span]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for span in row.spans:
            columns[sum(span.left >= gutter[1] - 0.1 for gutter in gutters)].append(span)
    filled = [column for column in columns if column]
    are_lines = all(span.line for column in filled for span in column)
    if are_lines and is_table(rows, columns):
        end = _end_of_table(rows)
        lines = [[span.line for span in row.spans if span.line] for row in rows[:end]]
        return [grid(lines, gutters), *(_read_rows(rows[end:]) if rows[end:] else ())]
    if are_lines and has_side_heads(filled):
        return _read_beside(filled[0], filled[1], body)
    if len(filled) == 2 and len(filled[0]) == 1 and (head := filled[0][0].line) and head.size > LARGE * body:
        return _read_rows(rows)  # one line that is beside no beginning is no column
    return [element for column in filled for element in _read(column, body)]


def _end_of_table(rows: Sequence[Row]) -> int:
    """Return the number of a table's rows, without the larger headings that only follow below it."""
    end = len(rows)
    while end > 1 and len(rows[end - 1].spans) == 1:
        end -= 1
    largest = max((span.line.size for row in rows[:end] for span in row.spans if span.line), default=0.0)
    for index in range(end, len(rows)):
        line = rows[index].spans[0].line
        if line and line.size > 1.1 * largest and rows[index - 1].bottom - line.bottom > _APART * line.size:
            return index
    return len(rows)


def _read_beside(heads: Sequence[Span], text: Sequence[Span], body: float) -> list[Element]:
    """Read each head of the margin before the text that begins at its height."""
    starts = set(starts_of_parts(heads))
    elements: list[Element] = []
    # A large head may stand lower than the first line of its text, as high as it is.
    tops = (
        span.bottom + 0.6 * max(body, span.line.size if span.line else body)
        for span in heads
        if round(span.bottom, 1) in starts
    )
    cuts = [float("inf"), *sorted(set(tops), reverse=True), float("-inf")]
    for top, bottom in pairwise(cuts):
        for column in (heads, text):
            part = [span for span in column if bottom < span.bottom <= top]
            elements += _read(part, body)
    return elements


def _items(row: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a row that are read as one: each item beside others by itself."""
    items: list[list[Line]] = []
    for line in row:
        if items and not (line.text[0] in BULLETS and items[0][0].text[0] in BULLETS):
            items[-1].append(line)
        else:
            items.append([line])
    return items


def _read_rows(rows: Sequence[Row]) -> list[Element]:
    """Return the lines of one column, the parts of each joined."""
    elements: list[Element] = []
    left = min(span.left for row in rows for span in row.spans)
    right = max(span.right for row in rows for span in row.spans)
    for row in rows:
        items = _items([span.line for span in row.spans if span.line])
        elements += [replace(join_lines(parts), column=(left, right)) for parts in items]
        for span in row.spans:
            if not span.line:
                elements += span.elements
    return elements
