"""Tell whether two texts are the same words but for spelling, and follow a statement through an edit of its reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

LEAST_LETTERS = 5
"""Letters from which another spelling of a word may be a mistake; a letter more or less in short ones makes others."""
WORDS_A_MISTAKE = 6
"""One in so many words may be spelt in another way, and at least one."""
LONGEST_JOINT = 40
"""Characters before a statement that are looked at for the end of what is before it."""

_WORD = re.compile(r"[£$€+-]?\d+(?:[.,:/]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*|\d\w*")
_APOSTROPHES = str.maketrans("", "", "'’")
_DENIES = re.compile(r"(?:do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need)nt")
_PREFIX = re.compile(r"^(?:un|in|im|dis|mis|re|non|over|under)")
_SUFFIX = re.compile(r"(?:s|d|ed|ing|ly|er|th)$")
_SIGN = r"[^\w\s\x00-\x7f£–—“”‘’¿¡]"
_BEGINS = re.compile(
    rf"(?:(?:^|\n)[^\S\n]*(?:[-*•–—][^\S\n]+)?[\"“‘'(*_]*|[.!?…;][\"”’')*_]*\s*[\"“‘'(*_]*|{_SIGN}\s*)$"
)
_JOINS = re.compile(r"(?:[,:]\s*|\s[–—-]\s+|\b(?:and|but|so|because)\s+)$", re.IGNORECASE)
_ENDS = re.compile(rf"[\"”’')*_]*\s*(?:$|[.!…\n]|{_SIGN})")
_GOES_ON = re.compile(
    r"[\"”’')]*(?:\s*[,:;–—-]\s*|\s+(?=(?:and|but|so|because|which)\b))"
    r"(?!\s*(?:and\s|but\s)?(?:if|unless|only|except|until|not|never|or|when|provided|though)\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[.!…\"”’')]*")
_OPENERS = "\"“‘'(*_"


def follow_edit(statement: str, text: str) -> str | None:
    """Return the words in an edited reply that are the statement, the same but for spelling and spaces.

    None if the reply says something else now. Takes time in proportion to the length of the text, since a
    statement is short.
    """
    words, matches = split(statement), list(_WORD.finditer(text))
    spelt = [_plain(match.group()) for match in matches]
    if not words or len(words) > len(spelt):
        return None
    starts = range(len(spelt) - len(words) + 1)
    for is_same in (_are_equal, say_same):
        for start in starts:
            end = start + len(words)
            if is_same(words, spelt[start:end]):
                span = _span(statement, text, matches[start].start(), matches[end - 1].end())
                if span:
                    return span
    return None


def split(text: str) -> list[str]:
    """Return the words of a text as they are compared: small, without apostrophes; numbers with their signs."""
    return [_plain(word) for word in _WORD.findall(text)]


def say_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two lists of words from ``split`` are the same words in the same order but for a few misspelt."""
    if len(one) != len(other):
        return False
    left = max(1, len(one) // WORDS_A_MISTAKE)
    for here, there in zip(one, other, strict=True):
        if here == there:
            continue
        left -= 1
        if left < 0 or not is_misspelt(here, there):
            return False
    return True


def is_misspelt(one: str, other: str) -> bool:
    """Say whether one word can only be the other one misspelt: two words that both exist say different things."""
    short, long = sorted((one, other), key=len)
    return (
        len(long) >= LEAST_LETTERS
        and (short + long).isalpha()
        and short[0] == long[0]
        and long != short + "s"
        and not (_DENIES.fullmatch(one) or _DENIES.fullmatch(other))
        and not (_is_known(one) and _is_known(other))
        and _is_one_slip(short, long)
    )


def _are_equal(one: Sequence[str], other: Sequence[str]) -> bool:
    return one == other


def _plain(word: str) -> str:
    return word.translate(_APOSTROPHES).casefold()


def _is_one_slip(short: str, long: str) -> bool:
    """Say whether one letter was added, dropped or changed, or two were swapped."""
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(long) == len(short) + 1:
        return short[at:] == long[at + 1 :]
    if len(long) != len(short):
        return False
    swapped = long[at + 1 : at + 2] + long[at : at + 1]
    return short[at + 1 :] == long[at + 1 :] or (short[at : at + 2] == swapped and short[at + 2 :] == long[at + 2 :])


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    pieces = (files("bot.summaries.engine") / "data" / "pieces.txt").read_text(encoding="utf-8").split()
    return frozenset(piece for piece in pieces if piece.isalpha() and len(piece) >= LEAST_LETTERS - 1)


def _is_known(word: str) -> bool:
    return not _known().isdisjoint({word, _PREFIX.sub("", word), _SUFFIX.sub("", word)})


def _span(statement: str, text: str, start: int, end: int) -> str | None:
    """Return the slice with the marks around it, or None if words before or after it could turn its sense."""
    opening = re.match(r"\W*", statement)
    is_part = statement[opening.end() if opening else 0 :][:1].islower()
    closed = statement.rstrip("\"”’')*_ ")[-1:] in {".", "!", "…"}
    if not _begins(text, start, is_part=is_part):
        return None
    if not _ENDS.match(text, end) and (closed or not _GOES_ON.match(text, end)):
        return None
    while start > 0 and text[start - 1] in _OPENERS and statement[0] in _OPENERS:
        start -= 1
    if closed:
        closing = _CLOSING.match(text, end)
        end = closing.end() if closing else end
    return text[start:end]


def _begins(text: str, start: int, *, is_part: bool) -> bool:
    least = max(0, start - LONGEST_JOINT)
    return bool(_BEGINS.search(text, least, start) or (is_part and _JOINS.search(text, least, start)))
