"""Read what a language model answered: one JSON object of the closed schema, or nothing.

Only numbers that were given, each in one place, come through; everything else is refused and counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

LONGEST_ANSWER = 1_000_000
"""Characters; a sorting of 150 statements takes a few thousand."""
LONGEST_NAME = 200
DEEPEST = 12
"""Levels of nesting; the schema has six."""
_FENCE = "```"
_LANGUAGE = re.compile(r"[a-zA-Z]{0,10}")
_THOUGHT_END = "</think>"
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_KEYS = frozenset(("themes", "opposed", "questions", "asides"))
_THEME_KEYS = frozenset(("name", "points", "members"))
_POINT_KEYS = frozenset(("best", "members"))


@dataclass(frozen=True, slots=True)
class PointNumbers:
    """The numbers of statements that say one thing, the best first."""

    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ThemeNumbers:
    """A theme as it was answered: its name, not proved yet, its points, and numbers in no point."""

    name: str
    points: tuple[PointNumbers, ...]
    others: tuple[int, ...]


@dataclass(slots=True)
class SortedNumbers:
    """A whole answer in numbers from 1. ``kept`` and ``refused`` count what it named."""

    themes: list[ThemeNumbers] = field(default_factory=list)
    opposed: list[tuple[int, int]] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    asides: list[int] = field(default_factory=list)
    kept: int = 0
    refused: int = 0


def read_object(text: str) -> dict[str, Any] | None:
    """Return the one JSON object of an answer; None for anything else.

    A fence around it and a model's thoughts before it are passed over, since endpoints add them; words before or after
    the object, two objects, half of one, a key that comes twice, NaN and deep nesting make an answer unusable.
    """
    if len(text) > LONGEST_ANSWER:
        return None
    bare = text.rpartition(_THOUGHT_END)[2].strip().removeprefix("\ufeff").strip()
    if not bare.startswith("{"):
        bare = _read_fenced(bare)
    if not bare.startswith("{") or _is_deep(bare):
        return None
    try:
        data = json.loads(bare, object_pairs_hook=_read_pairs, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def read_sorting(text: str, count: int) -> SortedNumbers | None:
    """Return what an answer about ``count`` items says of them; None where it is unusable as a whole."""
    data = read_object(text)
    if data is None or not {"themes"} <= data.keys() <= _KEYS or not all(type(part) is list for part in data.values()):
        return None
    reader = _Reader(count)
    for theme in data["themes"]:
        reader.read_theme(theme)
    reader.read_questions(data.get("questions", []))
    reader.read_asides(data.get("asides", []))
    reader.read_opposed(data.get("opposed", []))
    return reader.answer


class _Reader:
    def __init__(self, count: int) -> None:
        self._count = count
        self._placed: set[int] = set()  # in a point, or among questions or asides
        self._mentioned: set[int] = set()  # in a theme
        self.answer = SortedNumbers()

    def read_theme(self, theme: Any) -> None:
        is_whole = isinstance(theme, dict) and theme.keys() <= _THEME_KEYS and type(theme.get("name")) is str
        lists = [] if not is_whole else [theme.get(name, []) for name in ("points", "members")]
        if not is_whole or not all(type(each) is list for each in lists):
            self.answer.refused += 1
            return
        points = tuple(point for each in lists[0] if (point := self._point(each)) is not None)
        inside = {number for point in points for number in point.members}
        others = tuple(number for number in self._fresh(lists[1], self._mentioned, again=inside))
        if points or others:
            name = theme["name"] if len(theme["name"]) <= LONGEST_NAME else ""
            self.answer.themes.append(ThemeNumbers(name, points, others))

    def _point(self, point: Any) -> PointNumbers | None:
        is_whole = isinstance(point, dict) and point.keys() <= _POINT_KEYS and type(point.get("members")) is list
        if not is_whole:
            self.answer.refused += 1
            return None
        members = []
        for number in self._fresh(point["members"], self._placed):
            if number in self._mentioned:  # of another theme
                self.answer.kept, self.answer.refused = self.answer.kept - 1, self.answer.refused + 1
            else:
                members.append(number)
        self._mentioned.update(members)
        best = point.get("best")
        if type(best) is int and best in members:
            members.sort(key=lambda number: number != best)
        elif best is not None:
            self.answer.refused += 1
        return PointNumbers(tuple(members)) if members else None

    def read_questions(self, numbers: list[object]) -> None:
        self.answer.questions.extend(self._fresh(numbers, self._placed))

    def read_asides(self, numbers: list[object]) -> None:
        """Read which statements are jokes and greetings: if that were most of them, it is no sorting, and all count."""
        if 2 * len({number for number in numbers if self._is_known(number)}) > max(self._count, 2):
            self.answer.refused += len(numbers)
            return
        self.answer.asides.extend(self._fresh(numbers, self._placed))

    def read_opposed(self, pairs: list[Any]) -> None:
        seen: set[frozenset[object]] = set()
        for pair in pairs:
            is_pair = type(pair) is list and len(pair) == 2 and all(self._is_known(number) for number in pair)
            if is_pair and pair[0] != pair[1] and frozenset(pair) not in seen:
                seen.add(frozenset(pair))
                self.answer.opposed.append((pair[0], pair[1]))
                self.answer.kept += 1
            else:
                self.answer.refused += 1

    def _fresh(self, numbers: list[object], seen: set[int], again: Collection[int] = ()) -> Iterator[int]:
        """Yield the numbers that were given out and not named before; those of ``again`` are passed over in silence."""
        for number in numbers:
            if type(number) is int and number in again:
                continue
            if type(number) is int and 0 < number <= self._count and number not in seen:
                seen.add(number)
                self.answer.kept += 1
                yield number
            else:
                self.answer.refused += 1

    def _is_known(self, number: object) -> bool:
        return type(number) is int and 0 < number <= self._count


def _read_fenced(text: str) -> str:
    """Return what is within the one fence of a text; empty where there is none, or another."""
    parts = text.split(_FENCE)  # a pattern would take cubic time over empty lines
    language, _, fenced = parts[1].partition("\n") if len(parts) == 3 else ("", "", "")
    return fenced.strip() if _LANGUAGE.fullmatch(language.strip()) else ""


def _is_deep(text: str) -> bool:
    depth = deepest = 0
    for char in _TEXT.sub("", text):
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest > DEEPEST


def _read_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key comes twice")
    return read


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
