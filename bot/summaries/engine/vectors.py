"""TF-IDF vectors of units with numpy, kept sparse: the seam where other vectors may come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.summaries.engine.words import MUCH_USED, WEAK

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

WEAK_WEIGHT = 0.35
PROMPT_WEIGHT = 0.6
BACKGROUND = 10.0
"""Units that are taken to lie behind a thread, without its words, so that in a short one a shared word still counts."""


class Space:
    """Unit vectors of n units over the thread's own vocabulary, of length 1 (0 for a unit without known words).

    Words of the prompt and words common in any discussion weigh less: sharing them is little evidence of saying the
    same. Memory is that of the words themselves; nothing of size n times n is ever made.
    """

    def __init__(self, documents: Sequence[Sequence[str]], prompt: Sequence[str]) -> None:
        """``documents`` are the stems of each unit, ``prompt`` those of the prompt's wording."""
        self.vocabulary: dict[str, int] = {}
        rows, terms, counts = self._count(documents)
        self.size = len(documents)
        term_count = len(self.vocabulary)
        frequency = np.bincount(terms, minlength=term_count)
        self._frequency = frequency
        self._idf = np.log((self.size + BACKGROUND) / (frequency + 0.5)).clip(min=0.05)
        self._damp(set(prompt))
        weights = (1.0 + np.log(counts)) * self._idf[terms]
        norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=self.size))
        self.norms: Floats = norms
        self._weights: Floats = weights / np.where(norms > 0, norms, 1.0)[rows]
        self._terms = terms
        self._starts = np.searchsorted(rows, np.arange(self.size + 1))
        order = np.argsort(terms, kind="stable")
        self._posted_rows, self._posted_weights = rows[order], self._weights[order]
        self._posted_starts = np.searchsorted(terms[order], np.arange(term_count + 1))

    def _count(self, documents: Sequence[Sequence[str]]) -> tuple[Integers, Integers, Floats]:
        rows: list[int] = []
        terms: list[int] = []
        counts: list[int] = []
        for row, stems in enumerate(documents):
            for stem, count in Counter(stems).items():
                rows.append(row)
                terms.append(self.vocabulary.setdefault(stem, len(self.vocabulary)))
                counts.append(count)
        return np.array(rows, np.int64), np.array(terms, np.int64), np.array(counts, np.float64)

    def _damp(self, prompt: set[str]) -> None:
        self.strong = np.ones(len(self.vocabulary), np.bool_)
        for stem, term in self.vocabulary.items():
            self.strong[term] = stem not in WEAK and stem not in MUCH_USED
            if stem in WEAK:
                self._idf[term] *= WEAK_WEIGHT
            elif stem in prompt or stem in MUCH_USED:
                self._idf[term] *= PROMPT_WEIGHT

    def weight(self, stems: Sequence[str]) -> float:
        """Say how much matter a piece of text holds: the sum of its words' idf, each word once."""
        terms = {self.vocabulary[stem] for stem in stems if stem in self.vocabulary}
        return float(sum(sorted(float(self._idf[term]) for term in terms)))

    def share(self, stem: str) -> float:
        """Return the share of the units that hold a stem, 0 to 1."""
        term = self.vocabulary.get(stem)
        return 0.0 if term is None else float(self._frequency[term]) / self.size

    def vector(self, stems: Sequence[str]) -> tuple[Integers, Floats]:
        """Any words as a vector of length 1 in this space: term numbers and weights."""
        counts = Counter(self.vocabulary[stem] for stem in stems if stem in self.vocabulary)
        terms = np.array(sorted(counts), np.int64)
        weights = np.array([1.0 + np.log(counts[int(term)]) for term in terms], np.float64) * self._idf[terms]
        norm = float(np.sqrt(np.sum(weights**2)))
        return terms, weights / norm if norm else weights

    def row(self, unit: int) -> tuple[Integers, Floats]:
        """Return a unit's vector: term numbers and weights."""
        part = slice(int(self._starts[unit]), int(self._starts[unit + 1]))
        return self._terms[part], self._weights[part]

    def cosine(self, one: int, other: int) -> float:
        """Return the cosine of two units."""
        mine, theirs = self.row(one), self.row(other)
        shared, here, there = np.intersect1d(mine[0], theirs[0], assume_unique=True, return_indices=True)
        return float(mine[1][here] @ theirs[1][there]) if len(shared) else 0.0

    def similarity(self, terms: Integers, weights: Floats) -> Floats:
        """Return the cosine of a vector with every unit, shape (n,)."""
        rows = [self._posted_rows[self._posting(term)] for term in terms]
        parts = [
            self._posted_weights[self._posting(term)] * weight for term, weight in zip(terms, weights, strict=True)
        ]
        if not rows:
            return np.zeros(self.size)
        return _sums(np.concatenate(rows), np.concatenate(parts), self.size)

    def centroid(self, of: Floats) -> Floats:
        """Return the cosine of each unit with the weighted mean of all, shape (n,); ``of`` is each unit's weight."""
        rows = np.repeat(np.arange(self.size), np.diff(self._starts))
        mean = np.bincount(self._terms, weights=self._weights * of[rows], minlength=len(self.vocabulary))
        norm = float(np.sqrt(np.sum(mean**2)))
        if not norm:
            return np.zeros(self.size)
        return _sums(rows, self._weights * mean[self._terms] / norm, self.size)

    def _posting(self, term: np.int64) -> slice:
        return slice(self._posted_starts[term], self._posted_starts[term + 1])


def _sums(rows: Integers, weights: Floats, size: int) -> Floats:
    return np.bincount(rows, weights=weights, minlength=size).astype(np.float64)
