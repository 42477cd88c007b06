"""Find who clearly says the same as a statement: alike in words and in context, and on the same side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.summaries.engine.clauses import split_clauses
from bot.summaries.engine.courtesies import agrees_openly, opens_in_agreement
from bot.summaries.engine.reading import Reading
from bot.summaries.engine.relations import Relation, find_relation
from bot.summaries.engine.stance import are_opposed
from bot.summaries.engine.vectors import Booleans, Floats, Integers, Space
from bot.summaries.engine.words import content

if TYPE_CHECKING:
    from bot.summaries.engine.semantic import Meanings

CLEAR = 0.32
"""Likeness from which two people say the same, if they share words of matter and take the same side."""
LEAST = 0.24
"""Cosine that the words themselves must reach, whatever the context."""
VERY_ALIKE = 0.7
"""Cosine from which two common words of matter are enough."""
POSSIBLE = 0.26
"""Likeness from which a person possibly says the same."""
CONTEXT = 0.25
"""Share of the likeness that the rest of the two messages has."""
MOST_POINTS_MEANT = 2
"""How many statements a message may hold so that who agrees with it clearly means them."""
AGREEING = 0.2
"""Cosine from which somebody who says "same" or "I agree" is taken to mean an earlier statement."""
MEANING = 0.7
"""Share of closeness in meaning against likeness of words, where a model tells it."""
CLOSE = 0.4
"""Mixed likeness from which two people say the same."""
SAME_CLAUSE = 0.6
"""Cosine from which a clause of one thought says what a clause of another says."""
RESTATED_WORDS = 3
"""Words of matter that have to come back before one statement restates another."""
LEAST_WORDS = 2
"""Words of matter that a clause holds at least to be compared."""
RESTATED_SHARE = 0.75
"""Share of the shorter statement's words that have to come back."""
RESTATED_LENGTH = 2.0
"""How many times as many words the longer one may have."""


def are_restated(shared: Integers, one: Integers, other: Integers) -> Booleans:
    """Say whether two statements share so much of the shorter one that they say the same.

    Numbers of different words, shape (n,): those that are shared, and those of either statement.
    """
    shorter, longer = np.minimum(one, other), np.maximum(one, other)
    close: Booleans = (shared >= RESTATED_SHARE * shorter) & (longer <= RESTATED_LENGTH * shorter)
    return close


class Support:
    """Measures every unit of a thread against a statement."""

    def __init__(self, reading: Reading, space: Space, meanings: Meanings | None = None) -> None:
        self.space = space
        self._meanings = meanings
        self._reading = reading
        self._unit_terms = np.array([len(set(unit.stems)) for unit in reading.units], np.int64)
        self._unit_messages = np.array([unit.message for unit in reading.units], np.int64)
        stems: list[list[str]] = [[] for _ in reading.messages]
        for unit in reading.units:
            stems[unit.message].extend(unit.stems)
        self._contexts = Space(stems, content(reading.thread.prompt))
        self._clauses = _Clauses(reading, space)
        self._opposed = _opposed_messages(reading)
        self._answering = _agreeing_answers(reading)
        self._agreeing = np.array([agrees_openly(reading.sentence(unit)) for unit in reading.units], np.bool_)

    def members(self, index: int, statement: str) -> tuple[Integers, Floats]:
        """Return the units that clearly say what ``statement`` (a slice of unit ``index``) says, and how alike, 0 to 1.

        The unit itself is always among them, with likeness 1.
        """
        stems = content(statement)
        terms, weights = self.space.vector(stems)
        words, shared, held = self.space.overlap(terms, weights)
        context = self._contexts.similarity(*self._contexts.row(self._reading.units[index].message))
        likeness = np.round((words + CONTEXT * context[self._unit_messages]) / (1 + CONTEXT), 6)
        same = (likeness >= CLEAR) & (words >= LEAST) & ((shared >= 2) | ((words >= VERY_ALIKE) & (held >= 2)))
        same |= self._means_the_same(index, words)
        same |= self._clauses.said_by(statement)
        own = self._unit_messages[index]
        same |= self._agreeing & (self._unit_messages > own) & (words >= AGREEING) & (shared >= 1)
        close = np.flatnonzero(same | _restate(held, terms, self._unit_terms) | (words >= 0.999))
        text = self._reading.units[index].text
        against = self._opposed.get(int(own), set())
        agreeing = (int(i) for i in close if self._unit_messages[i] not in against and self._agrees(int(i), text))
        keep = {*agreeing, *self._answering.get(int(own), ()), index}
        likeness[index] = 1.0
        members = np.array(sorted(keep), np.int64)
        return members, likeness[members]

    def _means_the_same(self, index: int, words: Floats) -> Booleans:
        """Say which units are close in meaning and not all different in words; none without a model."""
        if self._meanings is None:
            return np.zeros(len(words), np.bool_)
        meant = self._meanings.similarity(index)
        mixed: Booleans = (MEANING * meant + (1 - MEANING) * words >= CLOSE) & (meant >= CLOSE)
        return mixed

    def possible(self, index: int, statement: str) -> list[tuple[int, float]]:
        """Return the units that may say what ``statement`` says, and how alike.

        Those that clearly do are among them.
        """
        terms, weights = self.space.vector(content(statement))
        words, shared, _ = self.space.overlap(terms, weights)
        near = np.flatnonzero(((words >= POSSIBLE) & (shared >= 2)) | ((words >= CLEAR) & (shared >= 1)))
        own = self._reading.units[index].text
        against = self._opposed.get(int(self._unit_messages[index]), set())
        near = near[[message not in against for message in self._unit_messages[near].tolist()]] if against else near
        return [(int(i), float(words[i])) for i in near if self._agrees(int(i), own)]

    def _agrees(self, index: int, own: str) -> bool:
        unit = self._reading.units[index]
        return unit.kind != "question" and not are_opposed(own, unit.text)


def _agreeing_answers(reading: Reading) -> dict[int, list[int]]:
    """Return for each message of one or two points the units with which others begin to agree with it by a reply."""
    positions = {message.id: position for position, message in enumerate(reading.messages)}
    answers: dict[int, list[int]] = {}
    for index, unit in enumerate(reading.units):
        answered = positions.get(reading.messages[unit.message].reply_to or "", unit.message)
        clear = answered != unit.message and reading.points_made[answered] <= MOST_POINTS_MEANT
        if clear and unit.rank == 0 and unit.kind != "question" and opens_in_agreement(reading.sentence(unit)):
            answers.setdefault(answered, []).append(index)
    return answers


def _opposed_messages(reading: Reading) -> dict[int, set[int]]:
    """Return the messages that contradict each message, or that it contradicts, by a reply."""
    positions = {message.id: position for position, message in enumerate(reading.messages)}
    opposed_to: dict[int, set[int]] = {}
    for position, message in enumerate(reading.messages):
        answered = positions.get(message.reply_to or "", position)
        if answered != position and find_relation(message.text, reading.messages[answered].text) is Relation.DISAGREES:
            opposed_to.setdefault(position, set()).add(answered)
            opposed_to.setdefault(answered, set()).add(position)
    return opposed_to


class _Clauses:
    """The clauses of thoughts that have several: one of them may be what somebody else says as a whole."""

    def __init__(self, reading: Reading, space: Space) -> None:
        clauses = [
            (number, stems)
            for number, unit in enumerate(reading.units)
            for stems in map(content, split_clauses(unit.text))
            if len(set(stems)) >= LEAST_WORDS
        ]
        self._thread_size = space.size
        self._units = np.array([number for number, _ in clauses], np.int64)
        self._space = Space([stems for _, stems in clauses], content(reading.thread.prompt))
        self._terms = np.array([len(set(stems)) for _, stems in clauses], np.int64)

    def said_by(self, statement: str) -> Booleans:
        """Say which units hold a clause that says what the first clause of the statement says."""
        said = np.zeros(self._thread_size, np.bool_)
        stems = content(next(iter(split_clauses(statement)), ""))
        if len(set(stems)) >= LEAST_WORDS:
            said[self._units[self._same(stems)]] = True
        return said

    def _same(self, stems: list[str]) -> Booleans:
        terms, weights = self._space.vector(stems)
        alike, shared, held = self._space.overlap(terms, weights)
        same: Booleans = (alike >= SAME_CLAUSE) & (shared >= 2)
        return same | _restate(held, terms, self._terms)


def _restate(held: Integers, terms: Integers, lengths: Integers) -> Booleans:
    """Say which texts say these terms over again with a few words more or less, however common they are."""
    return (held >= RESTATED_WORDS) & are_restated(held, np.full_like(held, len(terms)), lengths)
