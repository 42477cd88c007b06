"""Set a sign before the items of a PDF whose marks are no letters, but small shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.words.lines import Line

_FEWEST = 3
_MOST = 200
"""A page with more small shapes shows a chart, or a code for telephones."""
_LEGEND_WORDS = 5
"""What is no longer may be a word of a chart's legend, which has marks as well."""
_FURTHEST = 3.0
"""The widest space between a mark and its item, in sizes of type."""
_HIGHEST = 0.9
_NEXT_LINE = 1.7
_Shape = tuple[float, float]


def set_marks(
    pages: Sequence[Sequence[Line]], marks: Sequence[Sequence[Frame]], frames: Sequence[Sequence[Frame]]
) -> list[list[Line]]:
    """Return the pages' lines, those with the same small shape before them as items, if most of them are long."""
    found: list[dict[int, tuple[Line, Frame]]] = []
    are_long: defaultdict[_Shape, list[bool]] = defaultdict(list)
    for lines, on_page, others in zip(pages, marks, frames, strict=True):
        few = on_page if len(on_page) <= _MOST else ()
        alone = (mark for mark in few if not any(_is_part_of(frame, mark) for frame in others))
        pairs = ((_line_after(mark, lines), mark) for mark in alone)
        found.append({id(line): (line, mark) for line, mark in pairs if line is not None})
        for line, mark in found[-1].values():
            words = (word for other in lines if _goes_on(line, other) for word in other.text.split())
            are_long[_shape(mark)].append(len([*line.text.split(), *words]) > _LEGEND_WORDS)
    known = {shape for shape, each in are_long.items() if len(each) >= _FEWEST and sum(each) * 2 > len(each)}
    items = {
        key: replace(line, text=f"• {line.text}", left=mark.left)
        for marked in found
        for key, (line, mark) in marked.items()
        if _shape(mark) in known
    }
    return [[items.get(id(line), line) for line in lines] for lines in pages]


def _goes_on(line: Line, other: Line) -> bool:
    """Say whether a line is right below another and begins where that does, as the next one of an item."""
    return abs(other.left - line.left) < 1 and 0 < line.bottom - other.bottom < _NEXT_LINE * line.size


def _shape(mark: Frame) -> _Shape:
    return round(mark.width, 1), round(mark.height, 1)


def _line_after(mark: Frame, lines: Sequence[Line]) -> Line | None:
    middle, side = (mark.bottom + mark.top) / 2, max(mark.width, mark.height)
    level = (line for line in lines if line.bottom < middle < line.top and side < _HIGHEST * line.size)
    beside = (line for line in level if 0 < line.left - mark.right < _FURTHEST * line.size)
    return min(beside, key=lambda line: line.left, default=None)


def _is_part_of(frame: Frame, mark: Frame) -> bool:
    """Say whether a shape is a corner of a frame, or the end of a line, that it touches."""
    is_larger = max(frame.width, frame.height) > 2 * max(mark.width, mark.height)
    is_apart = frame.left > mark.right or mark.left > frame.right or frame.bottom > mark.top or mark.bottom > frame.top
    is_across = frame.left < mark.left and mark.right < frame.right
    return is_larger and not (is_apart or (is_across and frame.bottom < mark.bottom and mark.top < frame.top))
