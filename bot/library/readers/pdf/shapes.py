"""The frames and rules that are drawn on a PDF's page: what parts boxes and tables from the running text."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_MOST_OBJECTS = 4000
"""A page of a map or a chart draws far more; those are neither boxes nor tables."""
_MOST_SEGMENTS = 16
_THIN = 3.0
_LONG = 18.0
_SHORTEST = 8.0
_MOST_WALLS = 200
_WHITE = 250
_RECTANGLE = range(4, 7)
_OPAQUE = 255
_MOST_COVERS = 40
_SMALLEST_MARK = 1.0
_LARGEST_MARK = 12.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle that is filled or framed, or a rule where it is thin. Points, from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def is_rule(self) -> bool:
        """Whether it is a horizontal line."""
        return self.height <= _THIN and self.width >= _LONG

    @property
    def is_box(self) -> bool:
        return self.height > 2 * _THIN and self.width >= _LONG

    def holds(self, left: float, right: float, height: float) -> bool:
        """Say whether a line from ``left`` to ``right`` at this height is within it."""
        return self.left - 2 <= left and right <= self.right + 2 and self.bottom - 2 <= height <= self.top + 2


def page_shapes(page: Any) -> tuple[set[int], list[Box], list[Box], list[Box]]:
    """Return what a page's drawing tells: the addresses of hidden text objects; boxes of frames, pictures and marks.

    Rules are frames too. A text object is hidden if a filled rectangle is drawn over it later. Marks are so small
    that they may be those of items. Boxes are in the page's own points.
    """
    hidden: set[int] = set()
    covers: list[Box] = []
    boxes: list[Box] = []
    pictures: list[Box] = []
    marks: list[Box] = []
    # From the last object that is drawn to the first, so that only those that come later cover.
    for index in reversed(range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS))):
        shape = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and covers:
            box = _bounds(shape)
            if box is not None and any(_is_inside(box, cover) for cover in covers):
                hidden.add(ctypes.addressof(shape.contents))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(shape)
            pictures += [box] if box else []
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and (box := _bounds(shape)) is not None:
            is_plain = pdfium.FPDFPath_CountSegments(shape) <= _MOST_SEGMENTS
            is_mark = all(_SMALLEST_MARK <= side <= _LARGEST_MARK for side in (box[2] - box[0], box[3] - box[1]))
            is_seen, is_cover = _look(shape) if is_plain or is_mark else (False, False)
            boxes += [box] if is_seen and is_plain else []
            marks += [box] if is_seen and is_mark else []
            covers += [box] if is_cover and is_plain and len(covers) < _MOST_COVERS else []
    return hidden, boxes[::-1], pictures, marks


def page_links(page: Any) -> list[Box]:
    """Return where a page has links, in the page's own points."""
    place, link, rect = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    links: list[Box] = []
    while pdfium.FPDFLink_Enumerate(page.raw, place, link) and len(links) < _MOST_OBJECTS:
        if pdfium.FPDFLink_GetAnnotRect(link, rect):
            links.append((rect.left, rect.bottom, rect.right, rect.top))
    return links


def _look(shape: Any) -> tuple[bool, bool]:
    """Say whether a shape can be seen, and whether it is a filled rectangle that hides what is below it."""
    fill, is_stroked, *colours = (ctypes.c_int(), ctypes.c_int(), *(ctypes.c_uint() for _ in range(4)))
    pdfium.FPDFPath_GetDrawMode(shape, fill, is_stroked)
    has_colour = bool(pdfium.FPDFPageObj_GetFillColor(shape, *colours))
    *shades, alpha = (colour.value for colour in colours)
    is_white = has_colour and (min(shades) >= _WHITE or alpha == 0)
    hides = bool(
        fill.value
        and has_colour
        and alpha == _OPAQUE
        and pdfium.FPDFPath_CountSegments(shape) in _RECTANGLE
        and not pdfium.FPDFPageObj_HasTransparency(shape)
        and pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(shape)) <= 0
    )
    return bool(is_stroked.value or (fill.value and not is_white)), hides


def _is_inside(box: Box, cover: Box) -> bool:
    return box[0] >= cover[0] - 1 and box[1] >= cover[1] - 1 and box[2] <= cover[2] + 1 and box[3] <= cover[3] + 1


def _bounds(shape: Any) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(shape, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def find_walls(frames: Sequence[Frame]) -> list[tuple[float, float, float]]:
    """Return where upright lines are across, and where they end below and above: none where a chart is drawn."""
    thin = [frame for frame in frames if frame.width <= _THIN and frame.height >= _SHORTEST]
    walls = [((frame.left + frame.right) / 2, frame.bottom, frame.top) for frame in thin]
    return walls if len(walls) <= _MOST_WALLS else []
