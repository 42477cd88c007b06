"""Who took part, by staff group: of a whole prompt or a whole series, as far as small_groups lets it be shown.

There is no table of a key point: with those of several points, the groups of single people could be worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.models.groups import NOT_SAID, GroupTable, StaffGroups
from bot.models.people import STAFF_GROUPS, Choices
from bot.summaries.disclosure.disclosure_control import count_by_group, find_groups_to_show, is_worth_comparing
from bot.text.dates import format_local_date
from bot.text.words import plural

GROUPS = (*STAFF_GROUPS, NOT_SAID)
TITLE = "Who took part, by staff group"
OTHERS = "All other groups together"
TABLE = "{title} ({people} people in the thread, {date}): {numbers}."
SMALL = "Small groups are hidden, so that nobody can be picked out."


def groups_of(people: frozenset[str], choices: Mapping[str, Choices]) -> dict[str, str]:
    """Return each person's staff group; ``choices`` are by pseudonym."""
    said = {person: choices[person].group if person in choices else "" for person in people}
    return {person: group if group in STAFF_GROUPS else NOT_SAID for person, group in said.items()}


def make_table(
    subject: str, group_of: Mapping[str, str], earlier: Sequence[GroupTable], threshold: int, now: datetime
) -> GroupTable | None:
    """Return the new table of a subject, to be kept whether it may be shown or not; None if it is not looked at.

    ``earlier`` are all tables of the server that were kept, the oldest first.
    """
    people = frozenset(group_of)
    if set(group_of.values()) <= {NOT_SAID} or not is_worth_comparing(people, earlier, threshold=threshold):
        return None
    may_be_shown = find_groups_to_show(group_of, GROUPS, earlier, threshold=threshold)
    return GroupTable(subject, count_by_group(group_of, GROUPS), people, may_be_shown, now)


def publish_table(table: GroupTable, threshold: int, time_zone: str) -> StaffGroups | None:
    """Say what may be shown of a table that was kept; None if nothing may be. Dates are in the IANA zone."""
    numbers = [(group, table.counts[group]) for group in GROUPS if group in table.shown]
    numbers = [(group, count) for group, count in numbers if count >= threshold]  # it may have been raised since
    if not numbers:
        return None
    people = sum(table.counts.values())
    day = format_local_date(table.made_at, time_zone)
    largest_first = sorted(numbers, key=lambda number: -number[1])
    return StaffGroups(tuple(largest_first), people - sum(count for _, count in numbers), people, day)


def list_rows(groups: StaffGroups) -> tuple[tuple[str, int], ...]:
    """Return the lines of a table: each group that is shown, then the rest together."""
    return (*groups.groups, *([(OTHERS, groups.others)] if groups.others else []))


def describe_table(groups: StaffGroups) -> str:
    """Say who was counted in a table, when, and what it leaves out."""
    people = plural(groups.people, "person", "people")
    return f"{people} in the thread, as on {groups.date}. {SMALL}"


def format_table(groups: StaffGroups) -> str:
    """Return the table as one sentence."""
    numbers = "; ".join(f"{group} {count}" for group, count in list_rows(groups))
    return TABLE.format(title=TITLE, people=groups.people, date=groups.date, numbers=numbers)
