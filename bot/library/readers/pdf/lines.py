"""The lines of a PDF's pages, with where they stand and how large they are. Nothing else here knows pdfium."""

from __future__ import annotations

import ctypes
import math
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

BROKEN_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""
_BROKEN_HYPHENS = frozenset("\x02\ufffe\xad")
_WIDE_GAP = 2.0
_BOLD_FROM = 600
_FORCE_BOLD = 1 << 18
_TURNED = 0.2
NOTE_SIGNS = frozenset("0123456789,*∗†‡§")
# After a word or its stop, but not after a number or the unit of an area: those are powers.
_NOTED = re.compile(r"(?:[^\W\d_]{2}|[.,;:!?)”’\"*∗†‡§]\s?)$(?<!\bkm)(?<!\bcm)(?<!\bft)|[^\W\d_]{2}\d{1,2},?$")

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands in a column. Points, from the page's lower left corner.

    ``size`` is the height of its letters' boxes, about the size of the font. ``bold`` is true where the whole line is.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    starts_bold: bool = False
    page_height: float = 0.0


@dataclass(slots=True)
class _Run:
    """Letters that stand beside each other, with their boxes (left, bottom, right, top); a space has none."""

    letters: list[str] = field(default_factory=list)
    boxes: list[Box | None] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)

    @property
    def seen(self) -> list[Box]:
        return [box for box in self.boxes if box is not None]


def page_lines(page: Any, number: int) -> list[Line]:
    """Return the lines of one page, in the order in which the file draws them. ``number`` counts from 1.

    What is turned against the other lines, such as a stamp in the margin, is left out.
    """
    text_page = page.get_textpage()
    height = page.get_height()
    try:
        runs = [run for run in _runs(text_page) if run.seen]
        upright = [run for run in runs if _is_upright(run, text_page)]
        if sum(len(run.seen) for run in upright) * 2 < sum(len(run.seen) for run in runs):
            return _turned_lines(text_page, number, height)
        lines = [line for run in upright if (line := _line(run, text_page, number)).text]
        return [replace(line, page_height=height) for line in lines if not _is_late_sign(line, lines)]
    finally:
        text_page.close()


def _is_late_sign(line: Line, lines: Sequence[Line]) -> bool:
    """Say whether a line is only the sign of a footnote, drawn after the larger line within which it stands."""
    return NOTE_SIGNS.issuperset(line.text) and any(
        line.size < 0.8 * other.size
        and other.left < line.left < other.right
        and other.bottom < line.bottom
        and line.top <= other.top + 0.2 * other.size
        for other in lines
    )


def _turned_lines(text_page: Any, number: int, height: float) -> list[Line]:
    """Return the lines of a page that lies on its side, as pdfium tells them, one below the other."""
    texts = [line.strip() for line in text_page.get_text_range().splitlines() if line.strip()]
    step = 0.7 * height / max(1, len(texts))
    size = min(10.0, step / 1.2)
    tops = [0.85 * height - index * step for index in range(len(texts))]
    return [
        Line(text, number, 50.0, 500.0, top - size, top, size, page_height=height)
        for text, top in zip(texts, tops, strict=True)
    ]


def _is_upright(run: _Run, text_page: Any) -> bool:
    import pypdfium2.raw as pdfium  # as below

    angle: float = pdfium.FPDFText_GetCharAngle(
        text_page, next(i for i, box in zip(run.indices, run.boxes, strict=True) if box)
    )
    return angle < _TURNED or angle > 2 * math.pi - _TURNED


def _runs(text_page: Any) -> Iterator[_Run]:
    run = _Run()
    last: Box | None = None
    was_ended = False
    for index, char, box in _letters(text_page):
        if char in "\r\n":
            was_ended = True
            continue
        if (
            last is not None
            and box is not None
            and (_is_elsewhere(run, last, box) or (was_ended and not _touches(last, box)))
        ):
            yield run
            run, last = _Run(), None
        was_ended = was_ended and box is None
        run.letters.append(char)
        run.boxes.append(box)
        run.indices.append(index)
        last = box or last
    yield run


def _touches(last: Box, box: Box) -> bool:
    """Say whether a letter stands right behind the last one: pdfium ends a line before a raised sign."""
    return -0.1 <= (box[0] - last[2]) / max(last[3] - last[1], 1.0) <= 0.1


def _letters(text_page: Any) -> Iterator[tuple[int, str, Box | None]]:
    """Return each letter with its box; spaces and what pdfium made up have none."""
    # It loads with the first PDF.
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        char = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if char.isspace() or not pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rect)):
            yield index, char if char.isspace() else " ", None
        else:
            yield index, char, (rect.left, rect.bottom, rect.right, rect.top)


def _is_elsewhere(run: _Run, last: Box, box: Box) -> bool:
    """Say whether a letter stands on another line, or in another column."""
    left, bottom, right, top = last
    overlap = min(top, box[3]) - max(bottom, box[1])
    if overlap < 0.3 * min(top - bottom, box[3] - box[1]):
        return True
    # A bullet stands well before its text.
    gap = box[0] - right
    is_after_bullet = len(run.boxes) <= 4 and not any(char.isalpha() for char in run.letters)
    size = max(top - bottom, box[3] - box[1], 1.0)
    return box[0] < left - 2 * size or (gap > _WIDE_GAP * size and not is_after_bullet)


def _line(run: _Run, text_page: Any, number: int) -> Line:
    boxes = run.seen
    indices = [index for index, box in zip(run.indices, run.boxes, strict=True) if box is not None]
    # Bold words alone begin many a paragraph, so the middle and the end are looked at too.
    starts_bold = _is_bold_letter(text_page, indices[0])
    size = statistics.median(box[3] - box[1] for box in boxes)
    return Line(
        text=_text(run),
        page=number,
        left=min(box[0] for box in boxes),
        right=max(box[2] for box in boxes),
        bottom=statistics.median(box[1] for box in boxes),
        top=statistics.median(box[3] for box in boxes),
        size=round(size, 1),
        bold=starts_bold
        and all(_is_bold_letter(text_page, index) for index in (indices[len(indices) // 2], indices[-1])),
        starts_bold=starts_bold,
    )


def _text(run: _Run) -> str:
    """Return the run's text; the raised signs of footnotes are left out, and a broken hyphen has one form."""
    kept: list[str] = []
    before: Box | None = None
    for letter, box in zip(run.letters, run.boxes, strict=True):
        is_sign = before is not None and box is not None and letter in NOTE_SIGNS and _is_raised(box, before)
        if not (is_sign and _NOTED.search("".join(kept[-5:]))):
            kept.append(letter)
            before = box or before
    text = "".join(kept).strip()
    if text[:1] in _BROKEN_HYPHENS:
        text = f"• {text[1:].strip()}".strip()  # a bullet of a font that does not tell its letters
    return text[:-1] + BROKEN_HYPHEN if text and text[-1] in _BROKEN_HYPHENS else text


def _is_raised(box: Box, before: Box) -> bool:
    height = before[3] - before[1]
    return box[3] - box[1] < 0.85 * height and box[1] > before[1] + 0.15 * height


def _is_bold_letter(text_page: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium  # as above

    if pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_FROM:
        return True
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, len(name), ctypes.byref(flags))
    return bool(flags.value & _FORCE_BOLD) or any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))
