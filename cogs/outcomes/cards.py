"""The cards of outcomes, and how points and their outcomes are told; everybody's words are escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import discord
from discord import ui

from bot.models.outcomes import Decision, Outcome, OutcomeChange, PointRef
from bot.models.prompts import Prompt, Series
from bot.models.summaries import KeyPoint
from bot.outcomes.points import USUAL_LEAST, AnsweredPoint, find_waiting_points, format_open, is_overdue
from bot.services.outcomes import find_points, find_series_points
from bot.store import Store
from bot.summaries.output.counts import format_count
from bot.summaries.output.point_groups import ERASED, is_verbatim, point_heading
from bot.text.clean import clean_line
from bot.text.dates import format_date, format_local_date, local_date
from bot.text.markdown import escape
from bot.text.quotes import mark_facilitators, quote
from bot.text.words import plural, shorten
from cogs.ui.cards import card, fit, text_card
from cogs.ui.pages import join_pages
from cogs.ui.parts import Row, button

HEADING = 120
MOST_POINTS = 25
LONGEST_OUTCOME = 3_900
LONGEST_PAGE = 3_600
"""Characters, so that a title and buttons fit beside a page."""

NO_ANSWER = "No answer yet."
OVERDUE = "Overdue."
TITLE = "## You said, we did: {}"
WAITING = "## {points} an answer"
MORE = "/outcome publish shows them all."
NOTHING = "No checked summary is published yet, so there’s nothing to answer."
SAID, DID = "## You said", "## We did"
BECAUSE = "Because: {reason}"
OWNER, DUE = "Owner: {owner}.", "Due: {date}."
GIVEN, CHANGED = "-# Answered {date}.", ", changed {date}."
HOW_CHANGED, ALL_POINTS = "How it changed", "All points ({pages} pages)"


def format_heading(point: KeyPoint | None) -> str:
    """Write a point's heading as one escaped line; if deletions took it, say so."""
    if point is None:
        return ERASED
    words = shorten(clean_line(point_heading(point)), HEADING)
    if is_verbatim(point):
        return escape(quote(words))
    by_facilitator = point.review is not None and point.review.words
    return escape(mark_facilitators(words) if by_facilitator else words)


def format_decided(decided: Decision, *, overdue: bool = False) -> str:
    """Write what was decided, in up to three lines."""
    lines = [f"{decided.state.label}: {escape(clean_line(decided.what))}"]
    if decided.reason:
        lines.append(BECAUSE.format(reason=escape(clean_line(decided.reason))))
    parts = [OWNER.format(owner=escape(decided.owner))] if decided.owner else []
    parts += [DUE.format(date=format_date(decided.due))] if decided.due else []
    parts += [OVERDUE] if overdue else []
    return "\n".join([*lines, *([" ".join(parts)] if parts else [])])


def format_outcome(
    outcome: Outcome, points: Mapping[PointRef, KeyPoint | None], zone: str, *, most: int = MOST_POINTS
) -> str:
    """Write an outcome for everybody: what staff said, and what is done about it, with its dates."""
    headings = [f"- {format_heading(point)}" for _, point in sorted(points.items())]
    more = [f"- and {plural(len(headings) - most, 'more point')}"] if len(headings) > most else []
    date_line = GIVEN.format(date=format_local_date(outcome.made_at, zone))
    if outcome.changed_at is not None:
        date_line = f"{date_line[:-1]}{CHANGED.format(date=format_local_date(outcome.changed_at, zone))}"
    return "\n".join([SAID, *headings[:most], *more, DID, format_decided(outcome.decided), date_line])


def outcome_card(outcome: Outcome, points: Mapping[PointRef, KeyPoint | None], zone: str) -> ui.LayoutView:
    """Show an outcome in a thread, with its button, by which it is found after a crash."""
    (text,) = fit(
        lambda most: [format_outcome(outcome, points, zone, most=most)],
        range(MOST_POINTS, -1, -1),
        most=LONGEST_OUTCOME,
    )
    return card(text, Row(button(HOW_CHANGED, "outcome-past", outcome.id)))


def format_changes(changes: Sequence[OutcomeChange], zone: str) -> Iterator[str]:
    """Write every state of an outcome with its date, the newest first; who set it is not said."""
    for change in reversed(changes):
        yield f"### {format_local_date(change.at, zone)}\n{format_decided(change.decided)}"


def format_point(row: AnsweredPoint, today: date, zone: str, *, with_reference: bool = False) -> str:
    """Write a point of the card: who said it, and its answer. Its reference is for organisers."""
    people = format_count(row.point) if row.point is not None else ""
    who = ", ".join(part for part in (str(row.ref) if with_reference else "", people) if part)
    lines = [f"### {format_heading(row.point)}", *([who] if who else [])]
    if row.outcome is None:
        return "\n".join([*lines, NO_ANSWER])
    when = row.outcome.changed_at or row.outcome.made_at
    answer = format_decided(row.outcome.decided, overdue=is_overdue(row.outcome, today))
    return "\n".join([*lines, answer, f"-# {format_local_date(when, zone)}"])


def split_pages(entries: Iterable[str]) -> list[str]:
    """Put entries together into pages of a message each; there is always one page."""
    return join_pages(entries, LONGEST_PAGE) or [""]


async def card_pages(store: Store, series: Series) -> list[str]:
    """Write the pages of a series' points with their outcomes."""
    rows = await find_series_points(store, series)
    zone = (await store.settings.of(series.guild_id)).time_zone
    today = local_date(discord.utils.utcnow(), zone)
    head = "\n".join((TITLE.format(escape(clean_line(series.title))), format_open(rows) or NOTHING))
    pages = split_pages(format_point(row, today, zone) for row in rows)
    return [f"{head}\n{page}".rstrip() for page in pages]


async def waiting_points_card(store: Store, guild_id: int, prompts: Sequence[Prompt]) -> ui.LayoutView | None:
    """Show one reader the points of prompts that have no outcome yet, or an overdue one; None without any."""
    zone = (await store.settings.of(guild_id)).time_zone
    today = local_date(discord.utils.utcnow(), zone)
    waiting = find_waiting_points(await find_points(store, guild_id, prompts, USUAL_LEAST), today)
    if not waiting:
        return None
    pages = split_pages(format_point(row, today, zone, with_reference=True) for row in waiting)
    more = "" if len(pages) == 1 else f"\n-# {MORE}"
    return text_card(
        f"{WAITING.format(points=plural(len(waiting), 'point still needs', 'points still need'))}\n{pages[0]}{more}"
    )


def series_card(series: Series, pages: Sequence[str]) -> ui.LayoutView:
    """Show the first page of a series, and a button for the others where there are more."""
    mark = ("outcome-points", series.id)
    more = [Row(button(ALL_POINTS.format(pages=len(pages)), *mark))] if len(pages) > 1 else []
    return card(pages[0], *more, marked=mark)
