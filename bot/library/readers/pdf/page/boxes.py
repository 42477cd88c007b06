"""Tell which frames on a PDF's page are boxes, whose text is read apart, and how they go on over a page's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.page.spans import Element
from bot.library.readers.pdf.starts import STOPS
from bot.library.readers.pdf.words.lines import Line, without

_CAPTION_WORDS = 60
_MOST_IN_BAND = 4
_SHORT = 30
_NARROW = 0.2
"""The part of the page's width up to which a frame is a box only if it has several lines: it may be a label."""
_FEWEST_IN_NARROW = 3
_USUAL = 0.25
"""The part of the pages from which on a frame at one place is of their design."""
_NEAR = 4.0
_SAME_WIDTH = 0.03
_NEXT_LINE = 2.0
"""The space, in sizes of type, within which lines are right below each other."""


class Boxes:
    """Numbers the boxes of a report, and knows which of them go on: below a gap, or over a page's end."""

    def __init__(self, pages: Sequence[Sequence[Frame]]) -> None:
        self._unused = count(1)
        self._widths: dict[int, float] = {}
        uses = Counter(place for frames in pages for place in set(map(_place, frames)))
        self._usual = {place for place, times in uses.items() if times > max(2, _USUAL * len(pages))}

    def number(self, frame: Frame | None = None) -> int:
        """Return the number of one more box, with its frame if it has one."""
        number = next(self._unused)
        if frame is not None:
            self._widths[number] = frame.width
        return number

    def outer(self, lines: Sequence[Line], frames: Sequence[Frame], last: Element | None, body: float) -> list[Frame]:
        """Return the boxes that part text from the rest, from the top: those in no other.

        What all of a page is in parts nothing if many pages have it, or it neither has a title nor goes on.
        """
        if not lines:
            return []
        first = max(lines, key=lambda line: line.bottom)
        is_titled = first.starts_bold or first.size > 1.05 * body
        outer = [
            box
            for box in frames
            if not any(other is not box and other.holds(box.left, box.right, box.top) for other in frames)
        ]
        found: list[Frame] = []
        for box in outer:
            inside = sum(box.holds(line.left, line.right, line.bottom) for line in lines)
            is_narrow = inside < _FEWEST_IN_NARROW and box.width <= _NARROW * lines[0].page_width
            is_page = inside >= max(2, len(lines))
            parts = _place(box) not in self._usual and (is_titled or self._is_as_wide(last, box.width))
            if inside and (not is_narrow or is_in_diagram(box, outer, lines)) and (parts or not is_page):
                found.append(box)
        return sorted(found, key=lambda box: (-box.top, box.left))

    def join(self, last: Element | None, elements: Sequence[Element]) -> list[Element]:
        """Give the parts of a box that goes on, from ``last`` on the page before as well, one number.

        They have no headings. A quotation to which the text before it leads is none, though it is framed.
        """
        joined: list[Element] = []
        numbers: dict[int, int] = {}
        for element in elements:
            if last is not None and element.aside and (number := self._continued(last, element)) is not None:
                numbers.setdefault(element.aside, number)
            last = in_box(element, numbers.get(element.aside, element.aside))
            joined.append(last)
        return joined

    def _continued(self, last: Element, element: Element) -> int | None:
        """Return the number of what an element in a box goes on from, None if that is its own."""
        goes_on = element.page > last.page and self._is_as_wide(last, self._widths.get(element.aside, 0.0))
        if not (isinstance(last, Line) and isinstance(element, Line)):
            return last.aside if goes_on else None
        if last.text.endswith((":", ";")) and element.text[0] in '“"‘':
            return 0
        if element.page == last.page:
            # What ends in a bold name is a box of its own.
            goes_on = last.aside > 0 and not (element.starts_bold or last.bold)
            goes_on = goes_on and abs(element.column[0] - last.column[0]) < 1.2 * element.size
        return last.aside if goes_on and element.size <= 1.05 * last.size else None

    def _is_as_wide(self, last: Element | None, width: float) -> bool:
        """Say whether an element is in a box that is so wide."""
        return last is not None and abs(self._widths.get(last.aside, 0.0) - width) < _SAME_WIDTH * width


def _place(frame: Frame) -> tuple[int, ...]:
    return tuple(round(side / _NEAR) for side in (frame.left, frame.bottom, frame.right, frame.top))


def is_band(inside: Sequence[Line], body: float) -> bool:
    """Say whether a frame is the band behind a heading, which is that of the text below: no box, and no chart."""
    is_set_out = all(line.size > 1.05 * body or line.bold or len(line.text) < _SHORT for line in inside)
    # A sentence with a bold line below it, the name of who says it, is no heading.
    *_, above, last = (inside[0], *sorted(inside, key=lambda line: -line.bottom))
    ends_in_name = last.bold and not above.bold and above.text.endswith(STOPS)
    return is_set_out and len(inside) <= _MOST_IN_BAND and not ends_in_name


def is_in_diagram(frame: Frame, boxes: Sequence[Frame], lines: Sequence[Line]) -> bool:
    """Say whether another box is beside one and as high, and right below is no column of text that is as wide."""
    fellows = (abs(other.bottom - frame.bottom) + abs(other.top - frame.top) for other in boxes if other is not frame)
    if all(apart >= _NEAR for apart in fellows):
        return False
    under = (line for line in lines if line.left < frame.right and frame.left < line.right and line.top < frame.bottom)
    first = max(under, key=lambda line: line.bottom, default=None)
    if first is None or not frame.holds(first.left, first.right, frame.bottom):
        return True
    return any(other.holds(first.left, first.right, first.bottom) for other in boxes)


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
    """Return an element as part of the box that has this number."""
    if isinstance(element, Line):
        return element if element.aside == mark else replace(element, aside=mark)
    element.aside = mark
    return element
