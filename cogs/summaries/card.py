"""The card that shows one page of a summary, always within Discord's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import discord
from discord import ui

from bot.models.summaries import Disagreement, Quote, Summary
from bot.summaries.disclosure.staff_groups import in_words
from bot.summaries.output.point_groups import ONE_PERSON
from bot.summaries.review.publication import checking_line
from bot.text.words import plural
from cogs.summaries.frame import card, page_buttons
from cogs.summaries.pages import More, Page, Point, Voice, pages
from cogs.summaries.supporters import who_says_so
from cogs.summaries.texts import (
    Room,
    heading,
    plain,
    told_balance,
    told_coverage,
    told_disagreement,
    told_method,
    told_point,
    told_questions,
)
from cogs.ui.limits import MOST_CHARACTERS, units

ROOMS = (
    *(Room(length) for length in (600, 400, 300, 220, 160, 120, 80, 50, 30)),
    *(Room(30, quotes=1), Room(30, quotes=1, links=False), Room(30, quotes=0, links=False)),
)
"""How much is shown of each part; the first of these at which the page fits is taken."""
LONGEST_QUESTION = 300

PREPARING = "A summary of this thread will be shown here in a moment."
OBJECTION = "This is not what I meant"
NO_REPLIES = "Every reply was taken back, so there is nothing left to show."
NO_POINTS = "No key points were found: the replies are too short, or too few say something of their own."


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card says beside what was found. ``question`` is the prompt's; ``date`` says when it was made.

    ``links`` holds addresses of messages by the quotes' message ids; it is empty where others see the card. ``late``
    counts the replies that came after closing. ``note`` is a line of our own at the top. ``span`` tells the dates of
    the first and the last reply, ``changes`` how many changes a person made, ``outdated`` what changed since.
    ``courses`` says of points, by their statement, how they went over several prompts. ``alt`` is the picture's
    alternative text; without it the card has no picture, else the message bears it as the attachment frame.PICTURE.
    ``objection`` is the custom_id of the button "This is not what I meant", which is left out without it.
    """

    question: str
    summary: Summary
    date: str
    late: int = 0
    links: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    span: str = ""
    changes: int = 0
    outdated: str = ""
    courses: Mapping[str, str] = field(default_factory=dict)
    alt: str = ""
    objection: str = ""


def summary_card(shown: Shown, number: int, target: Callable[[int], str], who: str = "") -> ui.LayoutView:
    """One page of a summary, counted from 0; a number past either end gives the nearest page.

    ``target`` gives the custom_id of the button that leads to a page, and ``who`` is that of the select "Who says so",
    which is left out without it. Raises ValueError where even the shortest form of the page does not fit, which
    bounded summaries never reach.
    """
    found = pages(shown.summary)
    number = min(max(number, 0), len(found) - 1)
    for room in ROOMS:
        room = replace(room, addresses=shown.links)
        parts = [
            list(_head(shown, number)),
            list(_body(shown, found[number], room)),
            [*_staff(shown, number == len(found) - 1), _foot(shown, number, len(found))],
        ]
        if sum(units(text) for part in parts for text in part) <= MOST_CHARACTERS:
            break
    rows: list[ui.ActionRow[ui.LayoutView]] = []
    if who and (select := who_says_so(shown.summary, who)) is not None:
        rows.append(ui.ActionRow(select))
    if buttons := [*page_buttons(number, len(found), target), *_objection(shown.objection)]:
        rows.append(ui.ActionRow(*buttons))
    return card(parts, rows, shown.alt if number == 0 else "")


def preparing_card() -> ui.LayoutView:
    """What stands where a summary is about to be shown."""
    return card([[PREPARING]])


def is_preparing(message: discord.Message) -> bool:
    """Whether a message is such a card still."""
    return any(PREPARING in str(part.to_dict()) for part in message.components)


def _objection(route: str) -> list[ui.Button[ui.LayoutView]]:
    return [ui.Button(label=OBJECTION, custom_id=route)] if route else []


def _head(shown: Shown, number: int) -> Iterator[str]:
    if lines := [line for line in (shown.note, shown.outdated) if line]:
        yield "\n".join(lines)
    yield f"## Summary of replies\n{plain(shown.question, LONGEST_QUESTION)}"
    if number == 0:
        yield "\n".join(_about(shown))


def _about(shown: Shown) -> Iterator[str]:
    """What was read, when, and how."""
    yield " ".join([*told_coverage(shown.summary.coverage), f"Made on {shown.date}."])
    if shown.span:
        yield shown.span
    if shown.late:
        yield f"{plural(shown.late, 'reply', 'replies')} came after the prompt closed."
    if shown.summary.balance is not None:
        yield told_balance(shown.summary.balance)
    if method := told_method(shown.summary):
        yield method


def _staff(shown: Shown, is_last: bool) -> Iterator[str]:
    if is_last and shown.summary.staff is not None:
        yield in_words(shown.summary.staff)


def _foot(shown: Shown, number: int, count: int) -> str:
    checking = checking_line(shown.summary, shown.changes)
    return f"Page {number + 1} of {count}. {checking}" if count > 1 else checking


def _body(shown: Shown, page: Page, room: Room) -> Iterator[str]:
    """The page's texts: each point with its group's title above the first, then the lists."""
    if not shown.summary.points:
        yield NO_POINTS if shown.summary.coverage.held else NO_REPLIES
    title = ""
    for one in (item for item in page if isinstance(item, Point)):
        group, title = (f"**{one.title}**\n" if one.title != title else ""), one.title
        yield group + told_point(one.number, one.point, room, shown.courses.get(one.point.statement, ""))
    for item in page:
        if isinstance(item, Disagreement):
            yield told_disagreement(item, room)
    if voices := list(_voices(page, room)):
        yield "\n".join([f"### {ONE_PERSON}", *voices])
    if asked := [item for item in page if isinstance(item, Quote)]:
        yield told_questions(asked, room)


def _voices(page: Page, room: Room) -> Iterator[str]:
    for item in page:
        if isinstance(item, Voice):
            link = room.link(item.point.quotes[0]) if item.point.quotes else ""
            yield f"- {heading(item.point, room.length)}{link}"
        elif isinstance(item, More):
            yield f"- and {item.count:,} more in the file of /summary export"
