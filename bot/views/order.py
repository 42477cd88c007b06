"""The order in which one person meets statements: random, weighted towards those that were shown least.

What anybody pressed never steers it, so that no order tells anything.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence

_RANGE = 2**64


def order_statements(person: str, marks: Sequence[str], shown: Mapping[str, int]) -> list[str]:
    """Return marks in the order for one person: the same each time, as long as nothing was shown more often.

    ``shown`` counts how often each was shown to anybody. A statement that was shown once more than another comes first
    about half as often: each has the weight 1 / (1 + how much oftener it was shown than the least shown), and the order
    is a weighted sample without replacement (Efraimidis and Spirakis, 2006).
    """
    least = min((shown.get(mark, 0) for mark in marks), default=0)
    return sorted(marks, key=lambda mark: _draw(person, mark) * (1 + shown.get(mark, 0) - least))


def _draw(person: str, mark: str) -> float:
    """Return -log of a number between 0 and 1 that nobody chose: an exponential draw."""
    digest = hashlib.sha256(f"{person}:{mark}".encode()).digest()
    return -math.log((int.from_bytes(digest[:8]) + 1) / (_RANGE + 1))
