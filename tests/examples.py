"""Says how much is tried: at a desk a quarter of hypothesis's examples and a sample of long tests, else all of it.

A test that is marked ``sampled(n)`` is played with n of its cases at a desk, with none where n is 0, and with all of
them on a clean checkout, where ``CI`` is set, and by whoever names its file.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

T = TypeVar("T")

FEWEST = 5
QUICK, FULL = "quick", "ci"  # hypothesis makes "ci" itself: 100 examples, and the same ones in each run
_ALL = settings.get_profile(FULL).max_examples


def load_profile() -> None:
    """Load the profile that HYPOTHESIS_PROFILE names; else the full one where CI is set, the quick one elsewhere."""
    # On a busy machine making examples takes long, and the test is no worse for it. "ci" doesn't mind it either.
    settings.register_profile(QUICK, max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or (FULL if os.environ.get("CI") else QUICK))


def is_whole() -> bool:
    """Whether the loaded profile tries everything."""
    return settings.get_profile(settings.get_current_profile_name()).max_examples >= _ALL


def spread(cases: Sequence[T], count: int) -> list[T]:
    """Choose so many of the cases, as far from each other as they can be."""
    count = min(count, len(cases))
    return [cases[place * len(cases) // count] for place in range(count)]


def leave_out(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """List the cases of marked tests that a desk does without."""
    cases: defaultdict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
    for item in items:
        mark = item.get_closest_marker("sampled")
        if mark is not None:
            cases[item.nodeid.split("[")[0], mark.args[0]].append(item)
    kept = {item.nodeid for (_, count), items in cases.items() for item in spread(items, count)}
    return [item for items in cases.values() for item in items if item.nodeid not in kept]


def examples(count: int) -> int:
    """Scale the number of a test's own, which is what the full profile tries, to the profile that is loaded."""
    share = settings.get_profile(settings.get_current_profile_name()).max_examples / _ALL
    return max(round(count * share), min(count, FEWEST))
