"""Words in a picture: what its font can show of them, and breaking them into lines that fit.

matplotlib brings DejaVu Sans, which has Latin, Greek, Cyrillic, Hebrew and Arabic letters, but neither Chinese,
Japanese and Korean ones nor most emoji. What it lacks becomes "…" here, so that no empty boxes are drawn.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from bot.summaries.escaping import anonymised_ids

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

CUT = "…"
UNSHOWN = "words in letters that this picture cannot show"
_DOTS_AN_INCH = 100
_MOST_MARKS = 2
"""Accents on one letter; more are heaped up only to spill over other lines."""
_USUAL = 60
"""About as many characters as a line holds."""
_LONGEST = 400
"""Characters of a label that are looked at: more than two lines ever hold."""


class Lettering:
    """One of DejaVu Sans's two weights at a size in pixels."""

    def __init__(self, pixels: float, *, bold: bool = False) -> None:
        import matplotlib
        from matplotlib.font_manager import get_font

        name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
        self.path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name
        self.points = pixels * 72 / _DOTS_AN_INCH
        self._font: FT2Font = get_font(self.path)
        self._glyphs = self._font.get_charmap().keys()

    def width(self, text: str) -> float:
        """How wide a line is, in pixels."""
        self._font.set_size(self.points, _DOTS_AN_INCH)
        self._font.set_text(text)
        return self._font.get_width_height()[0] / 64

    def shown(self, text: str) -> str:
        """The words on one line as this font can show them; UNSHOWN where little would remain."""
        words = anonymised_ids(text)[:_LONGEST]
        kept = _few_marks("".join(self._shown_char(char) for char in words))
        while CUT * 2 in kept or f"{CUT} {CUT}" in kept:
            kept = kept.replace(CUT * 2, CUT).replace(f"{CUT} {CUT}", CUT)
        kept = " ".join(kept.split())
        return kept if _letters(kept) * 2 >= _letters(words) and kept != CUT else UNSHOWN

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """The text in at most ``most`` lines of at most ``width`` pixels; what does not fit is cut off with "…"."""
        lines: list[str] = []
        rest = text
        while rest and len(lines) < most:
            line, rest = self._broken(rest, width)
            lines.append(line)
        if rest:
            lines[-1] = self._cut(lines[-1], width)
        return lines

    def _broken(self, text: str, width: float) -> tuple[str, str]:
        """The longest start of the text that fits, up to a blank where there is one, and the rest."""
        fits = self._fitting(text, width)
        if fits == len(text):
            return text, ""
        blank = text.rfind(" ", 0, fits + 1)
        at = blank if blank > 0 else fits
        return text[:at].rstrip(), text[at:].lstrip()

    def _fitting(self, text: str, width: float) -> int:
        low, high = 1, min(_USUAL, len(text))
        # A measure takes as long as the text is, so long ones are not measured whole.
        while high < len(text) and self.width(text[:high]) <= width:
            low, high = high, min(2 * high, len(text))
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(text[:middle]) <= width else (low, middle - 1)
        while low < len(text) and low > 1 and unicodedata.combining(text[low]):
            low -= 1
        return low

    def _cut(self, line: str, width: float) -> str:
        line = line.removesuffix(CUT)
        while line and self.width(line + CUT) > width:
            line = line[:-1].rstrip()
        return line + CUT

    def _shown_char(self, char: str) -> str:
        if unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff":
            return char if char in "\u200e\u200f" else ""  # joiners and skin tones of signs that may be gone
        if ord(char) in self._glyphs:
            return char
        return "" if unicodedata.category(char)[0] == "M" else CUT


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)
