"""Tell raised text that only leads to a note from figures that are raised, such as powers."""

from __future__ import annotations

import re
from html import unescape

NOTE_SIGN = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]|[*†‡§↑])\)?\]?|\[[^\[\]]{1,40}\]", re.IGNORECASE)
_NOTE_LINK = re.compile(r"<sup\b[^<>]*>((?:(?!</?sup\b).){0,2000})</sup>", re.IGNORECASE | re.DOTALL)
_FIGURES = re.compile(r"[+−-]?[0-9]{1,4}")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_BACK_LINK = re.compile(
    r"<a\b[^<>]*>(?:\s|&#160;|&nbsp;)*(?:[↩↑⏎⤴^¶]|&#(?:8617|x21a9|8593);)\ufe0e?\s*</a>", re.IGNORECASE
)
"""What leads from a note back to its place in the text."""
_TAG = re.compile(r"<[^<>]*>")


def drop_note_links(html: str) -> str:
    """Return the HTML without raised signs that link to a note, such as "[1]", and without the links back.

    Other raised text stays; raised figures become figures that are raised in plain text too.
    """
    return _BACK_LINK.sub("", _NOTE_LINK.sub(lambda match: _raised(match[0], match[1]), html))


def write_raised(figures: str) -> str:
    """Return figures as raised ones, such as "10⁶" has; other text as it is."""
    return figures.translate(_RAISED) if _FIGURES.fullmatch(figures) else figures


def _raised(element: str, inner: str) -> str:
    if _is_note_link(inner):
        return ""
    figures = unescape(_TAG.sub("", inner)).strip()
    # As plain text, 10 to the power of 6 would become 106.
    return write_raised(figures) if _FIGURES.fullmatch(figures) else element


def _is_note_link(inner: str) -> bool:
    text = unescape(_TAG.sub("", inner)).strip()
    # Some programs put a stroke behind the sign, as a raised text of its own.
    return text == "/" or ("<a" in inner.lower() and NOTE_SIGN.fullmatch(text) is not None)
