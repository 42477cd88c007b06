"""Decide which numbers of people by staff group may be shown: no small group, and none that can be worked out.

The rules are those of statistical disclosure control (Hundepool et al., Statistical Disclosure Control, 2012): primary
and secondary suppression, and no differences between tables that tell of a few people. Everybody in a server can see
who wrote in which thread, so the rules take it that an attacker knows of each table who was counted in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.models.groups import GroupTable
from bot.models.settings import SETTINGS

LEAST_THRESHOLD = SETTINGS["group_threshold"].least
"""No threshold may be set lower."""
THRESHOLD = 11


def suppress_small_counts(counts: Mapping[str, int], *, threshold: int = THRESHOLD) -> dict[str, int | None]:
    """Return the number of distinct people of each group that may be shown beside the total.

    None for a group that is hidden.

    ``counts`` are the true numbers, of all groups of the server, empty ones too. Raises ValueError for a threshold
    below LEAST_THRESHOLD. For a table that follows earlier ones, `may_follow` decides.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"the threshold must be at least {LEAST_THRESHOLD}")
    hidden = _hide_groups(counts, threshold)
    return {group: None if group in hidden else count for group, count in counts.items()}


def is_worth_comparing(people: frozenset[str], earlier: Sequence[GroupTable], *, threshold: int = THRESHOLD) -> bool:
    """Say whether people are so far from those of earlier tables that a table of them could be shown.

    It only looks at who took part, which everybody knows, so its answer gives nothing away. A table counts all of the
    people of an earlier one that was shown, or none of them; at least ``threshold`` people whom no table counted
    before; and as many more or fewer than one that was refused, or whose people were erased since.
    """
    known = [table for table in earlier if table.shown]
    refused = [table for table in earlier if not table.shown]
    return (
        len(people.difference(*(table.people for table in known))) >= threshold
        and all(_is_within(table, people) or table.people.isdisjoint(people) for table in known)
        and all(len(table.people ^ people) >= threshold for table in refused)
        # Whose pseudonyms were erased may be here again; with as few more or fewer, they would be all but a few.
        and all(abs(sum(table.counts.values()) - len(people)) >= threshold for table in known if table.erased)
    )


def find_groups_to_show(
    group_of: Mapping[str, str], groups: Sequence[str], earlier: Sequence[GroupTable], *, threshold: int = THRESHOLD
) -> frozenset[str]:
    """Return the groups whose numbers may be shown in a table that `is_worth_comparing`; none if it is refused.

    ``group_of`` are the people with their group, one of ``groups``; ``earlier`` are all tables of the server that were
    looked at before. What can be worked out from a table and those that it contains is held to the same rules: no group
    adds a few people, and a group that was hidden is shown only with numbers that fit whatever it was before.
    """
    counts = count_by_group(group_of, groups)
    inner = _outermost([table for table in earlier if table.shown and _is_within(table, frozenset(group_of))])
    if not inner:
        return frozenset(
            group for group, count in suppress_small_counts(counts, threshold=threshold).items() if count is not None
        )
    added = {
        group: counts[group] - sum(table.counts[group] for table in inner if group in table.shown) for group in groups
    }
    before = {
        group: sum(_count_hidden_people(table) for table in inner if group not in table.shown) for group in groups
    }
    new = {group for group in groups if before[group] and added[group] >= before[group]}
    told = {group for group, count in counts.items() if count >= threshold and (group in new or not before[group])}
    told = _with_a_rest(told, new, counts, added, sum(map(_count_hidden_people, inner)), threshold)
    rest = sum(added[group] for group in groups if before[group] or group not in told)
    steps = [rest - sum(map(_count_hidden_people, inner)), *(added[group] for group in told if not before[group])]
    # A step as small as a small group tells of it: 36 after 30 tells what six of twelve people said of themselves.
    if any(0 < abs(step) < threshold for step in steps) or not all(table.shown <= told for table in inner):
        return frozenset()
    return frozenset(told)


def _with_a_rest(
    told: set[str], new: set[str], counts: Mapping[str, int], added: Mapping[str, int], before: int, threshold: int
) -> set[str]:
    """Say what may be told without the smallest of the ``new`` groups, until what is left hides all that was hidden."""
    while rest := [group for group in counts if group not in told]:
        numbers = [counts[group] for group in rest]
        if sum(added[group] for group in rest) >= before and not _can_be_worked_out(numbers, threshold):
            break
        if not told & new:
            return set()
        smallest = min(counts[group] for group in told & new)
        told = {group for group in told if group not in new or counts[group] > smallest}
    return told


def _is_within(table: GroupTable, people: frozenset[str]) -> bool:
    return table.people <= people and not table.erased


def _outermost(tables: Sequence[GroupTable]) -> list[GroupTable]:
    """Return the tables that are within no other one."""
    return [table for table in tables if not any(table.people < other.people for other in tables)]


def _count_hidden_people(table: GroupTable) -> int:
    return sum(count for group, count in table.counts.items() if group not in table.shown)


def count_by_group(group_of: Mapping[str, str], groups: Sequence[str]) -> dict[str, int]:
    """Return the true number of people of each group, empty ones too."""
    counts = Counter(group_of.values())
    return {group: counts[group] for group in groups}


def _hide_groups(counts: Mapping[str, int], threshold: int) -> set[str]:
    """Return the groups below the threshold, and as many of the next smallest as it takes to hide those."""
    hidden = {group for group, count in counts.items() if count < threshold}
    while hidden and len(hidden) < len(counts) and _can_be_worked_out([counts[group] for group in hidden], threshold):
        next_smallest = min(count for group, count in counts.items() if group not in hidden)
        # Of groups of one size none is picked: the choice itself would tell.
        hidden |= {group for group, count in counts.items() if count == next_smallest}
    return hidden


def _can_be_worked_out(hidden: Sequence[int], threshold: int) -> bool:
    """Say whether hidden numbers are too few, together too small, or all nearly as large as small groups can be.

    Their sum is known: it is the total without what is shown.
    """
    room = len(hidden) * (threshold - 1) - sum(hidden)
    return len(hidden) < 2 or sum(hidden) < threshold or (max(hidden) < threshold and room < threshold)
