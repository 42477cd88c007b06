"""The frames and rules that are drawn on a PDF's page: what parts boxes and tables from the running text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.library.readers.pdf.letters import Turn

_MOST_OBJECTS = 4000
"""A page of a map or a chart draws far more; those are neither boxes nor tables."""
_MOST_SEGMENTS = 16
_THIN = 3.0
_LONG = 18.0
_WHITE = 250


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
        """Say whether a line from ``left`` to ``right`` at this height stands within it."""
        return self.left - 2 <= left and right <= self.right + 2 and self.bottom - 2 <= height <= self.top + 2


def page_frames(page: Any, turn: Turn) -> list[Frame]:
    """Return the frames and rules of a page that can be seen, as they are on the turned page."""
    return [Frame(*turn.place(*box)) for box in _boxes(page)]


def _boxes(page: Any) -> Iterator[tuple[float, float, float, float]]:
    # It loads with the first PDF.
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
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
        sides = (ctypes.byref(side) for side in (left, bottom, right, top))
        if pdfium.FPDFPageObj_GetBounds(shape, *sides):
            yield left.value, bottom.value, right.value, top.value


def _is_white(shape: Any) -> bool:
    import pypdfium2.raw as pdfium  # as above

    colours = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(shape, *(ctypes.byref(colour) for colour in colours)):
        return False
    return all(colour.value >= _WHITE for colour in colours[:3]) or colours[3].value == 0
