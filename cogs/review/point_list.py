"""The card on which a reviewer chooses the next point, and what can be said of a draft beside its points."""

from __future__ import annotations

from discord import ui

from bot.models.reviews import Draft, DraftState
from cogs.review.draft_card import ENDED, point_select
from cogs.review.layout import card
from cogs.review.review_texts import checked_line
from cogs.ui.limits import MOST_OPTIONS

MOST_SELECTS = 5
CHOOSE = "Choose the next point, or close this message."


def chooser_card(draft: Draft, note: str = "") -> ui.LayoutView:
    """All points of a draft to choose from, 25 a select."""
    head = [note] if note else []
    if draft.state is not DraftState.OPEN:
        return card([*head, ENDED[draft.state]])
    points = draft.summary.points
    starts = range(0, min(len(points), MOST_SELECTS * MOST_OPTIONS), MOST_OPTIONS)
    rows = [point_select(draft.id, points[start : start + MOST_OPTIONS], start) for start in starts]
    return card([*head, f"{checked_line(draft)} {CHOOSE}"], rows)
