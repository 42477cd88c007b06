"""Decides which numbers of people by staff group may be shown: no small group, and none that can be worked out.

The rules are those of statistical disclosure control (Hundepool et al., Statistical Disclosure Control, 2012): primary
and secondary suppression, and no differences between tables that tell of a few people. Everybody in a server can see
who wrote in which thread, so the rules take it that an attacker knows of each table who was counted in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.models.groups import GroupTable

LEAST_THRESHOLD = 5
"""No threshold may be set lower."""
THRESHOLD = 11
LEAST_STEP = 5
"""People whom a table adds at least to what is told of a group, if it adds any."""


def shown(counts: Mapping[str, int], *, threshold: int = THRESHOLD) -> dict[str, int | None]:
    """The number of distinct people of each group that may be shown beside the total; None for a group that is hidden.

    ``counts`` are the true numbers, of all groups of the server, empty ones too. Raises ValueError for a threshold
    below LEAST_THRESHOLD. Of a table beside earlier ones, `may_follow` decides.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"the threshold must be at least {LEAST_THRESHOLD}")
    hidden = _hidden(counts, threshold)
    return {group: None if group in hidden else count for group, count in counts.items()}


def is_to_be_looked_at(people: frozenset[str], earlier: Sequence[GroupTable], *, threshold: int = THRESHOLD) -> bool:
    """Whether people are so far from those of earlier tables that a table of them could be shown.

    It asks only who took part, which everybody knows, so that its answer tells nothing. Each table counts
    ``threshold`` people at least whom no table before it counted: so every sum and difference of tables that are shown
    is one over that many people. No table leaves out only a few of the people of another, and none is looked at again
    with only a few people more or fewer than one that was refused.
    """
    known = [table for table in earlier if table.shown]
    refused = [table for table in earlier if not table.shown]
    return (
        len(_fresh(people, known)) >= threshold
        and not any(0 < len(table.people - people) + table.erased < threshold for table in known)
        and not any(len(table.people ^ people) < threshold for table in refused)
    )


def may_follow(
    group_of: Mapping[str, str], groups: Sequence[str], earlier: Sequence[GroupTable], *, threshold: int = THRESHOLD
) -> frozenset[str]:
    """The groups whose numbers may be shown in a table that `is_to_be_looked_at`; none where it is refused.

    ``group_of`` are the people with their group, one of ``groups``; ``earlier`` are all tables of the server that were
    looked at before. What a table adds to earlier ones is held to LEAST_STEP people in each group.
    """
    people = frozenset(group_of)
    counts = counted(group_of, groups)
    near = [table for table in earlier if table.shown and not table.people.isdisjoint(people)]
    fresh = _fresh(people, near)
    told = {group for group, count in shown(counts, threshold=threshold).items() if count is not None}
    # Were most of a group's people there before, their hidden number would show through the new one.
    told -= {group for group in told for table in near if group not in table.shown and counts[group] > len(fresh)}
    added = Counter(group_of[person] if group_of[person] in told else "" for person in fresh)
    if near and any(0 < count < LEAST_STEP for count in added.values()):
        return frozenset()
    if any(table.people <= people and not table.shown <= told for table in near):
        return frozenset()  # a group that went below the threshold would tell of those who left it
    return frozenset(told)


def counted(group_of: Mapping[str, str], groups: Sequence[str]) -> dict[str, int]:
    """The true number of people of each group, empty ones too."""
    counts = Counter(group_of.values())
    return {group: counts[group] for group in groups}


def _fresh(people: frozenset[str], tables: Sequence[GroupTable]) -> frozenset[str]:
    return people.difference(*(table.people for table in tables))


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
