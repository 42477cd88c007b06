"""Clean text: one form for each letter, one kind of space, and no characters that show nothing or hide others."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_LINE_ENDS = re.compile(r" ?\n ?")

# Letters that typesetters join; and the bullet of the Symbol font, which has no place in Unicode.
_INSTEAD = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\uf0b7": "•", "\uf0a7": "•"}
)
_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
# Signs of Arabic and other scripts that count as format characters but are seen.
_SEEN_SIGNS = re.compile(r"[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
# Scripts whose letters join: Arabic to Thaana, the Indic ones, Khmer, Mongolian, Arabic's presentation forms.
_JOINING = re.compile(r"[\u0600-\u07ff\u0840-\u0dff\u1000-\u109f\u1780-\u18af\ua840-\ua8df\ufb50-\ufdff\ufe70-\ufefc]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of what follows, so that words read as others."""
_BREAKS = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_HARMLESS_FORMATS = frozenset(_JOINERS + _DIRECTION_MARKS) - {"\u061c"}


def clean(text: str) -> str:
    """Put the text into NFC, make its spaces and line ends plain, and drop control and zero-width characters.

    Joiners stay where they shape what is read (Arabic, Indic scripts, emoji), and marks of direction if there are
    letters that run from right to left. Overrides of direction go. Cleaning twice changes nothing.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not (text.isascii() and text.isprintable()):
        text = _without_hidden(unicodedata.normalize("NFC", text).translate(_INSTEAD))
    return _AROUND_LINE_ENDS.sub("\n", _SPACES.sub(" ", text)).strip()


def clean_line(text: str) -> str:
    """Clean the text, and turn its line ends into spaces."""
    return " ".join(clean(text).split())


def strip_harmful(text: str) -> str:
    """Put the text on one line, letters as they were typed, without control, overriding and invisible characters."""
    if text.isprintable():  # nearly every line: nothing in it is hidden, and its only spaces are plain
        return " ".join(text.split())
    return " ".join("".join(" " if char in _BREAKS else char for char in text if _is_harmless(char)).split())


def drop_overrides(text: str) -> str:
    """Drop control characters, and those that turn the direction of what follows; tabs and line ends stay."""
    return "".join(char for char in text if char in "\n\t" or not _is_override(char))


def _is_override(char: str) -> bool:
    return char in _DIRECTION_OVERRIDES or unicodedata.category(char) in ("Cc", "Cs")


def _is_harmless(char: str) -> bool:
    return char in _BREAKS or char in _HARMLESS_FORMATS or unicodedata.category(char) not in _HIDDEN


def _without_hidden(text: str) -> str:
    # A mark of direction counts as a letter that runs from right to left, and shows nothing by itself.
    letters = (char for char in text if char not in _DIRECTION_MARKS)
    right_to_left = any(unicodedata.bidirectional(char) in ("R", "AL") for char in letters)
    kept: list[str] = []
    for index, char in enumerate(text):
        is_seen = char in "\n\t" or unicodedata.category(char) not in _HIDDEN or _SEEN_SIGNS.match(char)
        is_mark = right_to_left and char in _DIRECTION_MARKS
        if is_seen or is_mark or (char in _JOINERS and kept and _shapes(char, kept[-1], text[index + 1 : index + 2])):
            kept.append(char)
    # What is left may compose again, once nothing is between.
    return unicodedata.normalize("NFC", "".join(kept))


def _shapes(joiner: str, before: str, after: str) -> bool:
    if _JOINING.match(before):
        return True
    is_picture = unicodedata.category(before) in ("So", "Sk") or before == "\ufe0f"
    return joiner == "\u200d" and is_picture and bool(after) and unicodedata.category(after) == "So"
