"""Write tables as CSV in which no spreadsheet finds a formula, whatever people wrote."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

_FORMULA = frozenset("=+-@|%")
"""A cell that begins with one of these may be run as a formula or a command by a spreadsheet."""
_AFTER_SEPARATOR = re.compile(r"(;[\s'\"]*)(?=[=+@＝＋＠−－-])")
_BEFORE_FORMULA = "\"' \xa0\u3000\u200c\u200d\u200e\u200f"


def safe_cell(text: str) -> str:
    """Mark a cell that a spreadsheet would take for a formula, also behind blanks, full-width signs or a semicolon.

    A semicolon starts a new cell where a spreadsheet is set to a language that separates cells by it.
    """
    text = _AFTER_SEPARATOR.sub(r"\1'", text)
    first = unicodedata.normalize("NFKC", text.lstrip(_BEFORE_FORMULA))[:1]
    return f"'{text}" if first in _FORMULA and first else text


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV in UTF-8, every cell quoted and safe in a spreadsheet."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([[safe_cell(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
