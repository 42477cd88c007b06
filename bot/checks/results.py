"""The results of a check: of each point how many people tapped that it is the same with them, from LEAST_PRESSES on.

Nothing is inferred of those who did not tap, and no number tells how many saw a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.models.checks import Check, CheckPoint
from bot.models.views import LEAST_PRESSES, PressCount


@dataclass(frozen=True, slots=True)
class PointResult:
    """What people tapped about one point, as far as it may be shown.

    ``same`` is how many tapped "Same here", 0 if they are fewer than LEAST_PRESSES. ``differs`` says that so many
    tapped "Different here" too.
    """

    point: CheckPoint
    same: int = 0
    differs: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The results of a check that ended. ``people`` is how many tapped, 0 if that is not shown."""

    check: Check
    points: tuple[PointResult, ...]
    people: int = 0


def count_results(
    check: Check, total: tuple[int, Mapping[str, PressCount]] | None, earlier: Sequence[CheckResult] = ()
) -> CheckResult | None:
    """Return the results of a check; None while its key is not destroyed.

    ``total`` is how many people tapped, and what they tapped by the marks of the points; None if nobody did. How
    many they are is shown from LEAST_PRESSES above every number of a point on, so that nothing of those who tapped
    otherwise can be worked out of it. ``earlier`` are the results of earlier checks of the same prompt: a number that
    differs by fewer than LEAST_PRESSES from one that was shown for the same words is not shown, since the difference
    would tell of a few.
    """
    if check.released_at is None:
        return None
    people, counts = total or (0, {})
    points = tuple(_point(point, counts.get(point.mark, PressCount()), earlier) for point in check.points)
    most = max((counts.get(point.mark, PressCount()).same for point in check.points), default=0)
    is_shown = people >= most + LEAST_PRESSES and all(_is_apart(people, result.people) for result in earlier)
    return CheckResult(check, points, people if is_shown else 0)


def _point(point: CheckPoint, count: PressCount, earlier: Iterable[CheckResult]) -> PointResult:
    words = point.ref, point.heading
    told = [each.same for result in earlier for each in result.points if (each.point.ref, each.point.heading) == words]
    if count.same < LEAST_PRESSES or not all(_is_apart(count.same, same) for same in told):
        return PointResult(point)
    return PointResult(point, count.same, count.different >= LEAST_PRESSES)


def _is_apart(number: int, told: int) -> bool:
    """Say whether a number can be shown beside an earlier one and single nobody out; 0 was not shown."""
    return not told or abs(number - told) >= LEAST_PRESSES
