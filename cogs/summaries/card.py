"""The card that shows one page of a summary, always within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import discord
from discord import ui

from bot.models.summaries import Disagreement, Quote, Summary
from bot.summaries.disclosure.staff_groups import format_table
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import ONE_PERSON
from bot.summaries.review.publication import format_checking
from bot.text.words import plural
from cogs.summaries.pages import NumberedPoint, NumberedVoice, Page, UnlistedVoices, split_pages
from cogs.summaries.pictures import PICTURE
from cogs.summaries.supporters import who_says_so
from cogs.summaries.texts import (
    CardLimits,
    format_balance,
    format_coverage,
    format_disagreement,
    format_method,
    format_point,
    format_questions,
    format_statement,
    plain,
)
from cogs.ui.cards import Part, Space, card, fit_groups, picture, sections
from cogs.ui.pages import Page as ListPage
from cogs.ui.pages import paginate
from cogs.ui.parts import Row, button, pager

ROOMS = (
    *(CardLimits(length) for length in (600, 400, 300, 220, 160, 120, 80, 50, 30)),
    *(CardLimits(30, quotes=1), CardLimits(30, quotes=1, links=False), CardLimits(30, quotes=0, links=False)),
)
"""How much is shown of each part; the first of these at which the page fits is taken."""
LONGEST_QUESTION = 300

PREPARING = "A summary of this thread will be shown here in a moment."
OBJECTION = "This is not what I meant"
NO_REPLIES = "Every reply was taken back, so there is nothing left to show."
NO_POINTS = "No key points were found: the replies are too short, or too few say something of their own."
TITLE = "## Summary of replies"
CAME_LATE = "{replies} came after the prompt closed."
MORE_VOICES = "- and {count:,} more in the file of /summary export"


@dataclass(frozen=True, slots=True)
class CardDetails:
    """What a card says beside what was found. ``question`` is the prompt's; ``date`` says when it was made.

    ``links`` holds addresses of messages by the quotes' message ids; it is empty where others see the card. ``late``
    counts the replies that came after closing. ``note`` is a line of our own at the top. ``span`` tells the dates of
    the first and the last reply, ``changes`` how many changes a person made, ``outdated`` what changed since.
    ``courses`` says of points, by their statement, how they went over several prompts. ``alt`` is the picture's
    alternative text; without it the card has no picture, else the message has it as the attachment PICTURE.
    ``objection`` is the route of the button "This is not what I meant", which is left out without it.
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


def summary_card(
    shown: CardDetails,
    number: int,
    pages: Sequence[object],
    *,
    after: tuple[object, ...] = (),
    who: Sequence[object] = (),
) -> ui.LayoutView:
    """Show one page of a summary, counted from 0; a number past either end gives the nearest page.

    ``pages`` is the route of the buttons that lead to other pages, which end with the page and ``after``; ``who`` is
    that of the select "Who says so", which is left out without it. Raises ValueError where even the shortest form of
    the page does not fit, which bounded summaries never reach.
    """
    page = paginate(split_pages(shown.summary), 1, number)

    def build(room: CardLimits) -> list[list[str]]:
        room, is_last = replace(room, addresses=shown.links), page.number == page.count - 1
        body = list(_body(shown, page.items[0], room))
        return [list(_head(shown, page.number)), body, [*_staff(shown, is_last), _foot(shown, page)]]

    head, *rest = fit_groups(build, ROOMS)
    pictures: list[Part] = [picture(PICTURE, shown.alt)] if shown.alt and page.number == 0 else []
    buttons = pager(page.number, page.count, *pages, after=after)
    if shown.objection:
        buttons.append(button(OBJECTION, shown.objection))
    rows = [who_says_so(shown.summary, *who)] if who else []
    rows += [Row(*buttons)] if buttons else []
    return card(*sections(head), *pictures, Space.LINE, *sections(*rest), *filter(None, rows))


def shared_summary_card(question: str, record: Record, page: int, alt: str) -> ui.LayoutView:
    """Show one page of a shared summary, with the button that lets staff object to it."""
    shown = CardDetails(
        question=question,
        summary=record.summary,
        date=record.date,
        late=record.late,
        note=record.changed,
        span=record.span,
        changes=record.changes,
        outdated=record.outdated,
        alt=alt,
        objection="objection",
    )
    return summary_card(shown, page, ("summary-shared",), who=("summary-shared-who",))


def preparing_card() -> ui.LayoutView:
    """Show what stands where a summary is about to be shown."""
    return card(PREPARING)


def is_preparing(message: discord.Message) -> bool:
    """Say whether a message is such a card still."""
    return any(PREPARING in str(part.to_dict()) for part in message.components)


def _head(shown: CardDetails, number: int) -> Iterator[str]:
    if lines := [line for line in (shown.note, shown.outdated) if line]:
        yield "\n".join(lines)
    yield f"{TITLE}\n{plain(shown.question, LONGEST_QUESTION)}"
    if number == 0:
        yield "\n".join(_about(shown))


def _about(shown: CardDetails) -> Iterator[str]:
    """Say what was read, when, and how."""
    yield " ".join([*format_coverage(shown.summary.coverage), f"Made on {shown.date}."])
    if shown.span:
        yield shown.span
    if shown.late:
        yield CAME_LATE.format(replies=plural(shown.late, "reply", "replies"))
    if shown.summary.balance is not None:
        yield format_balance(shown.summary.balance)
    if method := format_method(shown.summary):
        yield method


def _staff(shown: CardDetails, is_last: bool) -> Iterator[str]:
    if is_last and shown.summary.staff is not None:
        yield format_table(shown.summary.staff)


def _foot(shown: CardDetails, page: ListPage[Page]) -> str:
    checking = format_checking(shown.summary, shown.changes)
    return f"{page.sentence} {checking}" if page.count > 1 else checking


def _body(shown: CardDetails, page: Page, room: CardLimits) -> Iterator[str]:
    """Write the page's texts: each point with its group's title above the first, then the lists."""
    if not shown.summary.points:
        yield NO_POINTS if shown.summary.coverage.held else NO_REPLIES
    title = ""
    for numbered in (item for item in page if isinstance(item, NumberedPoint)):
        group, title = (f"**{numbered.title}**\n" if numbered.title != title else ""), numbered.title
        course = shown.courses.get(numbered.point.statement, "")
        yield group + format_point(numbered.number, numbered.point, room, course)
    for item in page:
        if isinstance(item, Disagreement):
            yield format_disagreement(item, room)
    if voices := list(_voices(page, room)):
        yield "\n".join([f"### {ONE_PERSON}", *voices])
    if questions := [item for item in page if isinstance(item, Quote)]:
        yield format_questions(questions, room)


def _voices(page: Page, room: CardLimits) -> Iterator[str]:
    for item in page:
        if isinstance(item, NumberedVoice):
            link = room.link(item.point.quotes[0]) if item.point.quotes else ""
            yield f"- {format_statement(item.point, room.length)}{link}"
        elif isinstance(item, UnlistedVoices):
            yield MORE_VOICES.format(count=item.count)
