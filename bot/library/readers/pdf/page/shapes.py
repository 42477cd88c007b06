"""The frames and rules that are drawn on a PDF's page: what parts boxes and tables from the running text."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_Point = tuple[float, float]
_MOST_OBJECTS = 4000
"""A page of a map or a chart draws far more; those are neither boxes nor tables."""
_MOST_SEGMENTS = 16
_MOST_IN_GROUP = 40
_THIN = 3.0
_LONG = 18.0
_SHORTEST = 8.0
_MOST_WALLS = 200
_WHITE = 250
_RECTANGLE = range(4, 7)
_OPAQUE = 255
_MOST_COVERS = 40
_MARK = (1.0, 12.0)
"""The least and the most that the mark of an item is wide and high."""


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
    def area(self) -> float:
        return self.width * self.height

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
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            boxes += _boxes_in(shape)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            is_plain = pdfium.FPDFPath_CountSegments(shape) <= _MOST_SEGMENTS
            box = _bounds(shape)
            if box is None or not (is_plain or _is_mark(box)):
                continue
            is_seen, is_cover = _look(shape)
            if is_seen:
                boxes += _boxes_of(shape)
                marks += [box] if _is_mark(box) else []
            if is_plain and is_cover and len(covers) < _MOST_COVERS:
                covers.append(box)
    return hidden, boxes[::-1], pictures, marks


def page_links(page: Any) -> list[Box]:
    """Return where a page has links, in the page's own points."""
    place, link, rect = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    links: list[Box] = []
    while pdfium.FPDFLink_Enumerate(page.raw, place, link) and len(links) < _MOST_OBJECTS:
        if pdfium.FPDFLink_GetAnnotRect(link, rect):
            links.append((rect.left, rect.bottom, rect.right, rect.top))
    return links


def _boxes_in(group: Any, deep: int = 3) -> list[Box]:
    """Return the boxes of the paths in a group of shapes, such as a tint that lets through what is below it."""
    count = pdfium.FPDFFormObj_CountObjects(group)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(group, matrix)
    found: list[Box] = []
    for index in range(count if deep and count <= _MOST_IN_GROUP else 0):
        shape = pdfium.FPDFFormObj_GetObject(group, index)
        kind = pdfium.FPDFPageObj_GetType(shape)
        found += _boxes_in(shape, deep - 1) if kind == pdfium.FPDF_PAGEOBJ_FORM else []
        found += _boxes_of(shape) if kind == pdfium.FPDF_PAGEOBJ_PATH else []
    return [_placed([(left, bottom), (right, top)], matrix) for left, bottom, right, top in found]


def _boxes_of(path: Any) -> list[Box]:
    """Return the boxes of a path's parts that can be seen: two bars may be one path."""
    if pdfium.FPDFPath_CountSegments(path) > _MOST_SEGMENTS or not _look(path)[0]:
        return []
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    parts: list[list[_Point]] = []
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if not parts or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            parts.append([])
        parts[-1].append((x.value, y.value))
    drawn = [_placed(part, matrix) for part in parts if len(part) > 1]
    box = _bounds(path) if len(drawn) == 1 else None
    return [box] if box else drawn


def _placed(points: Sequence[_Point], matrix: Any) -> Box:
    """Return the box around points once a matrix has moved them."""
    across = [matrix.a * x + matrix.c * y + matrix.e for x, y in points]
    up = [matrix.b * x + matrix.d * y + matrix.f for x, y in points]
    return min(across), min(up), max(across), max(up)


def _look(path: Any) -> tuple[bool, bool]:
    """Say whether a path can be seen, and whether it is a filled rectangle that hides what is below it."""
    fill, is_stroked, *colours = (ctypes.c_int(), ctypes.c_int(), *(ctypes.c_uint() for _ in range(4)))
    pdfium.FPDFPath_GetDrawMode(path, fill, is_stroked)
    has_colour = bool(pdfium.FPDFPageObj_GetFillColor(path, *colours))
    *shades, alpha = (colour.value for colour in colours)
    is_white = has_colour and (min(shades) >= _WHITE or alpha == 0)
    hides = bool(
        fill.value
        and has_colour
        and alpha == _OPAQUE
        and pdfium.FPDFPath_CountSegments(path) in _RECTANGLE
        and not pdfium.FPDFPageObj_HasTransparency(path)
        and pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(path)) <= 0
    )
    return bool(is_stroked.value or (fill.value and not is_white)), hides


def _is_mark(box: Box) -> bool:
    least, most = _MARK
    return least <= box[2] - box[0] <= most and least <= box[3] - box[1] <= most


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
