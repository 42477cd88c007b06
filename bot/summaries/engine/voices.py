"""Lists what only one person raised, so that a view is not lost because it is rare."""

from __future__ import annotations

from collections import Counter

import numpy as np

from bot.models.summaries import KeyPoint, Quote
from bot.summaries.engine.clauses import choose_heading
from bot.summaries.engine.evidence import quote_text
from bot.summaries.engine.ranking import rate_standing
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.vectors import Floats, Space
from bot.summaries.engine.words import WEAK, content

MOST_VOICES = 100
MOST_A_PERSON = 3
MOST_WEIGHED = 1_000
SAID_ALREADY = 0.4
"""Cosine from which a statement says what a point or another voice says."""
LEAST_STANDING = 0.5
LEAST_WORDS = 3
"""Words of matter that a statement needs to say something of its own."""


def find_single_voices(
    reading: Reading, space: Space, scores: Floats, points: tuple[KeyPoint, ...]
) -> tuple[KeyPoint, ...]:
    """Say what one person said that no point holds, in the thread's order; at most 3 a person and 100 in all.

    Each is a point with one supporter. What was left out of it is said in a point, by another voice, or says too little
    by itself.
    """
    nearest = _nearness(space, points)
    used = {(quote.message, quote.text) for point in points for quote in (*point.quotes, *point.possible)}
    said: Counter[int] = Counter()
    chosen: list[int] = []
    for index in (int(i) for i in np.argsort(-scores, kind="stable")[:MOST_WEIGHED]):
        unit = reading.units[index]
        quote = _quote(reading, unit)
        if (quote.message, quote.text) in used or said[unit.author] == MOST_A_PERSON or nearest[index] >= SAID_ALREADY:
            continue
        if _says_something(unit) and reading.is_quotable(index):
            chosen.append(index)
            said[unit.author] += 1
            used.add((quote.message, quote.text))
            nearest = np.maximum(nearest, space.similarity(*space.row(index)))
        if len(chosen) == MOST_VOICES:
            break
    voices: dict[str, KeyPoint] = {}
    for index in sorted(chosen):
        voice = _voice(reading, space, reading.units[index])
        voices.setdefault(voice.statement.casefold(), voice)
    stated = {point.statement.casefold() for point in points}
    return tuple(voice for statement, voice in voices.items() if statement not in stated)


def _nearness(space: Space, points: tuple[KeyPoint, ...]) -> Floats:
    nearest: Floats = np.zeros(space.size)
    for point in points:
        nearest = np.maximum(nearest, space.similarity(*space.vector(content(point.statement))))
    return nearest


def _says_something(unit: Unit) -> bool:
    matter = {stem for stem in unit.stems if stem not in WEAK}
    return unit.kind == "statement" and len(matter) >= LEAST_WORDS and rate_standing(unit.text) >= LEAST_STANDING


def _voice(reading: Reading, space: Space, unit: Unit) -> KeyPoint:
    text = reading.messages[unit.message].text
    start, end = choose_heading(text, *unit.span, weigh=lambda words: space.weight(content(words)))
    return KeyPoint(text[start:end], (_quote(reading, unit),), 1)


def _quote(reading: Reading, unit: Unit) -> Quote:
    return Quote(reading.messages[unit.message].id, quote_text(reading, unit))
