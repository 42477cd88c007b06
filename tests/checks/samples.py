"""Checks that ended."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.models.checks import Check, CheckPoint, CheckState

NOW = datetime(2026, 1, 19, 9, 0, tzinfo=UTC)


def a_check(*headings: str, released: bool = True) -> Check:
    """A check that ended; its points are named 1, 2 and so on."""
    points = tuple(
        CheckPoint(str(number), heading, mark=f"{number:02}00") for number, heading in enumerate(headings, 1)
    )
    return Check(1, 1, 1, "claim", CheckState.ENDED, points, NOW, NOW, NOW if released else None)
