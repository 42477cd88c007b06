"""The results of a check: how many people said what of each point, where they divide, and what groups may be shown.

Nothing is inferred of those who did not answer: every number is of people who chose an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.models.checks import LEAST_VIEWS, Answer, Check, CheckPoint, View
from bot.models.groups import NOT_SAID
from bot.models.people import STAFF_GROUPS
from bot.summaries.disclosure.disclosure_control import THRESHOLD, suppress_small_counts
from bot.summaries.disclosure.staff_groups import GROUPS

KNOWING = (Answer.TRUE, Answer.PARTLY, Answer.NOT)
"""The answers of people who can tell; the others said that they do not know."""
DIVIDED_SHARE = 4
"""People divide where, of those who can tell, at least one in so many says "true", and as many "not where I work"."""
DIVIDED_PEOPLE = 2
"""And at least so many people say each: one voice does not divide the others."""


@dataclass(frozen=True, slots=True)
class PointResult:
    """What people said of one point. ``counts`` has every answer; it is empty where fewer than LEAST_VIEWS answered."""

    ref: str
    heading: str
    counts: Mapping[Answer, int] = field(default_factory=dict)
    divided: bool = False
    verbatim: bool = True

    @property
    def is_shown(self) -> bool:
        """Whether there are figures."""
        return bool(self.counts)

    @property
    def answered(self) -> int:
        """How many people chose any answer, "do not know" too."""
        return sum(self.counts.values())

    @property
    def known(self) -> int:
        """How many people could tell: of these, agreement and "not where I work" are shares."""
        return sum(self.counts.get(answer, 0) for answer in KNOWING)

    @property
    def true(self) -> int:
        """How many people agree: they say that it is true where they work."""
        return self.counts.get(Answer.TRUE, 0)

    @property
    def not_here(self) -> int:
        """How many people say "not where I work"."""
        return self.counts.get(Answer.NOT, 0)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What the people of one staff group said, of those points alone of which enough of them said anything."""

    group: str
    people: int
    points: tuple[PointResult, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The results of a check that ended. ``people`` gave a view; each may have answered some of the points only."""

    check: Check
    people: int
    points: tuple[PointResult, ...]
    groups: tuple[GroupResult, ...] = ()


def count_results(
    check: Check, views: Sequence[View], *, groups: frozenset[str] = frozenset(), threshold: int = THRESHOLD
) -> CheckResult | None:
    """Return the results of a check; None for fewer than LEAST_VIEWS views, and while nobody's key is destroyed.

    ``groups`` are those whose numbers of people may be shown beside the total (see bot.store.people.group_tables);
    ``threshold`` is the server's. Of each point, the rule of small numbers is held once more, among those who answered
    it.
    """
    if check.released_at is None or len(views) < LEAST_VIEWS:
        return None
    points = tuple(_point(point, views) for point in check.points)
    return CheckResult(check, len(views), points, _groups(check, views, groups, threshold))


def is_divided(counts: Mapping[Answer, int]) -> bool:
    """Say whether people divide over a point: enough say "true", and enough "not where I work".

    Enough are DIVIDED_PEOPLE people, and one in DIVIDED_SHARE of those who can tell. "Partly" is on neither side, but
    is counted among those who can tell: where most say "partly", they do not divide.
    """
    known = sum(counts.get(answer, 0) for answer in KNOWING)
    smaller = min(counts.get(Answer.TRUE, 0), counts.get(Answer.NOT, 0))
    return smaller >= DIVIDED_PEOPLE and smaller * DIVIDED_SHARE >= known


def _point(point: CheckPoint, views: Iterable[View]) -> PointResult:
    said = Counter(view.answers[point.ref] for view in views if point.ref in view.answers)
    counts = {answer: said[answer] for answer in Answer} if said.total() >= LEAST_VIEWS else {}
    return PointResult(point.ref, point.heading, counts, is_divided(counts), point.verbatim)


def _groups(check: Check, views: Sequence[View], told: frozenset[str], threshold: int) -> tuple[GroupResult, ...]:
    of_group = defaultdict(list)
    for view in views:
        of_group[group_of(view)].append(view)
    told = frozenset(group for group in told if len(of_group[group]) >= threshold)
    points: dict[str, list[PointResult]] = {group: [] for group in GROUPS if group in told}
    for point in check.points:
        answered = {group: sum(point.ref in view.answers for view in of_group[group]) for group in GROUPS}
        may_be_shown = suppress_small_counts(answered, threshold=threshold)
        for group, results in points.items():
            if may_be_shown[group] is not None:
                results.append(_point(point, of_group[group]))
    return tuple(GroupResult(group, len(of_group[group]), tuple(found)) for group, found in points.items() if found)


def group_of(view: View) -> str:
    """Return the staff group of a view's author, or that they did not say it."""
    return view.group if view.group in STAFF_GROUPS else NOT_SAID
