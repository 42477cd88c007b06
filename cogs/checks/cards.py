"""The cards of a check for everybody: the points with the button, the end, and the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.checks.results import CheckResult, GroupResult, PointResult
from bot.checks.texts import (
    SMALL_GROUPS,
    format_heading,
    format_participants,
    group_in_words,
    point_in_words,
    quote_heading,
)
from bot.models.checks import LEAST_VIEWS, Check, CheckPoint, CheckState
from bot.summaries.output.picture import Picture
from bot.text.clean import clean_line
from bot.text.dates import format_local_date
from bot.text.markdown import escape
from bot.text.words import shorten
from cogs.ui.cards import Space, card, pictures
from cogs.ui.limits import cut_to_units
from cogs.ui.pages import join_pages
from cogs.ui.parts import Row, button

HEADING = 150
QUESTION = 200
LONGEST_PAGE = 3_000
"""Characters of points or figures, so that what stands around them fits into the message too."""
ASK = "## Is this true where you work?"
ABOUT = """A summary of replies to “{question}” is published. For each of its points, please say whether it is true \
where you work. You need not have replied before."""
RULES = f"""Open until {{date}}. Nobody sees who gave which view. Results come after the end, and only if \
{LEAST_VIEWS} people or more took part."""
ENDED = "This check ended on {date}. Thank you to everybody who took part."
RESULTS = "## What you said: “{question}”"
GIVE_VIEW = "Give your view"
OVER = "This check has ended"
ALL_FIGURES = "All figures"


def format_numbered(number: int, point: CheckPoint | PointResult) -> str:
    """Write a point as one escaped line with its number; where a deletion took its words, that it did."""
    return f"{number}. {quote_heading(escape(shorten(clean_line(format_heading(point)), HEADING)), point)}"


def check_card(check: Check, question: str, time_zone: str) -> ui.LayoutView:
    """Show a check; while it is open with its button, which also tells after a crash that it was sent."""
    date = format_local_date(check.ends_at, time_zone)
    is_open = check.state is CheckState.OPEN
    give = button(
        GIVE_VIEW if is_open else OVER,
        "view",
        check.claim,
        style=discord.ButtonStyle.primary if is_open else discord.ButtonStyle.secondary,
        disabled=not is_open,
    )
    about = f"{ASK}\n{ABOUT.format(question=_format_question(question))}"
    end = (RULES if is_open else ENDED).format(date=date)
    return card(about, Space.LINE, "\n".join(_number_points(check.points)), Space.LINE, end, Row(give))


def result_card(
    check: Check, result: CheckResult | None, question: str, drawn: Sequence[Picture] = ()
) -> ui.LayoutView:
    """Show the results to everybody: their first page, their pictures, and a button for the other pages."""
    pages = result_pages(result)
    head = f"{RESULTS.format(question=_format_question(question))}\n{format_participants(result)}"
    shown = [pictures((file_name(place), image.alt) for place, image in enumerate(drawn))] if drawn else []
    label = f"{ALL_FIGURES} ({len(pages)} pages)" if len(pages) > 1 else ALL_FIGURES
    return card(head, *shown, *pages[:1], Row(button(label, "check-figures", check.claim)))


def file_name(place: int) -> str:
    """Name a picture among those of a result, counted from 0."""
    return f"check-{place + 1}.png"


def result_pages(result: CheckResult | None) -> list[str]:
    """Write every figure in words, in pages of a message each; [] where there are no figures."""
    if result is None:
        return []
    numbered = enumerate(result.points, 1)
    entries = [f"**{format_numbered(place, point)}**\n{point_in_words(point)}" for place, point in numbered]
    entries += _groups(result)
    return join_pages(entries, LONGEST_PAGE)


def _groups(result: CheckResult) -> Iterator[str]:
    if not result.groups:
        return
    yield f"### By staff group\n{SMALL_GROUPS}"
    numbers = {point.ref: place for place, point in enumerate(result.points, 1)}
    for group in result.groups:
        yield _group(group, numbers)


def _group(group: GroupResult, numbers: dict[str, int]) -> str:
    lines = [f"- {numbers[point.ref]}: {point_in_words(point)}" for point in group.points]
    return "\n".join((f"**{group_in_words(group)}**", *lines))


def _format_question(question: str) -> str:
    return cut_to_units(escape(shorten(clean_line(question), QUESTION)), 2 * QUESTION)


def _number_points(points: Sequence[CheckPoint]) -> Iterator[str]:
    """Write the points as lines that fit into a page together."""
    room = LONGEST_PAGE // max(len(points), 1)
    yield from (cut_to_units(format_numbered(number, point), room) for number, point in enumerate(points, 1))
