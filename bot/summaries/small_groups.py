"""Decides which numbers of people by staff group may be shown: no small group, and none that can be worked out.

The rules are those of statistical disclosure control: primary and secondary suppression, and a minimum difference
between successive tables (Hundepool et al., Statistical Disclosure Control, 2012).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LEAST_THRESHOLD = 5
"""No threshold may be set lower."""
THRESHOLD = 11
LEAST_STEP = 5
"""People by whom a group changes at least between two tables that are shown, if it changes at all."""


def shown(
    counts: Mapping[str, int], *, threshold: int = THRESHOLD, earlier: Sequence[Mapping[str, int]] = ()
) -> dict[str, int | None]:
    """The number of distinct people of each group that may be shown beside the total; None for a group that is hidden.

    ``counts`` are the true numbers, of all groups of the server, empty ones too. ``earlier`` are the true numbers
    behind the tables that were shown before, the newest last: while any group differs from one of them by fewer than
    LEAST_STEP people, the newest of them is shown again. Use `behind` to know which numbers to keep. Raises ValueError
    for a threshold below LEAST_THRESHOLD.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"the threshold must be at least {LEAST_THRESHOLD}")
    counts = behind(counts, earlier)
    hidden = _hidden(counts, threshold)
    return {group: None if group in hidden else count for group, count in counts.items()}


def behind(counts: Mapping[str, int], earlier: Sequence[Mapping[str, int]] = ()) -> Mapping[str, int]:
    """The true numbers behind the table that `shown` gives: ``counts``, or the newest of ``earlier`` where they hold.

    A table that is held keeps its own total: print that one beside it, with its date.
    """
    tells = any(_reveals(counts, before) for before in earlier)
    return earlier[-1] if tells else counts


def _reveals(counts: Mapping[str, int], before: Mapping[str, int]) -> bool:
    """Whether the step between two tables could tell of one person, or of a few."""
    groups = counts.keys() | before.keys()
    return any(0 < abs(counts.get(group, 0) - before.get(group, 0)) < LEAST_STEP for group in groups)


def _hidden(counts: Mapping[str, int], threshold: int) -> set[str]:
    """The groups below the threshold, and as many of the next smallest as it takes to hide those."""
    hidden = {group for group, count in counts.items() if count < threshold}
    while hidden and len(hidden) < len(counts) and _can_be_worked_out([counts[group] for group in hidden], threshold):
        next_smallest = min(count for group, count in counts.items() if group not in hidden)
        # Of groups of one size none is picked: the choice itself would tell.
        hidden |= {group for group, count in counts.items() if count == next_smallest}
    return hidden


def _can_be_worked_out(hidden: Sequence[int], threshold: int) -> bool:
    """Whether hidden numbers are too few, together too small, or all nearly as large as small groups can be.

    Their sum is known: it is the total without what is shown.
    """
    room = len(hidden) * (threshold - 1) - sum(hidden)
    return len(hidden) < 2 or sum(hidden) < threshold or (max(hidden) < threshold and room < LEAST_STEP)
