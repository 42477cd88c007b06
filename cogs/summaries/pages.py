"""Split a summary into pages, and words into a part that can be shown; it knows no Discord."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.models.summaries import Disagreement, KeyPoint, Quote, Summary
from bot.summaries.output.point_groups import ONE_PERSON, find_single_points, group_points

ROOM = 20
VOICES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class NumberedPoint:
    """A key point with its number, which counts from 1 over the whole summary, and the title of its group."""

    number: int
    point: KeyPoint
    title: str


@dataclass(frozen=True, slots=True)
class NumberedVoice:
    """What one person raised, with its number, which goes on from those of the points."""

    number: int
    point: KeyPoint


@dataclass(frozen=True, slots=True)
class UnlistedVoices:
    """How many single voices are not listed."""

    count: int


Item = NumberedPoint | Disagreement | NumberedVoice | UnlistedVoices | Quote
Page = tuple[Item, ...]
WEIGHTS: dict[type, int] = {NumberedPoint: 4, Disagreement: 6}
"""How much of a page's room an item takes; 1 where none is said. So a page has five points at most."""


def split_pages(summary: Summary) -> tuple[Page, ...]:
    """Split a summary into pages, one at least: key points, disagreements, single voices, questions (as Quotes)."""
    pages: list[list[Item]] = [[]]
    room = ROOM
    for item in chain(number_points(summary), summary.disagreements, _voices(summary), summary.questions):
        weight = WEIGHTS.get(type(item), 1)
        if weight > room:
            pages.append([])
            room = ROOM
        pages[-1].append(item)
        room -= weight
    return tuple(map(tuple, pages))


def number_points(summary: Summary) -> tuple[NumberedPoint, ...]:
    """Number the key points in the order in which they are read, single voices left out."""
    several = [
        NumberedPoint(number, point, kind.label) for kind, group in group_points(summary) for number, point in group
    ]
    single = find_single_points(summary)[: len(summary.points) - len(several)]
    return (*several, *(NumberedPoint(number, point, ONE_PERSON) for number, point in single))


def number_all(summary: Summary) -> tuple[tuple[int, KeyPoint], ...]:
    """Number everything that has a number: the key points, then the single voices."""
    voices = find_single_points(summary)[-len(summary.voices) :] if summary.voices else ()
    return (*((item.number, item.point) for item in number_points(summary)), *voices)


def cut_words(text: str, limit: int) -> tuple[str, bool]:
    """Return the words on one line, up to ``limit`` characters (1 or more), and whether any are missing at their end.

    What is shown is verbatim but for white space. It ends after a word, or within the first one where that is longer.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line, False
    end = line.rfind(" ", 0, limit + 1)
    return line[: end if end > 0 else limit], True


def _voices(summary: Summary) -> Iterator[NumberedVoice | UnlistedVoices]:
    voices = number_all(summary)[len(summary.points) :]
    yield from (NumberedVoice(number, point) for number, point in voices[:VOICES_SHOWN])
    if len(voices) > VOICES_SHOWN:
        yield UnlistedVoices(len(voices) - VOICES_SHOWN)
