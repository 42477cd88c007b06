"""Says how far a person has checked a summary, in one line that goes wherever it goes."""

from __future__ import annotations

from bot.models.summaries import Summary
from bot.summaries.grouping import confirmed_people, confirmed_private
from bot.summaries.plain_text import count_of

NOT_CHECKED = "Found by the program, not checked by a person."


def supporters(summary: Summary) -> tuple[int, int]:
    """How many supporters of the points a person confirmed, and how many there are, each counted once a point."""
    confirmed = sum(confirmed_people(point) + confirmed_private(point) for point in summary.points)
    return confirmed, sum(point.heard for point in summary.points)


def how_far(summary: Summary) -> str:
    """How far a person checked who says so, in one sentence."""
    confirmed, all_of_them = supporters(summary)
    if not confirmed:
        return NOT_CHECKED
    if confirmed == all_of_them:
        return "Checked by a person: all supporters confirmed."
    return f"Partly checked by a person: {confirmed:,} of {all_of_them:,} supporters confirmed."


def checking_line(summary: Summary, changes: int) -> str:
    """How far a person checked who says so, and how many changes a reviewer made, if there was a review."""
    if not changes and not supporters(summary)[0]:
        return NOT_CHECKED
    return f"{how_far(summary)} {count_of(changes, 'change was', 'changes were')} made."
