"""How headings of a PDF look and are numbered, and which look is above which."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.library.readers.pdf.groups import SAME, Group
from bot.library.readers.pdf.margins import LABELLED

NUMBERED = re.compile(r"((?:\d{1,2}\.)+\d{0,2}|\d{1,2}(?:\.\d{1,2})*)([a-z]?)[.):]?\s+[A-Z“\"‘]")
_ROMAN = re.compile(r"[IVX]{1,5}\.\s+\S")
_CAPITAL = re.compile(r"[A-Z]\.\s+\S")
_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]\s+\S")
_LONG_WORD = re.compile(r"[^\W\d_]{5}")
Look = tuple[float, bool, bool, bool, str]


def numbering_depth(text: str) -> int:
    """Return how deep a heading's number is: 1 for "3 Findings" or "III.", 2 for "3.1" or "B.", 8 for "a.", or 0."""
    match = NUMBERED.match(text)
    if match:
        return len([part for part in match[1].split(".") if part]) + len(match[2])
    if _ROMAN.match(text):
        return 1
    if _CAPITAL.match(text):
        return 2
    return 8 if _LETTER.match(text) else 0


def look_of(group: Group) -> Look:
    first = group.lines[0]
    return (first.size, group.is_bold, first.italic, _is_in_capitals(group.text), first.face)


def is_labelled(group: Group) -> bool:
    return LABELLED.match(group.text) is not None


def _is_in_capitals(text: str) -> bool:
    """Say whether a heading is set in capitals; "14. IRI" and "NHS" would be so in any style."""
    return text.isupper() and _LONG_WORD.search(text) is not None


def key_of(group: Group) -> tuple[Look, int]:
    return look_of(group), numbering_depth(group.text)


def rank_of(key: tuple[Look, int]) -> tuple[float, bool, bool, bool, int]:
    (size, bold, italic, capitals, _), depth = key
    return (-size, not bold, not capitals, italic, max(depth, 1))


def with_depths(keys: Collection[tuple[Look, int]]) -> dict[tuple[Look, int], tuple[Look, int]]:
    """Return each look and depth, those without a number as deep as the least deep of the same look that has one."""
    least: dict[tuple[float, bool, bool, bool], int] = {}
    for look, depth in keys:
        if depth:
            least[look[:4]] = min(depth, least.get(look[:4], depth))
    return {(look, depth): (look, depth or least.get(look[:4], 0)) for look, depth in keys}


def is_same_rank(key: tuple[Look, int], other: tuple[Look, int]) -> bool:
    (size, *rest), (other_size, *others) = rank_of(key), rank_of(other)
    return rest == others and abs(size - other_size) <= SAME * abs(size)
