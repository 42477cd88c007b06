"""Tell text that can be discussed from the rows of tables, captions, lists of names, and notes."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?…。！？؟۔।]+[.!?…。！？؟۔।]", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SMALL_WORDS = frozenset(
    """a an and are as at be been but by can could do does for from had has have how if in into is it its may more most
    must no not of on or our should than that the their them there these they this those to was we were what when where
    which who will with would you your""".split()
)
_VERBS = frozenset(
    """are be been can cannot could did do does had has have is may might must need needs shall should was we were who will
    would you""".split()
)
_CAPTION = re.compile(r"(?:figure|fig\.|table|chart|exhibit|map|graph)\s+\d[\w.]*\s*[:.–—|-]?\s", re.IGNORECASE)
_NOTES = re.compile(
    r"(?:\d+\.?\s+)?(?:foot|end)?notes?(?: and references)?|(?:\d+\.?\s+)?(?:list of )?references(?: and notes)?|"
    r"(?:\d+\.?\s+)?(?:select )?bibliography|(?:\d+\.?\s+)?works cited",
    re.IGNORECASE,
)
_FEWEST_WORDS = 5
_FEWEST_SMALL = 2
_UNENDED_WORDS = 12
_WITHOUT_SPACES = 12


def has_sentence(text: str) -> bool:
    """Say whether a text holds a whole sentence: some words with the small ones that make a sentence of them.

    Texts of other scripts than Latin are judged by their stops alone.
    """
    is_latin = sum(char.isascii() for char in text) * 2 > len(text)
    if not is_latin:
        return any(len(match[0].strip()) > _WITHOUT_SPACES for match in _SENTENCE.finditer(text))
    for part in text.split("\n"):
        if any(_is_sentence(match[0], _FEWEST_WORDS) for match in _SENTENCE.finditer(part)):
            return True
        # Items of a list often end without a stop.
        if _is_sentence(part, _UNENDED_WORDS) and _has_verb(part) and not _is_row(part):
            return True
    return False


def is_notes_heading(heading: str) -> bool:
    """Say whether a part of a report holds notes or references rather than its text."""
    return _NOTES.fullmatch(heading.strip(" .:")) is not None


def _is_sentence(text: str, fewest: int) -> bool:
    words = _WORD.findall(text)
    return len(words) >= fewest and sum(word.casefold() in _SMALL_WORDS for word in words) >= _FEWEST_SMALL


def _has_verb(text: str) -> bool:
    return not _VERBS.isdisjoint(word.casefold() for word in _WORD.findall(text))


def _is_row(text: str) -> bool:
    return text.count("; ") + text.count(" | ") >= 2 or _CAPTION.match(text) is not None
