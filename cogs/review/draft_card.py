"""The card of a draft in the facilitators' channel: five points a page, and what can be done with the whole draft."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.reviews import Draft, DraftState
from bot.models.summaries import KeyPoint
from bot.summaries.output.plain_text import coverage_line
from bot.summaries.output.point_groups import point_heading
from cogs.review.layout import Row, button, card, fitted, option_text, select, turns
from cogs.review.review_texts import KINDS, checked_line, people_line, review_of
from cogs.summaries.texts import heading, plain

POINTS_A_PAGE = 5
LONGEST_QUESTION = 300
HOW = "Choose a point to confirm who says so, to reword it or to move people. Staff see nothing before you publish."
NO_POINTS = "There are no key points in this draft."
ENDED = {
    DraftState.PUBLISHED: "This draft was published.",
    DraftState.DROPPED: "This draft was set aside. `/summary draft` makes a new one.",
}


def page_of(draft: Draft, ref: str) -> int:
    """The page, counted from 0, on which a point stands; the first for a point that is gone."""
    refs = [point.ref for point in draft.summary.points]
    return refs.index(ref) // POINTS_A_PAGE if ref in refs else 0


def draft_card(draft: Draft, question: str, page: int = 0) -> ui.LayoutView:
    """One page of a draft, counted from 0; a number past either end gives the nearest page."""
    if draft.state is not DraftState.OPEN:
        return card([_title(question), ENDED[draft.state]])
    points = draft.summary.points
    count = max(1, -(-len(points) // POINTS_A_PAGE))
    page = min(max(page, 0), count - 1)
    first = page * POINTS_A_PAGE
    shown = points[first : first + POINTS_A_PAGE]

    def texts(length: int) -> list[str]:
        body = [_point(number, point, length) for number, point in enumerate(shown, first + 1)] or [NO_POINTS]
        return [_title(question), f"{coverage_line(draft.summary)} {checked_line(draft)}", *body, _foot(page, count)]

    return fitted(texts, _rows(draft, shown, first, page, count))


def point_select(draft_id: int, points: Sequence[KeyPoint], first: int) -> Row:
    """The select that opens a point's card, for the points of one page."""
    options = [
        discord.SelectOption(label=option_text(f"{number}. {point_heading(point)}"), value=point.ref)
        for number, point in enumerate(points, first + 1)
    ]
    return select("Choose a point", options, "review-choose", draft_id)


def _rows(draft: Draft, points: Sequence[KeyPoint], first: int, page: int, count: int) -> list[Row]:
    rows = [point_select(draft.id, points, first)] if points else []
    steps = turns(page, count, "review-page", draft.id)
    ends = [
        button("Publish", "review-publish", draft.id, style=discord.ButtonStyle.primary),
        button("Set aside", "review-aside", draft.id),
        button(f"Changes ({draft.changes})", "review-changes", draft.id, 0),
    ]
    return [*rows, ui.ActionRow(*steps, *ends)]


def _title(question: str) -> str:
    return f"## Draft of a summary\n{plain(question, LONGEST_QUESTION)}"


def _point(number: int, point: KeyPoint, length: int) -> str:
    lines = [f"### {number}. {heading(point, length)}", f"{KINDS[point.kind]}: {people_line(point)}."]
    if review_of(point).note:
        lines.append(f"Note: {plain(review_of(point).note, length)}")
    return "\n".join(lines)


def _foot(page: int, count: int) -> str:
    return f"Page {page + 1} of {count}. {HOW}" if count > 1 else HOW
