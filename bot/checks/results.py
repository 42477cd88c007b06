"""The results of a check: of each point how many people tapped that it is the same with them, from LEAST_PRESSES on.

Nothing is inferred of those who did not tap, and no number tells how many saw a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.models.checks import Check, CheckPoint
from bot.models.views import LEAST_PRESSES, PressCount


@dataclass(frozen=True, slots=True)
class PointResult:
    """What people tapped about one point, as far as it may be shown.

    ``same`` is how many tapped "Same here", 0 where they are fewer than LEAST_PRESSES. ``differs`` says that so many
    tapped "Different here" too.
    """

    point: CheckPoint
    same: int = 0
    differs: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The results of a check that ended. ``people`` is how many tapped, 0 where that is not shown."""

    check: Check
    points: tuple[PointResult, ...]
    people: int = 0


def count_results(check: Check, total: tuple[int, Mapping[str, PressCount]] | None) -> CheckResult | None:
    """Return the results of a check; None while its key is not destroyed.

    ``total`` is how many people tapped, and what they tapped by the marks of the points; None where nobody did. How
    many they are is shown from LEAST_PRESSES above every number of a point on, so that nothing of those who tapped
    otherwise can be worked out of it.
    """
    if check.released_at is None:
        return None
    people, counts = total or (0, {})
    points = tuple(_point(point, counts.get(point.mark, PressCount())) for point in check.points)
    least = max(point.same for point in points) + LEAST_PRESSES if points else LEAST_PRESSES
    return CheckResult(check, points, people if people >= least else 0)


def _point(point: CheckPoint, count: PressCount) -> PointResult:
    if count.same < LEAST_PRESSES:
        return PointResult(point)
    return PointResult(point, count.same, count.different >= LEAST_PRESSES)
