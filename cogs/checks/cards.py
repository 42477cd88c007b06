"""The cards of a check for everybody: the points with the button, the end, and the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.checks.results import CheckResult
from bot.checks.texts import format_heading, point_in_words, quote_heading, result_notes
from bot.models.checks import Check, CheckPoint, CheckState
from bot.text.dates import format_local_date
from bot.text.markdown import escape_line
from cogs.ui.cards import Part, Space, card
from cogs.ui.limits import cut_to_units
from cogs.ui.pages import join_pages
from cogs.ui.parts import Row, button
from cogs.views.cards import ASK_POINT, OTHERS

HEADING = 150
QUESTION = 200
LONGEST_PREVIEW = 2_600
LONGEST_PAGE = 3_000
"""Characters of points or figures, so that what is around them fits into the message too."""
ASK = f"## {ASK_POINT}"
ABOUT = (
    "We asked “{question}” and summed up what people said. Tap “{button}” and tell us, point by point, if it’s the "
    "same where you work. You don’t have to write anything, and you can do this even if you didn’t reply before."
)
RULES = "Open until {date}. Colleagues can’t see what you tap, and nobody sees any numbers before the end."
ENDED = "This check ended on {date}. Thank you to everyone who took part."
RESULTS = "## What you said\n{question}"
OVER = "This check has ended"
ALL_FIGURES = "All points ({pages} pages)"


def format_numbered(number: int, point: CheckPoint) -> str:
    """Write a point as one escaped line with its number; if a deletion took its words, say so."""
    return f"{number}. {quote_heading(escape_line(format_heading(point), HEADING), point)}"


def check_card(check: Check, question: str, time_zone: str) -> ui.LayoutView:
    """Show a check; while it is open, with its button, by which it is found after a crash."""
    date = format_local_date(check.ends_at, time_zone)
    is_open = check.state is CheckState.OPEN
    way = button(
        OTHERS if is_open else OVER,
        "others",
        check.claim,
        style=discord.ButtonStyle.primary if is_open else discord.ButtonStyle.secondary,
        disabled=not is_open,
    )
    end = (RULES if is_open else ENDED).format(date=date)
    return card(*_check_parts(question, check.points, end, LONGEST_PAGE), Row(way))


def preview_texts(question: str, points: Sequence[CheckPoint], last_day: str) -> tuple[Part, ...]:
    """Write what the card of a check will say, with room for what its organiser is told above."""
    return _check_parts(question, points, RULES.format(date=last_day), LONGEST_PREVIEW)


def result_card(check: Check, result: CheckResult, question: str) -> ui.LayoutView:
    """Show the results to everybody: their first page, and a button for the others where there are more."""
    pages = result_pages(result)
    head = RESULTS.format(question=_format_question(question))
    more = [Row(button(ALL_FIGURES.format(pages=len(pages)), "check-figures", check.claim))] if len(pages) > 1 else []
    return card(head, *pages[:1], f"-# {result_notes(result)}", *more, marked=("check-figures", check.claim))


def result_pages(result: CheckResult) -> list[str]:
    """Write the points in their order, each as a heading above its number, if any, in pages of a message each."""
    numbered = enumerate(result.points, 1)
    entries = (f"### {format_numbered(place, each.point)}\n{point_in_words(each)}" for place, each in numbered)
    return join_pages((entry.rstrip() for entry in entries), LONGEST_PAGE)


def _check_parts(question: str, points: Sequence[CheckPoint], end: str, room: int) -> tuple[Part, ...]:
    about = f"{ASK}\n{ABOUT.format(question=_format_question(question), button=OTHERS)}"
    return about, Space.LINE, "\n".join(_number_points(points, room)), Space.LINE, end


def _format_question(question: str) -> str:
    return cut_to_units(escape_line(question, QUESTION), 2 * QUESTION)


def _number_points(points: Sequence[CheckPoint], room: int) -> Iterator[str]:
    """Write the points as lines that together have at most ``room`` characters."""
    each = room // max(len(points), 1)
    yield from (cut_to_units(format_numbered(number, point), each) for number, point in enumerate(points, 1))
