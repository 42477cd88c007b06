"""Draft groups: statements of several people that may say one thing, for a facilitator to look at. Never counted.

Average-link agglomeration: two groups are joined while the mean likeness between their statements reaches a threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bot.summaries.engine.likeness import MOST_JOINED, Integers, Measure, Vectors

SUGGESTIONS = 5


class _Matrix:
    """Likeness that is already there as a whole."""

    def __init__(self, likeness: Vectors) -> None:
        self._likeness = likeness

    def __call__(self, rows: Integers, columns: Integers) -> Vectors:
        return self._likeness[np.ix_(rows, columns)]

    def mean(self, group: Sequence[int]) -> Vectors:
        means: Vectors = self._likeness[:, group].mean(axis=1)
        return means


def find_groups(likeness: Vectors | Measure, authors: Sequence[int], threshold: float) -> list[list[int]]:
    """Return the groups of statements by two or more people, each in order, the groups by their first statement.

    ``likeness`` is symmetric. Of more than MOST_JOINED statements, the first ones are joined, so the weightiest should
    come first; each of the rest then comes to the group whose mean it is most like, if it reaches the threshold.
    """
    count = len(authors)
    first = np.arange(min(count, MOST_JOINED))
    measure = _Matrix(likeness) if isinstance(likeness, np.ndarray) else likeness
    whole = measure(first, first)
    # Sums of many products may differ in the last digit with the order; a chain of neighbours would then never end.
    whole = np.asarray((whole + whole.T) / 2, np.float32)
    groups = [group for group in _join(whole, threshold) if len({authors[place] for place in group}) > 1]
    if count > len(first) and groups:
        for place, group in _nearest_groups(measure, np.arange(len(first), count), groups, threshold):
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
    measure: Measure, rest: Integers, groups: Sequence[Sequence[int]], threshold: float
) -> list[tuple[int, int]]:
    """Return which further statement comes to which group."""
    best = np.full(len(rest), -np.inf, np.float32)
    chosen = np.zeros(len(rest), np.int64)
    for number, group in enumerate(groups):
        means = measure.mean(sorted(group))[rest]
        better = means > best
        best[better], chosen[better] = means[better], number
    return [
        (int(place), int(group)) for place, group, mean in zip(rest, chosen, best, strict=True) if mean >= threshold
    ]
