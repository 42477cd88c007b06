"""Tell which frames on a PDF's page are boxes, whose text is read apart, and how they go on over a page's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.page.spans import Element
from bot.library.readers.pdf.page.tables import Table
from bot.library.readers.pdf.starts import STOPS
from bot.library.readers.pdf.words.lines import Line, without

_CAPTION_WORDS = 60
_MOST_IN_BAND = 4
_SHORT = 30
_NARROW = 0.2
"""The part of the page's width up to which a frame is a box only if it has several lines: it may be a label."""
_FEWEST_IN_NARROW = 3
_INSET = 30.0
"""How far the text of a box may be from its sides."""
_NEXT_LINE = 2.0
"""The space, in sizes of type, within which lines are right below each other."""


def outer_boxes(lines: Sequence[Line], boxes: Sequence[Frame], last: Element | None) -> list[Frame]:
    """Return the boxes that part text from the rest, from the top: those in no other.

    What all of a page is in parts nothing, unless a box goes on in it.
    """
    outer = [
        box
        for box in boxes
        if not any(other is not box and other.holds(box.left, box.right, box.top) for other in boxes)
    ]
    held = [sum(box.holds(line.left, line.right, line.bottom) for line in lines) for box in outer]
    found = [
        box
        for box, count in zip(outer, held, strict=True)
        if count
        and (count >= _FEWEST_IN_NARROW or box.width > _NARROW * lines[0].page_width)
        and (count < max(2, len(lines)) or _goes_on_in(box, last, lines[0].page))
    ]
    return sorted(found, key=lambda box: (-box.top, box.left))


def _goes_on_in(box: Frame, last: Element | None, page: int) -> bool:
    """Say whether a box of the page before goes on in one of this page, which is as wide."""
    if not isinstance(last, Line) or not last.aside or last.page != page - 1:
        return False
    left, right = last.column
    return box.left - 2 <= left < box.left + _INSET and box.right - 2 * _INSET < right <= box.right + 2


def is_band(inside: Sequence[Line], body: float) -> bool:
    """Say whether a frame is the band behind a heading, which is that of the text below: no box, and no chart."""
    is_set_out = all(line.size > 1.05 * body or line.bold or len(line.text) < _SHORT for line in inside)
    # A sentence with a bold line below it, the name of who says it, is no heading.
    *_, above, last = (inside[0], *sorted(inside, key=lambda line: -line.bottom))
    ends_in_name = last.bold and not above.bold and above.text.endswith(STOPS)
    return is_set_out and len(inside) <= _MOST_IN_BAND and not ends_in_name


def has_caption(picture: Frame, lines: Sequence[Line], body: float) -> bool:
    """Say whether a few words are on a picture, none of them large: no title, and no text with a picture behind it."""
    inside = [line for line in lines if picture.holds(line.left, line.right, line.bottom)]
    is_small = all(line.size <= body for line in inside)
    if not is_small or not 0 < sum(len(line.text.split()) for line in inside) <= _CAPTION_WORDS:
        return False
    return not any(_goes_on_outside(line, other) for line in inside for other in without(lines, inside))


def _goes_on_outside(line: Line, other: Line) -> bool:
    """Say whether two lines are of one paragraph: set alike and right below each other, one of them on a picture."""
    is_alike = (line.size, line.face, line.colour) == (other.size, other.face, other.colour)
    return is_alike and abs(line.bottom - other.bottom) < _NEXT_LINE * line.size


def in_box(element: Element, mark: int) -> Element:
    """Return an element as part of the box that has this number, a table in no other as well."""
    if element.aside == mark:
        return element
    if isinstance(element, Table):
        element.aside = element.aside or mark
        return element
    return replace(element, aside=mark)


def join_boxes(elements: Sequence[Element]) -> list[Element]:
    """Give the parts of a box that goes on, below a gap or on the next page, one number: they have no headings.

    A quotation to which the text before it leads is none, though it is framed.
    """
    joined: list[Element] = []
    numbers: dict[int, int] = {}
    for element in elements:
        last = joined[-1] if joined else None
        if isinstance(element, Line) and isinstance(last, Line) and _is_box_going_on(last, element):
            numbers.setdefault(element.aside, last.aside)
        elif isinstance(element, Line) and isinstance(last, Line) and _leads_to_quotation(last, element):
            numbers.setdefault(element.aside, 0)
        joined.append(in_box(element, numbers.get(element.aside, element.aside)))
    return joined


def _is_box_going_on(last: Line, line: Line) -> bool:
    if not (last.aside and line.aside) or line.starts_bold or line.size > 1.05 * last.size:
        return False
    is_other = last.bold and last.page == line.page  # what ends in a bold name is a box of its own
    return not is_other and abs(line.column[0] - last.column[0]) < 1.2 * line.size


def _leads_to_quotation(last: Line, line: Line) -> bool:
    return bool(line.aside and last.text.endswith((":", ";")) and line.text[0] in '“"‘')
