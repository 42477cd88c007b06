"""The card of a draft in the facilitators' channel: five points a page, and what can be done with the whole draft."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.reviews import Draft, DraftState
from bot.models.summaries import KeyPoint
from bot.summaries.output.counts import format_with_others
from bot.summaries.output.plain_text import format_coverage, format_sorting
from bot.summaries.output.point_groups import point_heading
from bot.summaries.review.supporters import list_unplaced, review_of
from cogs.review.texts import KINDS, LENGTHS, PUBLISH, find_next_unchecked, format_progress, is_checked, people_line
from cogs.summaries.texts import format_statement, format_words
from cogs.ui.cards import card, fit, space_texts
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.pages import Page, paginate
from cogs.ui.parts import Button, Row, button, option, pager, select

POINTS_A_PAGE = 5
LONGEST_QUESTION, LONGEST_HELP = 300, 220
THEME = "Theme: {theme} (named by a program)"
MOST_SELECTS = 5
HOW = "Check the points one after the other, or choose one. Staff see nothing before you publish."
ALL_CHECKED = "You’ve checked every point. Staff see nothing before you publish."
CHOOSE = "Choose a point, publish, or close this message."
START, UNPLACED = "Check the points", "Replies in no point ({count})"
MAY_SAY_TOO = "Others may say it too: add them when you check it."
NO_POINTS = "There are no key points in this draft."
PUT_ASIDE = "Discard draft"
TITLE = "## Draft of a summary"
CHANGES = "Changes ({number})"
ENDED = {
    DraftState.PUBLISHED: "This draft was published. To change it, `/summary draft` makes a new one.",
    DraftState.DROPPED: "This draft was discarded. `/summary draft` makes a new one.",
}


def page_of(draft: Draft, ref: str) -> int:
    """Return the page, counted from 0, on which a point stands; the first for a point that is gone."""
    refs = [point.ref for point in draft.summary.points]
    return refs.index(ref) // POINTS_A_PAGE if ref in refs else 0


def draft_card(draft: Draft, question: str, page: int = 0) -> ui.LayoutView:
    """Show one page of a draft, counted from 0; a number past either end gives the nearest page."""
    if draft.state is not DraftState.OPEN:
        return card(*space_texts([_title(question), ENDED[draft.state]]))
    shown = paginate(draft.summary.points, POINTS_A_PAGE, page)

    def build(length: int) -> list[str]:
        body = [_point(number, point, length) for number, point in enumerate(shown.items, shown.first)] or [NO_POINTS]
        read = " ".join(
            filter(None, (format_coverage(draft.summary), format_words(format_sorting(draft.summary), LONGEST_HELP)))
        )
        return [_title(question), f"{read} {format_progress(draft)}", *body, _foot(draft, shown)]

    return card(*space_texts(fit(build, LENGTHS)), *_rows(draft, shown))


def chooser_card(draft: Draft, note: str = "") -> ui.LayoutView:
    """Show all points of a draft to choose the next from, 25 a select; for one that has ended, what became of it."""
    if draft.state is not DraftState.OPEN:
        return card(*space_texts([note, ENDED[draft.state]]))
    points = draft.summary.points
    starts = range(0, min(len(points), MOST_SELECTS * MOST_OPTIONS), MOST_OPTIONS)
    rows = [_point_select(draft.id, points[start : start + MOST_OPTIONS], start + 1) for start in starts]
    ways = Row(*_onwards(draft), _publish(draft))
    return card(*space_texts([note, f"{format_progress(draft)} {CHOOSE}"]), *rows, ways)


def _point_select(draft_id: int, points: Sequence[KeyPoint], first: int) -> Row:
    """Make the select that opens a point's card; ``first`` is the number of the first point in it."""
    options = [option(f"{number}. {point_heading(point)}", point.ref) for number, point in enumerate(points, first)]
    return select("Choose a point", options, "review-choose", draft_id)


def _rows(draft: Draft, shown: Page[KeyPoint]) -> list[Row]:
    rows = [_point_select(draft.id, shown.items, shown.first)] if shown.items else []
    onwards = _onwards(draft)
    rows += [Row(*onwards)] if onwards else []
    ends = [
        _publish(draft),
        button(PUT_ASIDE, "review-aside", draft.id),
        button(CHANGES.format(number=draft.changes), "review-changes", draft.id, 0),
    ]
    return [*rows, Row(*pager(shown.number, shown.count, "review-page", draft.id), *ends)]


def _onwards(draft: Draft) -> list[Button]:
    """Make the buttons that lead to what is left: the first point to check, and the replies in no point."""
    buttons = []
    if first := find_next_unchecked(draft):
        buttons.append(button(START, "review-point", draft.id, first, 0, style=discord.ButtonStyle.primary))
    if unplaced := len(list_unplaced(draft.summary, draft.held)):
        buttons.append(button(UNPLACED.format(count=unplaced), "review-unplaced", draft.id, 0))
    return buttons


def _publish(draft: Draft) -> Button:
    """Make the button that publishes: it is the one to press only where every point was checked."""
    style = discord.ButtonStyle.secondary if find_next_unchecked(draft) else discord.ButtonStyle.primary
    return button(PUBLISH, "review-publish", draft.id, style=style)


def _title(question: str) -> str:
    return f"{TITLE}\n{format_words(question, LONGEST_QUESTION)}"


def _point(number: int, point: KeyPoint, length: int) -> str:
    more = f" {MAY_SAY_TOO}" if point.possible and not is_checked(point) else ""
    about = f"{KINDS[point.kind]}: {people_line(point)}.{more}"
    lines = [f"### {number}. {format_statement(point, length)}", about]
    if others := format_with_others(point):
        lines.append(others)
    if point.theme:
        lines.append(THEME.format(theme=format_words(point.theme, length)))
    if review_of(point).note:
        lines.append(f"Note: {format_words(review_of(point).note, length)}")
    return "\n".join(lines)


def _foot(draft: Draft, shown: Page[KeyPoint]) -> str:
    how = HOW if find_next_unchecked(draft) or not draft.summary.points else ALL_CHECKED
    return f"{shown.sentence} {how}" if shown.count > 1 else how
