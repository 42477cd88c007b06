"""Draft groups: statements of several people that may say one thing, for a facilitator to look at. Never counted.

Average-link agglomeration: two groups are joined while the mean likeness between their statements reaches the
threshold. Likeness is a mix of closeness in meaning (sentence vectors) and of shared words (TF-IDF).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bot.summaries.engine import sentence_vectors
from bot.summaries.engine.vectors import Space

Vectors = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Blocks = Callable[[Integers, Integers], Vectors]
"""Likeness of some statements (rows) with others (columns), by their positions."""

WORDS = 0.3
"""Share of TF-IDF in likeness, beside the carried vectors."""
WORDS_BESIDE_MODEL = 0.2
"""Share of TF-IDF where a model gives vectors too."""
MODEL = 0.5
"""Share of the model's vectors; the carried ones have the rest."""
THRESHOLD = 0.08
"""Mean likeness from which two groups are joined."""
MODEL_THRESHOLD = 0.16
"""The same where a model gives vectors."""

FEW = 8
"""Statements at which only half of their mean is taken out: of two or three, the mean says little."""
MOST_JOINED = 2_000
"""Statements that are joined into groups: the cost grows with the square. Further ones may come to a group after."""
SUGGESTIONS = 5


class Likeness:
    """How alike the statements of a thread are. Called with rows and columns, it gives that block of the matrix."""

    def __init__(self, texts: Sequence[str], space: Space, model_vectors: Vectors | None = None) -> None:
        """``space`` holds the statements' TF-IDF vectors in the same order; ``model_vectors`` are those of a model."""
        self._space = space
        self._words = WORDS if model_vectors is None else WORDS_BESIDE_MODEL
        own = centre(sentence_vectors.encode(texts))
        if model_vectors is None:
            self._vectors = own * np.float32((1 - self._words) ** 0.5)
        else:
            rest = 1 - self._words - MODEL
            model = centre(np.array(model_vectors, np.float32))
            self._vectors = np.hstack([own * np.float32(rest**0.5), model * np.float32(MODEL**0.5)])
        self.size = len(texts)
        self.threshold = THRESHOLD if model_vectors is None else MODEL_THRESHOLD

    def __call__(self, rows: Integers, columns: Integers) -> Vectors:
        """Return the likeness of each row with each column, shape (rows, columns)."""
        if len(rows) > len(columns):
            return np.ascontiguousarray(self(columns, rows).T)
        block = self._vectors[rows] @ self._vectors[columns].T
        for place, row in enumerate(rows):
            words = self._space.similarity(*self._space.row(int(row)))
            block[place] += self._words * words[columns]
        return np.asarray(block, np.float32)

    def row(self, statement: int) -> Vectors:
        """Return the likeness of one statement with every statement, shape (n,)."""
        likeness: Vectors = self(np.array([statement]), np.arange(self.size))[0]
        return likeness


def centre(vectors: Vectors) -> Vectors:
    """Take out of vectors of length 1 what all statements have in common, in place, and bring them back to length 1.

    All that is said in one thread is alike, because it is on one matter. A vector of 0 stays 0.
    """
    if len(vectors) < 2:
        return vectors
    known = np.einsum("ij,ij->i", vectors, vectors) > 0
    count = int(known.sum())
    vectors -= vectors.sum(axis=0) / np.float32(count + FEW)
    vectors[~known] = 0
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(norms, 1e-6)[:, None]
    return vectors


def find_groups(likeness: Vectors | Blocks, authors: Sequence[int], threshold: float) -> list[list[int]]:
    """Return the groups of statements by two or more people, each in order, the groups by their first statement.

    ``likeness`` is symmetric. Of more than MOST_JOINED statements, the first ones are joined, so the weightiest should
    come first; each of the rest then comes to the group whose mean it is most like, if it reaches the threshold.
    """
    count = len(authors)
    first = np.arange(min(count, MOST_JOINED))
    blocks = likeness if callable(likeness) else _blocks_of(likeness)
    whole = np.array(blocks(first, first), np.float32)
    groups = [group for group in _join(whole, threshold) if len({authors[place] for place in group}) > 1]
    if count > len(first) and groups:
        rest = np.arange(len(first), count)
        for place, group in _nearest_groups(blocks, rest, groups, threshold):
            groups[group].append(place)
    return sorted(sorted(group) for group in groups)


def nearest(
    likeness: npt.NDArray[np.floating], authors: Sequence[int], left_out: Iterable[int], most: int = SUGGESTIONS
) -> list[int]:
    """Return the most alike statements, one a person, none of the authors ``left_out``; ``likeness`` has shape (n,)."""
    seen = set(left_out)
    chosen: list[int] = []
    for place in np.argsort(-np.asarray(likeness), kind="stable"):
        author = authors[int(place)]
        if len(chosen) == most:
            break
        if author not in seen:
            seen.add(author)
            chosen.append(int(place))
    return chosen


def _blocks_of(matrix: Vectors) -> Blocks:
    return lambda rows, columns: matrix[np.ix_(rows, columns)]


def _join(likeness: Vectors, threshold: float) -> list[list[int]]:
    """Return all groups, single statements among them, by the chain of nearest neighbours; ``likeness`` is used up.

    Whoever has no neighbour within the threshold is done: joining others never brings them nearer (average link).
    """
    count = len(likeness)
    np.fill_diagonal(likeness, -np.inf)
    members = [[place] for place in range(count)]
    sizes = np.ones(count, np.float32)
    open_places = set(range(count))
    chain: list[int] = []
    while open_places:
        if not chain:
            chain.append(min(open_places))
        top = chain[-1]
        row = likeness[top]
        before = chain[-2] if len(chain) > 1 else -1
        near = int(row.argmax())
        if not row[near] >= threshold:
            _close(likeness, chain, open_places)
        elif before >= 0 and row[before] >= row[near]:
            del chain[-2:]
            low, high = min(top, before), max(top, before)
            _merge(likeness, sizes, low, high)
            members[low], members[high] = members[low] + members[high], []
            open_places.discard(high)
        else:
            chain.append(near)
    return [group for group in members if group]


def _merge(likeness: Vectors, sizes: Vectors, low: int, high: int) -> None:
    """Put two groups in the place of the lower one: means weighted by the numbers of statements."""
    total = sizes[low] + sizes[high]
    row = (likeness[low] * sizes[low] + likeness[high] * sizes[high]) / total
    row[low] = row[high] = -np.inf
    likeness[low] = likeness[:, low] = row
    likeness[high] = likeness[:, high] = -np.inf
    sizes[low] = total


def _close(likeness: Vectors, chain: list[int], open_places: set[int]) -> None:
    for place in chain:
        likeness[place] = likeness[:, place] = -np.inf
        open_places.discard(place)
    chain.clear()


def _nearest_groups(
    blocks: Blocks, rest: Integers, groups: Sequence[Sequence[int]], threshold: float
) -> list[tuple[int, int]]:
    """Return which further statement comes to which group."""
    best = np.full(len(rest), -np.inf, np.float32)
    chosen = np.zeros(len(rest), np.int64)
    for number, group in enumerate(groups):
        means = blocks(rest, np.array(sorted(group))).mean(axis=1)
        better = means > best
        best[better], chosen[better] = means[better], number
    return [
        (int(place), int(group)) for place, group, mean in zip(rest, chosen, best, strict=True) if mean >= threshold
    ]
