"""Write the number of a list's item: as a figure, a letter or a Roman numeral."""

from __future__ import annotations

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST = 32_767
"""Word counts no further."""


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


def _roman(count: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        written += letters * times
    return written


def _ordinal_ending(count: int) -> str:
    return "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
