"""Means, F and their bootstrap intervals, all computed from sums over rows, and how they are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""Takes sums over rows, shape (samples, columns), and gives one number a sample, shape (samples,)."""
SAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with the interval that holds 95 of 100 bootstrap samples."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1f} ({self.low:.1f} to {self.high:.1f})"


def measured(rows: Floats, statistic: Statistic) -> Measured:
    """A statistic of the rows, shape (rows, columns), with its interval; the same at every run."""
    chance = np.random.default_rng(0)
    count = len(rows)
    drawn = np.stack([rows[chance.integers(count, size=count)].sum(axis=0) for _ in range(SAMPLES)])
    low, high = np.percentile(statistic(drawn), [2.5, 97.5])
    return Measured(float(statistic(rows.sum(axis=0, keepdims=True))[0]), float(low), float(high))


def mean(values: list[float]) -> Measured:
    """The mean of one number a row."""
    rows = np.array([[value, 1.0] for value in values])
    return measured(rows, lambda sums: np.asarray(sums[:, 0] / sums[:, 1]))


def share(part: list[float], whole: list[float]) -> Measured:
    """The sum of parts in percent of the sum of wholes; 0 where there is nothing."""
    rows = np.array([part, whole], dtype=np.float64).T
    return measured(rows, lambda sums: np.asarray(100 * sums[:, 0] / np.maximum(sums[:, 1], 1)))


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Columns of equal width, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) if number == 0 else cell.rjust(width) for number, (cell, width) in enumerate(cells))
        for cells in (list(zip(row, widths, strict=True)) for row in (heads, *rows))
    )
