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
_LEAST_DOTLESS = 4
"""Letters after which an Arabic ى at the end is read as ي, as many type it; "على" is "on", and nobody."""
_BETWEEN = re.compile(r"[ ・·]")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_TWO = {"æ": "ae", "œ": "oe", "þ": "th"}
_ARABIC = str.maketrans("أإآٱیکةہھ", "اااايكههه")


def fold(word: str) -> str:
    """Return a word as it is compared."""
    if word.isascii():
        return word.lower()
    folded = "".join(map(_fold_char, word))
    return f"{folded[:-1]}ي" if folded.endswith("ى") and len(folded) > _LEAST_DOTLESS else folded


def place_letters(typed: str) -> tuple[list[int], list[int]]:
    """Return where each letter of a word, once folded, begins and ends in what was typed, with the marks on it."""
    begins: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(typed):
        folded = _fold_char(char)
        if not folded and ends and not _BETWEEN.match(char) and ends[-1] == at:
            ends[-1] = at + 1
        begins += [at] * len(folded)
        ends += [at + 1] * len(folded)
    return begins, ends


def is_spaced(word: str) -> bool:
    """Say whether a word is of a script that people write with spaces."""
    return not _UNSPACED.match(word)


def is_latin(folded: str) -> bool:
    """Say whether a folded word has no letter of another script."""
    return folded.isascii() or not BEYOND_LATIN.search(folded)


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
