"""Says how many examples hypothesis tries: a quarter at a desk, and all of them on a clean checkout."""

from __future__ import annotations

import os

from hypothesis import settings

FEWEST = 5
QUICK, FULL = "quick", "ci"  # hypothesis makes "ci" itself: 100 examples, and the same ones in each run
_ALL = settings.get_profile(FULL).max_examples


def load_profile() -> None:
    """Load the profile that HYPOTHESIS_PROFILE names; else the full one where CI is set, the quick one elsewhere."""
    settings.register_profile(QUICK, max_examples=25, deadline=None)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or (FULL if os.environ.get("CI") else QUICK))


def examples(count: int) -> int:
    """Scale the number of a test's own, which is what the full profile tries, to the profile that is loaded."""
    share = settings.get_profile(settings.get_current_profile_name()).max_examples / _ALL
    return max(round(count * share), min(count, FEWEST))
