"""Likeness of the statements of a thread: how near two come to saying one thing.

A mix of closeness in meaning (sentence vectors), of shared words (TF-IDF), and of how the talk went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.summaries.engine import sentence_vectors
from bot.summaries.engine.vectors import Space

Vectors = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


class Measure(Protocol):
    """What tells how alike statements are, by their positions."""

    def __call__(self, rows: Integers, columns: Integers, /) -> Vectors:
        """Return the likeness of each row with each column."""

    def mean(self, group: Sequence[int], /) -> Vectors:
        """Return the mean likeness of every statement with those of a group, shape (n,)."""


# All of these were chosen on every second thread of benchmarks/summaries/staff_talk; benchmarks/summaries/groups.py
# measures them on the others.
WORDS = 0.3
"""Share of TF-IDF in likeness; the sentence vectors have the rest."""
MODEL = 0.5
"""Share of a model's vectors where there is one; the carried ones have what is left."""
CONTEXT = 0.3
"""Share that the whole messages have, beside the two statements: a sentence alone often leaves out its matter."""
ANSWERED = 0.2
"""Added where one message answers the other: people stay on the matter that they answer."""
NEXT = 0.03
"""Added to statements of two messages in a row; less the further apart they are."""
PAIRS = 0.75
"""How many pairs of people's statements a thread is taken to hold that say one thing, for each of its statements."""
LEAST, MOST = 0.1, 0.4
"""Bounds of the threshold."""

FEW = 8
"""Statements at which only half of their mean is taken out: of two or three, the mean says little."""
FEW_OF_A_LANGUAGE = 1
"""The same where each language is centred by itself: the vectors of one have more in common than a matter."""
LEAST_OF_A_LANGUAGE = 3
"""Statements of a language from which a thread counts as one in two languages."""
MOST_JOINED = 1_000
"""Statements that are joined into groups: the cost grows with the square. Further ones may come to a group after."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of a thread, the weightiest first, if there are many.

    Each has its ``texts``, its author, the position of its message, and its row in the space of words. ``answers`` maps
    a message to the one that it answers; those that disagree are to be left out of it.
    """

    texts: Sequence[str]
    authors: Sequence[int]
    messages: Sequence[int]
    rows: Sequence[int]
    answers: Mapping[int, int]


class Likeness:
    """How alike the statements of a thread are. Called with rows and columns, it gives that block of the matrix."""

    def __init__(
        self,
        statements: Statements,
        space: Space,
        contexts: Space,
        model_vectors: Vectors | None = None,
        other_languages: Booleans | None = None,
    ) -> None:
        """``space`` holds the words of statements, ``contexts`` those of whole messages, a row each.

        ``model_vectors`` are those of a model for the same statements, of length 1. If the model knows many languages,
        ``other_languages`` says which statements are not in English.
        """
        self._others = other_languages if _are_two_languages(other_languages) else None
        self._space, self._contexts = space, contexts
        self._authors = np.asarray(statements.authors, np.int64)
        self._messages = np.asarray(statements.messages, np.int64)
        self._rows = np.asarray(statements.rows, np.int64)
        self._answers = statements.answers
        self._vectors = self._mix(statements.texts, model_vectors)
        self.size = len(statements.texts)
        self._head: Vectors | None = None

    def __call__(self, rows: Integers, columns: Integers) -> Vectors:
        """Return the likeness of each row with each column, shape (rows, columns); 0 at most where one author wrote."""
        if self._head is not None and max(rows.max(initial=0), columns.max(initial=0)) < len(self._head):
            return self._head[np.ix_(rows, columns)]
        if len(rows) > len(columns):
            return np.ascontiguousarray(self(columns, rows).T)
        block: Vectors = self._vectors[rows] @ self._vectors[columns].T
        self._add_words(block, rows, columns)
        self._add_talk(block, rows, columns)
        same = self._authors[rows][:, None] == self._authors[columns]
        block[same] = np.minimum(block[same], 0)
        return block

    def row(self, statement: int) -> Vectors:
        """Return the likeness of one statement with every statement, shape (n,)."""
        likeness: Vectors = self(np.array([statement]), np.arange(self.size))[0]
        return likeness

    def mean(self, group: Sequence[int]) -> Vectors:
        """Return the mean likeness of every statement with those of a group in meaning and words, shape (n,)."""
        means: Vectors = self._vectors @ self._vectors[group].mean(axis=0)
        words = _join_rows(self._space, [int(self._rows[place]) for place in group])
        whole = _join_rows(self._contexts, [int(self._messages[place]) for place in group])
        means += (WORDS * (1 - CONTEXT)) * self._space.similarity(*words)[self._rows]
        means += (WORDS * CONTEXT) * self._contexts.similarity(*whole)[self._messages]
        return means

    def threshold(self) -> float:
        """Return the mean likeness from which groups are joined in this thread.

        It is the likeness that as many pairs reach as a thread of this size is taken to hold, since short and long
        statements, and threads with and without answers, are alike on different scales.
        """
        if self._head is None:
            first = np.arange(min(self.size, MOST_JOINED))
            self._head = self(first, first)
        # Each pair is in the matrix twice, and a statement is not like itself.
        place = self._head.size - 1 - 2 * int(PAIRS * len(self._head))
        if place < 0:
            return LEAST
        return float(np.clip(np.partition(self._head, place, axis=None)[place], LEAST, MOST))

    def _mix(self, texts: Sequence[str], model_vectors: Vectors | None) -> Vectors:
        """Return vectors whose product is the likeness in meaning, of statements and of their messages."""
        lengths = np.array([len(text.split()) for text in texts], np.float32)
        if model_vectors is not None and self._others is not None:  # the carried ones know English alone
            parts = [(1 - WORDS, np.array(model_vectors, np.float32))]
        else:
            parts = [(1 - WORDS - (0 if model_vectors is None else MODEL), sentence_vectors.encode(texts))]
            if model_vectors is not None:
                parts.append((MODEL, np.array(model_vectors, np.float32)))
        mixed = np.empty((len(texts), 2 * sum(vectors.shape[1] for _, vectors in parts)), np.float32)
        start = 0
        for share, vectors in parts:
            size = vectors.shape[1]
            whole = self._centre(self._add_up(vectors * lengths[:, None])[self._messages])
            mixed[:, start : start + size] = self._centre(vectors) * np.float32((share * (1 - CONTEXT)) ** 0.5)
            mixed[:, start + size : start + 2 * size] = whole * np.float32((share * CONTEXT) ** 0.5)
            start += 2 * size
        return mixed

    def _centre(self, vectors: Vectors) -> Vectors:
        """Centre vectors: those of each language by themselves, so that nothing is alike for its language alone."""
        if self._others is None:
            return centre(vectors)
        for language in (self._others, ~self._others):
            vectors[language] = centre(vectors[language], FEW_OF_A_LANGUAGE)
        return vectors

    def _add_up(self, vectors: Vectors) -> Vectors:
        """Return the sum of each message's statements, of length 1."""
        sums = np.zeros((int(self._messages.max(initial=-1)) + 1, vectors.shape[1]), np.float32)
        np.add.at(sums, self._messages, vectors)
        return _to_length_1(sums)

    def _add_words(self, block: Vectors, rows: Integers, columns: Integers) -> None:
        whole: dict[int, npt.NDArray[np.float64]] = {}
        for place, row in enumerate(rows):
            message = int(self._messages[row])
            if message not in whole:
                whole = {message: self._contexts.similarity(*self._contexts.row(message))}
            words = self._space.similarity(*self._space.row(int(self._rows[row])))
            block[place] += WORDS * (1 - CONTEXT) * words[self._rows[columns]]
            block[place] += WORDS * CONTEXT * whole[message][self._messages[columns]]

    def _add_talk(self, block: Vectors, rows: Integers, columns: Integers) -> None:
        own, others = self._messages[rows], self._messages[columns]
        apart = np.abs(own[:, None] - others)
        block += NEXT * np.exp((1 - apart.astype(np.float32)) / 2)
        answered = np.array([self._answers.get(int(message), -1) for message in own], np.int64)
        answering = np.array([self._answers.get(int(message), -1) for message in others], np.int64)
        block += ANSWERED * ((answered[:, None] == others) | (own[:, None] == answering)).astype(np.float32)


def _join_rows(space: Space, rows: Sequence[int]) -> tuple[Integers, npt.NDArray[np.float64]]:
    """Return the mean of some rows of a space."""
    terms, weights = zip(*(space.row(row) for row in rows), strict=True)
    every, of_every = np.unique(np.concatenate(terms), return_inverse=True)
    return every, np.bincount(of_every, weights=np.concatenate(weights), minlength=len(every)) / len(rows)


def _are_two_languages(others: Booleans | None) -> bool:
    """Say whether a thread is written in English and in another language, each of them in several statements."""
    return others is not None and LEAST_OF_A_LANGUAGE <= int(others.sum()) <= len(others) - LEAST_OF_A_LANGUAGE


def centre(vectors: Vectors, few: int = FEW) -> Vectors:
    """Take out of vectors of length 1 what all statements have in common, in place, and bring them back to length 1.

    All that is said in one thread is alike, because it is on one matter. A vector of 0 stays 0.
    """
    if len(vectors) < 2:
        return vectors
    known = vectors.any(axis=1)
    vectors -= vectors.sum(axis=0) / np.float32(known.sum() + few)
    vectors[~known] = 0
    return _to_length_1(vectors)


def _to_length_1(vectors: Vectors) -> Vectors:
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(norms, 1e-6)[:, None]
    return vectors
