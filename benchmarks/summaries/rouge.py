"""ROUGE-1, ROUGE-2 and ROUGE-L F (Lin 2004), lower case, without stemming, averaged over the references, in percent."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Rouge:
    """The three measures of one text, each from 0 to 100."""

    one: float
    two: float
    longest: float


def tokens(text: str) -> list[str]:
    """Runs of letters and digits, in lower case."""
    return re.findall(r"[a-z0-9]+", text.lower())


def rouge(text: str, references: Sequence[str]) -> Rouge:
    """Each measure averaged over the references; there must be at least one."""
    said, wanted = tokens(text), [tokens(reference) for reference in references]
    return Rouge(
        one=statistics.fmean(_overlap(Counter(said), Counter(each)) for each in wanted),
        two=statistics.fmean(_overlap(Counter(pairwise(said)), Counter(pairwise(each))) for each in wanted),
        longest=statistics.fmean(_f(longest_common(said, each), len(said) + len(each)) for each in wanted),
    )


def _overlap(said: Counter[Any], wanted: Counter[Any]) -> float:
    return _f((said & wanted).total(), said.total() + wanted.total())


def _f(common: int, total: int) -> float:
    return 200 * common / total if total else 0.0


def longest_common(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for word in left:
        diagonal = 0
        for index, other in enumerate(right, 1):
            above = row[index]
            row[index] = diagonal + 1 if word == other else max(above, row[index - 1])
            diagonal = above
    return row[-1]
