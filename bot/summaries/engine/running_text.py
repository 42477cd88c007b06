"""The running text and the open questions: verbatim sentences within a budget of words."""

from __future__ import annotations

import numpy as np

from bot.models.summaries import Quote
from bot.summaries.engine.clauses import count_words
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.vectors import Floats, Space

SHORT_THREAD = 7
"""Messages up to which everyone gets at least one line."""
LONGEST_LINE = 35
"""Words up to which a sentence stands whole."""
ALIKE = 0.75
"""Likeness from which a line says nothing that a chosen one does not."""
MOST_QUESTIONS = 10
SAME_QUESTION = 0.6
_POOL = 300


def running_text(reading: Reading, space: Space, scores: Floats, budget_words: int) -> tuple[Quote, ...]:
    """Return the lines that a reader would pick, in the thread's order, of at most ``budget_words`` together.

    People begin with what they have to say: how each message opens goes before what follows in it, whatever the words.
    In a short thread everyone gets a line first, also one that is like another's; ``scores`` decide between lines of
    equal place.
    """
    order = sorted(
        (index for index in range(len(reading.units)) if reading.is_quotable(index)),
        key=lambda index: (reading.units[index].rank > 0, -float(scores[index]), index),
    )
    first: list[int] = []
    if len(reading.messages) <= SHORT_THREAD:
        first = _best_of_each_person(reading, order)
        order = [*first, *(index for index in order if index not in first)]
    chosen: list[int] = []
    left = budget_words
    nearest = np.zeros(len(reading.units))
    for index in order[:_POOL]:
        is_new = nearest[index] < ALIKE or index in first
        if is_new and _fits(reading, index, chosen, left):
            left = _take(reading, index, chosen, left)
            nearest = np.maximum(nearest, space.similarity(*space.row(index)))
    lines = {_line(reading, reading.units[i]): i for i in sorted(chosen, reverse=True)}
    in_order = sorted(lines.items(), key=lambda pair: pair[1])
    return tuple(Quote(reading.messages[reading.units[i].message].id, text) for text, i in in_order)


def _best_of_each_person(reading: Reading, order: list[int]) -> list[int]:
    best: dict[int, int] = {}
    for index in order:
        if reading.is_quotable(index):
            best.setdefault(reading.units[index].author, index)
    return list(best.values())


def _fits(reading: Reading, index: int, chosen: list[int], left: int) -> bool:
    unit = reading.units[index]
    overlaps = any(
        reading.units[i].sentence == unit.sentence and reading.units[i].message == unit.message for i in chosen
    )
    line = _line(reading, unit)
    is_said = any(line == _line(reading, reading.units[i]) for i in chosen)
    return not overlaps and not is_said and count_words(line) <= left


def _take(reading: Reading, index: int, chosen: list[int], left: int) -> int:
    chosen.append(index)
    return left - count_words(_line(reading, reading.units[index]))


def open_questions(reading: Reading, space: Space, scores: Floats) -> tuple[Quote, ...]:
    """Return the questions that people want answered, in the thread's order, those alike once."""
    order = [int(i) for i in np.argsort(-scores, kind="stable") if reading.units[int(i)].kind == "question"]
    order = [index for index in order if reading.is_quotable(index)]
    kept: list[int] = []
    for index in order:
        if len(kept) == MOST_QUESTIONS:
            break
        likeness = space.similarity(*space.row(index))
        if all(likeness[other] < SAME_QUESTION for other in kept):
            kept.append(index)
    return tuple(Quote(reading.messages[reading.units[i].message].id, reading.units[i].text) for i in sorted(kept))


def _line(reading: Reading, unit: Unit) -> str:
    """Return a line of the running text: the whole sentence, or for a long one the thought within it."""
    sentence = reading.sentence(unit)
    return sentence if count_words(sentence) <= LONGEST_LINE else unit.text
