"""Read words as names are compared: in small letters, without accents, with letters that look alike taken as one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.text.other_scripts import BEYOND_LATIN, MARKS, UNSPACED

TOKEN = re.compile(rf"[{UNSPACED}]+(?:[ ・·][{UNSPACED}]+)*|(?:[^\W_{UNSPACED}]|[{MARKS}])+")
"""A word; in a script without spaces, a run of words."""
_DROPPED = re.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff"
    r"\u1dc0-\u1dff\u20d0-\u20ff ・·]|[\u093c\u09bc\u0a3c\u0abc\u0b3c]"
)
"""Marks that people leave out or heap on letters, and what is between the words of a run."""
_ALIKE = str.maketrans(
    # Cyrillic and Greek letters that look like Latin ones, as capitals or small ones; then Latin letters with a stroke.
    "аеорсухіјѕкмтвнһԁԛԝαορκιτχυβεζημłøđıðħ",
    "aeopcyxijskmtbhhdqwaopkitxybezhmlodidh",
)
_BETWEEN = re.compile(r"[ ・·]")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_TWO = {"æ": "ae", "œ": "oe", "þ": "th"}
_ARABIC = str.maketrans("أإآٱیکةہھ", "اااايكههه")


def fold(word: str) -> str:
    """Return a word as it is compared."""
    return word.lower() if word.isascii() else "".join(map(_fold_char, word))


def fold_with_places(typed: str, start: int, end: int) -> tuple[int, int]:
    """Return where a piece of a folded word is in the word as it was typed, with the marks on its last letter."""
    folded = list(map(_fold_char, typed))
    places = [at for at, piece in enumerate(folded) for _ in piece]
    begin, stop = (places[start] if start < len(places) else 0), (places[end - 1] + 1 if 0 < end <= len(places) else 0)
    while stop < len(typed) and not folded[stop] and not _BETWEEN.match(typed[stop]):
        stop += 1
    return begin, stop


def is_spaced(word: str) -> bool:
    """Say whether a word is of a script that people write with spaces."""
    return not _UNSPACED.match(word)


def is_latin(word: str) -> bool:
    """Say whether a word has no letter of another script."""
    return word.isascii() or not BEYOND_LATIN.search(word)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if _DROPPED.match(char):
        return ""
    small = char.casefold()
    if small < "\u0530" or "\u1e00" <= small < "\u2000":
        letters = unicodedata.normalize("NFKD", small).casefold()
        small = "".join(_TWO.get(each, each) for each in letters if not unicodedata.combining(each))
        return small.translate(_ALIKE)
    return small.translate(_ARABIC)
