"""Groups of a PDF’s lines, how they look and are numbered, and which look of headings is above which."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.library.readers.pdf.furniture.margins import LABEL_OF_PART, LABELLED
from bot.library.readers.pdf.words.lines import Line, Setting
from bot.library.readers.text import BULLET

NUMBERED = re.compile(r"((?:[A-Z]\.)?(?:\d{1,2}\.)+\d{0,2}|(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2})*)[a-z]?[.):]?\s+[A-Z“\"‘]")
_ROMAN = re.compile(r"[IVX]{1,5}\.\s+\S")
_CAPITAL = re.compile(r"[A-Z]\.\s+\S")
_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]\s+\S")
_LONG_WORD = re.compile(r"[^\W\d_]{5}")
LETTER_DEPTH = 8
SAME = 0.06
Look = tuple[float, bool, bool, bool, str]
Key = tuple[Look, int]
"""How a heading looks, and how deep its number is."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the running text is set: its size and its leading, in points, its face and its colour."""

    size: float
    leading: float
    face: str = ""
    colour: int = 0


@dataclass(slots=True)
class Group:
    """Lines that belong together."""

    lines: list[Line]
    is_acronym: bool = False
    """Whether it is a short word whose capitals say nothing of how it is set."""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def aside(self) -> int:
        return self.lines[0].aside

    @property
    def is_item(self) -> bool:
        return bool(BULLET.match(self.lines[0].text))

    @property
    def is_bold(self) -> bool:
        return self.lines[0].bold and all(line.bold for line in self.lines)

    @property
    def setting(self) -> Setting:
        return self.lines[0].setting

    def has_words(self, count: int) -> bool:
        """Say whether it has at least so many words. A line has one or more, so it looks at no more lines than that."""
        return sum(len(line.text.split()) for line in self.lines[:count]) >= count


def numbering_depth(text: str) -> int:
    """Return how deep a heading's number is: 1 for "3 Findings" or "III.", 2 for "3.1" or "B.", 8 for "a.", or 0."""
    match = NUMBERED.match(text)
    if match:
        return len([part for part in match[1].split(".") if part])
    if _ROMAN.match(text):
        return 1
    if _CAPITAL.match(text):
        return 2
    return LETTER_DEPTH if _LETTER.match(text) else 0


def look_of(group: Group) -> Look:
    first = group.lines[0]
    in_capitals = is_in_capitals(group.text) and not group.is_acronym
    return (first.size, group.is_bold, first.italic, in_capitals, first.face)


def is_labelled(group: Group) -> bool:
    return LABELLED.match(group.text) is not None


def is_in_capitals(text: str) -> bool:
    """Say whether a heading is, as in "Chapter 2: A PLAN FOR NIGHTS"; "14. IRI" and "NHS" would be so in any style."""
    name = LABEL_OF_PART.sub("", text, count=1) if LABEL_OF_PART.match(text) else text
    return name.isupper() and _LONG_WORD.search(name) is not None


def key_of(group: Group) -> Key:
    return look_of(group), numbering_depth(group.text)


def rank_of(key: Key, least: float = 0.0) -> tuple[float, bool, bool, bool, int]:
    (size, bold, italic, capitals, _), depth = key
    return (-max(size, least), not bold, not capitals, italic, max(depth, 1))


def with_depths(keys: Collection[Key]) -> dict[Key, Key]:
    """Return each look and depth, those without a number as deep as the least deep of the same look that has one."""
    least: dict[tuple[float, bool, bool, bool], int] = {}
    for look, depth in keys:
        if 0 < depth < LETTER_DEPTH:
            least[look[:4]] = min(depth, least.get(look[:4], depth))
    return {(look, depth): (look, depth or least.get(look[:4], 0)) for look, depth in keys}


def is_same_rank(key: Key, other: Key, least: float) -> bool:
    (size, *rest), (other_size, *others) = rank_of(key, least), rank_of(other, least)
    return rest == others and abs(size - other_size) <= SAME * abs(size)
