"""Tables of people by staff group: what is true and kept sealed, and what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

NOT_SAID = "Not said"
"""The group of people who did not say theirs."""


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A table that was looked at, of a subject such as "prompt:12" or "series:3".

    ``counts`` are the true numbers of people by group, ``people`` the pseudonyms of all who were counted, and
    ``erased`` counts those among them whose pseudonym was erased since. ``shown`` are the groups whose numbers were
    shown; none if the table was refused.
    """

    subject: str
    counts: Mapping[str, int] = field(repr=False)
    people: frozenset[str] = field(repr=False)
    shown: frozenset[str]
    made_at: datetime
    erased: int = 0


@dataclass(frozen=True, slots=True)
class StaffGroups:
    """Who took part, by staff group, as it may be shown.

    ``groups`` are names with their numbers of people, the largest first; ``others`` is how many people are in the
    groups that are not shown. ``people`` are all of them, on the day ``date``, as people read it.
    """

    groups: tuple[tuple[str, int], ...]
    others: int
    people: int
    date: str
