"""Checks that ended, and views of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.models.checks import Answer, Check, CheckPoint, CheckState, View

NOW = datetime(2026, 1, 19, 9, 0, tzinfo=UTC)
TRUE, PARTLY, NOT, UNKNOWN = Answer


def a_check(*headings: str, released: bool = True) -> Check:
    """A check that ended; its points are named 1, 2 and so on."""
    points = tuple(CheckPoint(str(number), heading) for number, heading in enumerate(headings, 1))
    return Check(1, 1, 1, "claim", CheckState.ENDED, points, NOW, NOW, NOW if released else None)


def views_of(people: Sequence[Mapping[str, Answer]], groups: Sequence[str] = ()) -> list[View]:
    """A view for each person's answers, with the groups that they said."""
    said = [*groups, *[""] * (len(people) - len(groups))]
    return [View(f"{number:032x}", 1, NOW.date(), answers, group=said[number]) for number, answers in enumerate(people)]
