"""The letters of a PDF's page with their places, sizes and faces. Here and in shapes and document pdfium is known."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from bot.models.library import UNREAD_LETTER

_BOLD_FROM = 600
_FORCE_BOLD = 1 << 18
_ITALIC = 1 << 6
_BOLD_NAMES = ("bold", "black", "heavy")
_ITALIC_NAMES = ("italic", "oblique")
_SYMBOLS = range(0xF000, 0xF100)
"""Where the fonts of bullets have their signs."""
_SYMBOL_BULLETS = frozenset(
    {*range(0xF06C, 0xF078), 0xF0A7, 0xF0A8, 0xF0B2, 0xF0B7, 0xF0D8, 0xF0E0, 0xF0E8, 0xF0F0, 0xF0FB, 0xF0FC, 0xF0FE}
)
_MEANT = frozenset(map(ord, "\t\n\r\v\f\x02"))
"""Spaces, and what pdfium gives for a broken hyphen; other control characters stand for letters without a name."""
_FLAT = math.radians(12)
_DARK = 130
_GREY = 40
_STEP = 48
LINK = -1
"""The colour of what is coloured since it is a link."""


@dataclass(frozen=True, slots=True)
class Face:
    """How letters are set: the size of the type in points (font size times text matrix), the weight and the face.

    ``colour`` is 0 for black and dark grey, and tells others from each other.
    """

    size: float
    bold: bool = False
    italic: bool = False
    name: str = ""
    colour: int = 0


@dataclass(slots=True)
class Letter:
    """A letter with the left and right end of its place and the line on which it sits, in points; a space has none.

    ``source`` numbers the run of text in which the file itself draws it, 0 for a space that pdfium made up.
    """

    char: str
    face: Face | None = None
    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    source: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page has to be turned so that most of its text is upright: quarters, anticlockwise.

    ``left`` and ``bottom`` are where the part of the page begins that is seen, ``width`` and ``height`` are the seen
    page's once it is turned. All in points.
    """

    quarters: int
    left: float
    bottom: float
    width: float
    height: float

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return a box (left, bottom, right, top) as it is on the turned page, from its lower left corner."""
        box = left - self.left, bottom - self.bottom, right - self.left, top - self.bottom
        width, height = (self.width, self.height) if self.quarters % 2 == 0 else (self.height, self.width)
        for _ in range(self.quarters):
            left, bottom, right, top = box
            box = bottom, width - right, top, width - left
            width, height = height, width
        return box


@dataclass(slots=True)
class _TextObject:
    face: Face
    quarters: int | None
    origin: tuple[float, float]
    source: int


_RawLetter = tuple[str, _TextObject | None, tuple[float, float, float, float] | None]


def page_letters(page: Any, text_page: Any, hidden: Collection[int] = ()) -> tuple[list[Letter], Turn]:
    """Return the letters of a page in the order in which pdfium gives them, and how the page has to be turned.

    What is turned against most of the text, such as a stamp in the margin, is left out. So is what is drawn by one
    of the ``hidden`` objects.
    """
    raw = list(_raw_letters(text_page, hidden))
    if any(each is not None and each.quarters is None for _, each, _ in raw):
        raw = list(_without_curved(raw))
    turns = Counter(each.quarters for _, each, _ in raw if each is not None and each.quarters is not None)
    quarters = turns.most_common(1)[0][0] or 0 if turns else 0
    seen_left, seen_bottom, seen_right, seen_top = page.get_bbox()
    sides = (seen_right - seen_left, seen_top - seen_bottom)
    turn = Turn(quarters, seen_left, seen_bottom, *(sides if quarters % 2 == 0 else sides[::-1]))
    letters = []
    for char, each, box in raw:
        if each is None or box is None:
            letters.append(Letter(char, source=each.source if each else 0))
        elif each.quarters == quarters:
            left, _, right, _ = turn.place(*box)
            _, baseline, _, _ = turn.place(*each.origin, *each.origin)
            letters.append(Letter(char, each.face, left, right, baseline, each.source))
    return letters, turn


def _without_curved(raw: Iterable[_RawLetter]) -> Iterator[_RawLetter]:
    """Leave out words that are drawn along a curve: the few letters of them that happen to be level tell nothing."""
    for _, letters in groupby(raw, lambda letter: (letter[0].isspace(), letter[1] and letter[1].face.name)):
        word = list(letters)
        if sum(each is not None and each.quarters is None for _, each, _ in word) <= 1:
            yield from word


def _raw_letters(text_page: Any, hidden: Collection[int]) -> Iterator[_RawLetter]:
    """Return each letter with the text object that draws it and its box: a space has no box, a made-up one neither."""
    rect = pdfium.FS_RECTF()
    handle = text_page.raw  # passing the wrapper costs more than the call itself
    objects: dict[int, _TextObject] = {}
    faces: dict[tuple[float, int, bytes, int], Face] = {}
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        char = _char(code)
        pointer = pdfium.FPDFText_GetTextObject(handle, index)
        address = ctypes.addressof(pointer.contents) if pointer else 0
        if address in hidden:
            continue
        if char.isspace():
            is_drawn = address in objects and not pdfium.FPDFText_IsGenerated(handle, index)
            yield char, objects[address] if is_drawn else None, None
            continue
        if not address or not pdfium.FPDFText_GetLooseCharBox(handle, index, rect):
            yield char, None, None
            continue
        if address not in objects:
            objects[address] = _text_object(handle, index, faces)
        yield char, objects[address], (rect.left, rect.bottom, rect.right, rect.top)


def _char(code: int) -> str:
    if code in _SYMBOL_BULLETS:
        return "•"
    if not 0 < code < 0x110000 or (code < 0x20 and code not in _MEANT):
        return UNREAD_LETTER
    char = chr(code)
    if char in "\u2010\u2011":
        return "-"
    is_private = code > 0xDFFF and unicodedata.category(char) == "Co" and code not in _SYMBOLS
    return UNREAD_LETTER if is_private else char


def _text_object(handle: Any, index: int, faces: dict[tuple[float, int, bytes, int], Face]) -> _TextObject:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(handle, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = round(abs(pdfium.FPDFText_GetFontSize(handle, index)) * scale, 1)
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(handle, index, name, len(name), flags)
    key = (size, flags.value, name.value, _colour(handle, index))
    if key not in faces:
        faces[key] = _face(*key, pdfium.FPDFText_GetFontWeight(handle, index))
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
    angle = math.atan2(matrix.b, matrix.a)
    quarters = round(angle / (math.pi / 2))
    is_flat = abs(angle - quarters * math.pi / 2) < _FLAT
    return _TextObject(faces[key], quarters % 4 if is_flat else None, (x.value, y.value), index + 1)


def _colour(handle: Any, index: int) -> int:
    """Return the colour of a letter, roughly: 0 for what is dark and grey."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(handle, index, red, green, blue, alpha):
        return 0
    shades = (red.value, green.value, blue.value)
    if max(shades) < _DARK and max(shades) - min(shades) < _GREY:
        return 0
    return sum((shade // _STEP) << 8 * place for place, shade in enumerate(shades)) + 1


def _face(size: float, flags: int, name: bytes, colour: int, weight: int) -> Face:
    small = name.decode("latin-1").lower()
    bold = weight >= _BOLD_FROM or bool(flags & _FORCE_BOLD) or any(part in small for part in _BOLD_NAMES)
    italic = bool(flags & _ITALIC) or any(part in small for part in _ITALIC_NAMES)
    family = small.split("+")[-1].split("-")[0].split(",")[0]
    return Face(size, bold, italic, family, colour)
