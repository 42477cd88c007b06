"""Write figures as plain text shows them: the numbers of list items, raised figures, and formulas in one line."""

from __future__ import annotations

import re
from typing import Any

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST = 32_767
"""Word counts no further."""
_FIGURES = re.compile(r"[+−-]?[0-9]{1,4}")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_WORDS = frozenset({"t", "mi", "mn", "mo", "ms", "mtext"})
_NO_WORDS = frozenset({"annotation", "annotation-xml"})


def read_number(text: str | None, otherwise: int) -> int:
    """Return the number that an attribute gives, at most MOST; ``otherwise`` if it gives none."""
    return min(int(text), MOST) if text and text.isascii() and text.isdecimal() and len(text) < 6 else otherwise


def write_number(count: int, form: str) -> str:
    """Write a number as Word's format says: decimal, letters, Roman numerals; others as decimals."""
    count = min(max(count, 0), MOST)
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and count:
        # After z comes aa, then bb.
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and count:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    if form == "decimalZero":
        return f"{count:02}"
    if form == "ordinal":
        return f"{count}{_ordinal_ending(count)}"
    return str(count)


def write_raised(figures: str) -> str:
    """Return figures as raised ones, such as "10⁶" has; other text as it is."""
    return figures.translate(_RAISED) if _FIGURES.fullmatch(figures) else figures


def write_formula(element: Any) -> str:
    """Return a formula in one line: a fraction with a stroke, and powers raised, so that no number becomes another."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name in _WORDS:
        return (element.text or "").strip() if name != "t" else str(element.text or "")
    if not name or name in _NO_WORDS:
        return ""
    told = [(str(child.tag).rpartition("}")[2], write_formula(child)) for child in element]
    parts = [words for part, words in told if not part.endswith("Pr")]
    if name in ("f", "mfrac") and len(parts) == 2:
        return "/".join(map(_in_brackets, parts))
    if name in ("sSup", "msup") and len(parts) == 2:
        raised = write_raised(parts[1])
        return parts[0] + (raised if raised != parts[1] else f"^{_in_brackets(parts[1])}")
    return "".join(words for _, words in told)


def _roman(count: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        written += letters * times
    return written


def _ordinal_ending(count: int) -> str:
    return "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _in_brackets(words: str) -> str:
    return words if words.isalnum() else f"({words})"
