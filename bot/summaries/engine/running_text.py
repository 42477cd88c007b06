"""The running text and the open questions: verbatim sentences within a budget of words."""

from __future__ import annotations

from collections import Counter

import numpy as np

from bot.models.summaries import Quote
from bot.summaries.engine.clauses import length
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.vectors import Floats, Space
from bot.summaries.engine.words import split_words

SHORT_THREAD = 7
"""Messages up to which everyone gets at least one line."""
LONGEST_LINE = 35
"""Words up to which a sentence stands whole."""
COMMON = 1.25
"""The power to which a word's use is raised: above 1, what the thread says often is wanted even more."""
WORTH = 0.5
"""The power to which a score is raised beside what a line covers: 0 would let lines in that lean on others."""
ALIKE = 0.75
"""Likeness from which a line says nothing that a chosen one does not."""
MOST_QUESTIONS = 10
SAME_QUESTION = 0.6
_POOL = 300


def running_text(reading: Reading, space: Space, scores: Floats, budget_words: int) -> tuple[Quote, ...]:
    """Return sentences that together use the thread's words as often as the thread does, of at most ``budget_words``.

    They stand in the thread's order; ``scores`` decide between those that cover as much.
    """
    cover = Cover([split_words(_line(reading, unit)) for unit in reading.units], budget_words)
    worth = np.where([reading.is_quotable(index) for index in range(len(reading.units))], scores, 0.0) ** WORTH
    chosen: list[int] = []
    left = budget_words
    if len(reading.messages) <= SHORT_THREAD:
        for index in _best_of_each_person(reading, [int(i) for i in np.argsort(-scores, kind="stable")]):
            if length(_line(reading, reading.units[index])) <= left:
                left = _take(reading, index, chosen, left)
                cover.take(index)
    nearest = np.zeros(len(reading.units))
    for index in chosen:
        nearest = np.maximum(nearest, space.similarity(*space.row(index)))
    gains = np.array([cover.gain(index) for index in range(len(reading.units))]) * worth
    pool = [int(i) for i in np.argsort(-np.round(gains, 9), kind="stable")[:_POOL] if reading.is_quotable(int(i))]
    while pool:
        fitting = [i for i in pool if i not in chosen and _fits(reading, i, chosen, left) and nearest[i] < ALIKE]
        if not fitting:
            break
        best = max(fitting, key=lambda i: (round(cover.gain(i) * float(worth[i]), 9), -i))
        left = _take(reading, best, chosen, left)
        cover.take(best)
        nearest = np.maximum(nearest, space.similarity(*space.row(best)))
        pool = fitting
    lines = {_line(reading, reading.units[i]): i for i in sorted(chosen, reverse=True)}
    in_order = sorted(lines.items(), key=lambda pair: pair[1])
    return tuple(Quote(reading.messages[reading.units[i].message].id, text) for text, i in in_order)


class Cover:
    """How far chosen lines use each word as often as a summary that speaks as the thread does would."""

    def __init__(self, lines: list[list[str]], budget_words: int) -> None:
        self._lines = [Counter(line) for line in lines]
        used = Counter(word for line in lines for word in line)
        total = sum(sorted(count**COMMON for count in used.values())) or 1.0
        self._wanted: dict[str, float] = {word: budget_words * count**COMMON / total for word, count in used.items()}

    def gain(self, line: int) -> float:
        """Say what a line would add to the words still wanted, for each word of its own, 0 to 1."""
        counts = self._lines[line]
        added = (max(0.0, min(count, self._wanted[word])) for word, count in counts.items())
        return sum(sorted(added)) / (counts.total() or 1)

    def take(self, line: int) -> None:
        """Count a line as chosen."""
        for word, count in self._lines[line].items():
            self._wanted[word] -= count


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
    return not overlaps and length(_line(reading, unit)) <= left


def _take(reading: Reading, index: int, chosen: list[int], left: int) -> int:
    chosen.append(index)
    return left - length(_line(reading, reading.units[index]))


def open_questions(reading: Reading, space: Space, scores: Floats, used: frozenset[str]) -> tuple[Quote, ...]:
    """Return the questions that people asked, in the thread's order, those alike once.

    ``used`` stand in points already.
    """
    order = [int(i) for i in np.argsort(-scores, kind="stable") if reading.units[int(i)].kind != "statement"]
    order = [index for index in order if reading.is_quotable(index)]
    kept: list[int] = []
    for index in order:
        text = reading.units[index].text
        if len(kept) == MOST_QUESTIONS or (reading.units[index].kind == "rhetorical" and any(u in text for u in used)):
            continue
        likeness = space.similarity(*space.row(index))
        if all(likeness[other] < SAME_QUESTION for other in kept):
            kept.append(index)
    return tuple(Quote(reading.messages[reading.units[i].message].id, reading.units[i].text) for i in sorted(kept))


def _line(reading: Reading, unit: Unit) -> str:
    """Return a line of the running text: the whole sentence, or for a long one the thought within it."""
    sentence = reading.sentence(unit)
    return sentence if length(sentence) <= LONGEST_LINE else unit.text
