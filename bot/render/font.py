"""Measure words in the font of pictures, break them into lines that fit, and replace what the font lacks.

DejaVu Sans ships with the program, so a picture looks the same on every machine. It has Latin, Greek, Cyrillic, Hebrew
and Arabic letters, but neither Chinese, Japanese and Korean ones nor most emoji. What it lacks becomes "…" here, so
that no empty boxes are drawn. Writing from right to left needs Pillow's Raqm layout, and that needs the FriBiDi library
of the system; if it is missing, those letters count as lacking too, since they would be in the wrong order.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

CUT = "…"
UNSHOWN = "words in letters that this picture can’t show"
_FILES = Path(__file__).with_name("fonts")
_MOST_MARKS = 2
"""Accents on one letter; more are heaped up only to spill over other lines."""
_USUAL = 60
"""About as many characters as a line holds."""
_LONGEST = 400
"""Characters of a text that are looked at: more than three lines ever hold."""
_CAPITAL = 0.729
"""The height of a capital letter of DejaVu Sans, as a part of its size."""
_JOINER, _NON_JOINER = "\u200d", "\u200c"
_KEPT_FORMATS = frozenset("\u200e\u200f") | {_NON_JOINER}
"""Marks of direction, and the sign that keeps two Persian letters apart."""
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_NO_CHARACTER = "\uffff"
"""Never a character, so every font draws its sign for a missing one."""


class Font:
    """One of DejaVu Sans's two weights at a size in pixels."""

    def __init__(self, pixels: int, *, bold: bool = False, right_to_left: bool | None = None) -> None:
        """Load the font; ``right_to_left`` says whether such writing can be laid out, by default if Pillow can."""
        from PIL import ImageFont, features

        path = _FILES / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
        if right_to_left is None:
            right_to_left = bool(features.check("raqm"))
        layout = ImageFont.Layout.RAQM if right_to_left else ImageFont.Layout.BASIC
        self.face = ImageFont.truetype(path, pixels, layout_engine=layout)
        self.direction = "ltr" if right_to_left else None
        """Which end of a line comes first: the left, even if its words are Arabic, so that numbers stay in a column."""
        self.half_capital = round(pixels * _CAPITAL / 2)
        self._plain = ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)
        self._missing = bytes(self._plain.getmask(_NO_CHARACTER))
        self._has: dict[str, bool] = {}

    def width(self, text: str) -> float:
        """Return how wide a line is, in pixels."""
        return self.face.getlength(text, direction=self.direction)

    def replace_missing(self, text: str) -> str:
        """Return the words on one line with "…" for what the font lacks; UNSHOWN if little would remain."""
        words = " ".join(unicodedata.normalize("NFC", text).split())[:_LONGEST]
        kept = self.keep_drawn(words)
        return kept if _count_letters(kept) * 2 >= _count_letters(words) and kept != CUT else UNSHOWN

    def keep_drawn(self, text: str) -> str:
        """Return the words on one line, however long, with "…" for what the font lacks."""
        words = " ".join(unicodedata.normalize("NFC", text).split())
        kept = _drop_marks("".join(self._replace_char(char, words[at - 1 : at]) for at, char in enumerate(words)))
        while CUT * 2 in kept or f"{CUT} {CUT}" in kept:
            kept = kept.replace(CUT * 2, CUT).replace(f"{CUT} {CUT}", CUT)
        return " ".join(kept.split())

    def wrap(self, text: str, width: float, most: int) -> list[str]:
        """Break a text into at most ``most`` lines of ``width`` pixels; what does not fit is cut off with "…"."""
        lines: list[str] = []
        rest = text
        while rest and len(lines) < most:
            line, rest = self._break(rest, width)
            lines.append(line)
        if rest:
            lines[-1] = self._cut(lines[-1], width)
        return lines

    def _break(self, text: str, width: float) -> tuple[str, str]:
        """Split off the longest start that fits, up to a blank unless that leaves the line almost empty."""
        fits = self._count_fitting(text, width)
        if fits == len(text):
            return text, ""
        blank = text.rfind(" ", 0, fits + 1)
        at = blank if blank > fits // 4 else fits
        return text[:at].rstrip(), text[at:].lstrip()

    def _count_fitting(self, text: str, width: float) -> int:
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
        """End a line with "…", behind a whole word unless that would take half of the line."""
        line = line.removesuffix(CUT)
        if self.width(line + CUT) <= width:
            return line + CUT
        while line and self.width(line + CUT) > width:
            line = line[:-1]
        blank = line.rfind(" ")
        return (line[:blank] if blank > len(line) // 2 else line).rstrip() + CUT

    def _replace_char(self, char: str, before: str) -> str:
        if unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff":
            return char if char in _KEPT_FORMATS else ""  # joiners and skin tones of signs that may be gone
        if before == _JOINER and unicodedata.category(char) == "So":
            return ""  # the second half of one sign, such as the staff of a nurse
        if self._is_drawn(char):
            return char
        return "" if unicodedata.category(char)[0] == "M" else CUT

    def _is_drawn(self, char: str) -> bool:
        if char not in self._has:
            is_readable = self.direction is not None or unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT
            is_character = unicodedata.category(char) not in ("Cs", "Cc", "Cn")
            self._has[char] = is_readable and is_character and bytes(self._plain.getmask(char)) != self._missing
        return self._has[char]


@cache
def load_font(pixels: int, *, bold: bool = False) -> Font:
    """Load a font once for all pictures."""
    return Font(pixels, bold=bold)


def _drop_marks(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _count_letters(text: str) -> int:
    return sum(char.isalnum() for char in text)
