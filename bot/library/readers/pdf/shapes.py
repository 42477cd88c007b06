"""The frames and rules that are drawn on a PDF's page: what parts boxes and tables from the running text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.library.readers.pdf.letters import Turn

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


def covered_texts(page: Any) -> set[int]:
    """Return the addresses of the text objects over which a filled rectangle is drawn later: nobody can see them."""
    # It loads with the first PDF.
    import pypdfium2.raw as pdfium

    covered: set[int] = set()
    covers: list[tuple[float, float, float, float]] = []
    # From the last object that is drawn to the first, so that only those that come later cover.
    for index in reversed(range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS))):
        shape = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and _is_cover(shape):
            box = _bounds(shape)
            if box is not None and len(covers) < _MOST_COVERS:
                covers.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT and covers:
            box = _bounds(shape)
            if box is not None and any(_is_inside(box, cover) for cover in covers):
                covered.add(ctypes.addressof(shape.contents))
    return covered


def _is_cover(shape: Any) -> bool:
    """Say whether a shape is a filled rectangle through which nothing is seen, drawn as large as it is."""
    import pypdfium2.raw as pdfium  # as above

    fill, is_stroked, alpha = ctypes.c_int(), ctypes.c_int(), ctypes.c_uint()
    others = [ctypes.c_uint() for _ in range(3)]
    return bool(
        pdfium.FPDFPath_CountSegments(shape) in _RECTANGLE
        and pdfium.FPDFPath_GetDrawMode(shape, ctypes.byref(fill), ctypes.byref(is_stroked))
        and fill.value
        and pdfium.FPDFPageObj_GetFillColor(shape, *map(ctypes.byref, others), ctypes.byref(alpha))
        and alpha.value == _OPAQUE
        and not pdfium.FPDFPageObj_HasTransparency(shape)
        and pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(shape)) <= 0
    )


def _is_inside(box: tuple[float, float, float, float], cover: tuple[float, float, float, float]) -> bool:
    return box[0] >= cover[0] - 1 and box[1] >= cover[1] - 1 and box[2] <= cover[2] + 1 and box[3] <= cover[3] + 1


def _bounds(shape: Any) -> tuple[float, float, float, float] | None:
    import pypdfium2.raw as pdfium  # as above

    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(shape, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def page_frames(page: Any, turn: Turn) -> list[Frame]:
    """Return the frames and rules of a page that can be seen, as they are on the turned page."""
    return [Frame(*turn.place(*box)) for box in _boxes(page)]


def find_walls(frames: Sequence[Frame]) -> list[tuple[float, float, float]]:
    """Return where upright lines are across, and where they end below and above: none where a chart is drawn."""
    thin = [frame for frame in frames if frame.width <= _THIN and frame.height >= _SHORTEST]
    walls = [((frame.left + frame.right) / 2, frame.bottom, frame.top) for frame in thin]
    return walls if len(walls) <= _MOST_WALLS else []


def _boxes(page: Any) -> Iterator[tuple[float, float, float, float]]:
    # It loads with the first PDF.
    import pypdfium2.raw as pdfium

    fill, is_stroked = ctypes.c_int(), ctypes.c_int()
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        shape = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPath_CountSegments(shape) > _MOST_SEGMENTS:
            continue
        pdfium.FPDFPath_GetDrawMode(shape, ctypes.byref(fill), ctypes.byref(is_stroked))
        if not is_stroked.value and (not fill.value or _is_white(shape)):
            continue
        box = _bounds(shape)
        if box is not None:
            yield box


def _is_white(shape: Any) -> bool:
    import pypdfium2.raw as pdfium  # as above

    colours = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(shape, *(ctypes.byref(colour) for colour in colours)):
        return False
    return all(colour.value >= _WHITE for colour in colours[:3]) or colours[3].value == 0
