"""Write tables as CSV in which no spreadsheet finds a formula, whatever people wrote."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

_SIGNS = frozenset("=+-@\u2212")
_FORMULA = _SIGNS | frozenset("|%")
"""A cell that begins with one of these may be run as a formula or a command by a spreadsheet."""
_SEPARATOR = re.compile("([;\uff1b\u037e\t])")
_QUOTES = "\"'"
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that show nothing, though Unicode counts them as seen."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"})


def safe_cell(text: str) -> str:
    """Mark a cell that a spreadsheet would take for a formula.

    It is found behind anything that is not seen and behind quotation marks, in full-width and other forms, and behind a
    semicolon or a tab: these start a new cell where a spreadsheet is set to separate cells by them.
    """
    first, *rest = _SEPARATOR.split(text)
    start = _find_first_seen(text)
    mark = "'" if start < len(text) and _sign(text[start]) in _FORMULA else ""
    return mark + first + "".join(map(_mark_sign, rest))


def _mark_sign(part: str) -> str:
    """Set the mark before the sign with which a part of a cell begins, if it does."""
    start = _find_first_seen(part)
    is_sign = start < len(part) and _sign(part[start]) in _SIGNS
    return f"{part[:start]}'{part[start:]}" if is_sign else part


def _find_first_seen(text: str) -> int:
    """Return the place of the first character that is seen and no quotation mark; the length if there is none."""
    for place, char in enumerate(text):
        if char not in _QUOTES and char not in _BLANK_LETTERS and unicodedata.category(char) not in _UNSEEN:
            return place
    return len(text)


def _sign(char: str) -> str:
    # One by one: with what follows, "=" can become another letter.
    return unicodedata.normalize("NFKC", char)


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV in UTF-8, every cell quoted and safe in a spreadsheet."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([[safe_cell(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
