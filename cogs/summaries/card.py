"""The cards that show one page of a summary, always within Discord's limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.summaries.lifecycle.record import Record
from bot.summaries.output.counts import count_authors
from cogs.summaries.card_text import CardDetails, write_body, write_foot, write_head, write_staff
from cogs.summaries.pages import split_pages
from cogs.summaries.pictures import PICTURE
from cogs.summaries.supporters import who_says_so
from cogs.summaries.texts import CardLimits
from cogs.ui.cards import Part, Space, card, fit_groups, picture, sections
from cogs.ui.pages import paginate
from cogs.ui.parts import Button, Row, button, pager

ROOMS = (
    *(CardLimits(length) for length in (600, 400, 300, 220, 160, 120, 80, 50, 30)),
    *(CardLimits(30, quotes=1), CardLimits(30, quotes=1, links=False), CardLimits(30, quotes=0, links=False)),
)
"""How much is shown of each part; the first of these at which the page fits is taken."""

PREPARING = "A summary of this thread will be shown here in a moment."
OBJECTION = "That’s not what I meant"
READ_ALL = "Read all"


def summary_card(
    shown: CardDetails,
    number: int,
    pages: Sequence[object],
    *,
    after: tuple[object, ...] = (),
    who: Sequence[object] = (),
) -> ui.LayoutView:
    """Show one page of a summary, counted from 0; a number past either end gives the nearest page.

    The first has what matters most, and a button that leads to the others. ``pages`` is the route of the buttons that
    lead to other pages, which end with the page and ``after``; ``who`` is that of the select "Who says so", which is
    left out without it. Raises ValueError where even the shortest form of the page does not fit, which bounded
    summaries never reach.
    """
    page = paginate(split_pages(shown.summary, shown.comes_back), 1, number)
    is_first, is_last = page.number == 0, page.number == page.count - 1

    def build(room: CardLimits) -> list[list[str]]:
        room = replace(room, addresses=shown.links)
        body = list(write_body(shown, page.items[0], room))
        return [
            list(write_head(shown, is_first)),
            body,
            list(write_staff(shown, is_last)),
            list(write_foot(shown, page.sentence, is_first)),
        ]

    head, *rest = fit_groups(build, ROOMS)
    pictures: list[Part] = [picture(PICTURE, shown.alt)] if shown.alt and is_first else []
    buttons = _buttons(page.number, page.count, pages, after)
    if shown.objection:
        buttons.append(button(OBJECTION, shown.objection))
    rows = [who_says_so(shown.summary, *who)] if who and not is_first else []
    rows += [Row(*buttons)] if buttons else []
    return card(*sections(head), *pictures, Space.LINE, *sections(*rest), *filter(None, rows))


def shared_summary_card(question: str, record: Record, alt: str) -> ui.LayoutView:
    """Show the first screen of a shared summary, with the way to all of it and the button that objects to it."""
    shown = replace(describe_record(question, record), alt=alt, objection="objection")
    return summary_card(shown, 0, ("summary-shared",))


def shared_summary_page(question: str, record: Record, message_id: int, page: int) -> ui.LayoutView:
    """Show one reader a page of a shared summary, which is in the message with this id."""
    pages, who = ("summary-read", message_id), ("summary-read-who", message_id)
    return summary_card(describe_record(question, record), page, pages, who=who)


def describe_record(question: str, record: Record) -> CardDetails:
    """Say what a card of a shared summary says beside what was found."""
    return CardDetails(
        question=question,
        summary=record.summary,
        date=record.date,
        late=record.late,
        note=record.changed,
        span=record.span,
        changes=record.changes,
        outdated=record.outdated,
        wrote=count_authors(record.held),
    )


def preparing_card() -> ui.LayoutView:
    """Show what stands where a summary is about to be shown."""
    return card(PREPARING)


def is_preparing(message: discord.Message) -> bool:
    """Say whether a message is such a card still."""
    return any(PREPARING in str(part.to_dict()) for part in message.components)


def _buttons(number: int, count: int, pages: Sequence[object], after: tuple[object, ...]) -> list[Button]:
    """Lead from the first screen to all of the summary, and there from page to page."""
    if number == 0:
        return [button(READ_ALL, *pages, 1, *after)]
    return pager(number, count, *pages, after=after)
