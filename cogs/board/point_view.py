"""What a reference of a board paper leads to: the point, its counts, and links to the messages behind it."""

from __future__ import annotations

from collections.abc import Iterator

from discord import ui

from bot.board.references import point_of
from bot.client import Bot
from bot.models.outcomes import PointRef
from bot.models.prompts import Prompt
from bot.models.summaries import KeyPoint
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.plain_text import counted
from bot.summaries.output.point_groups import confirmed_people, confirmed_private
from cogs.summaries.findings import links_of
from cogs.summaries.frame import card
from cogs.summaries.texts import heading

MOST_LINKS = 20
LONGEST_HEADING = 300


async def shown_point(bot: Bot, ref: PointRef, prompt: Prompt, record: Record) -> ui.LayoutView:
    """The card of a point."""
    point = point_of(record.summary, ref)
    links = links_of([prompt], await bot.store.replies.of_prompt(prompt.id))
    found = [links[name] for name in _confirmed(point) if name in links]
    return card(
        [[f"## {ref}\n{heading(point, LONGEST_HEADING)}"], ["\n".join(_lines(point, record))], [_linked(found)]], []
    )


def _lines(point: KeyPoint, record: Record) -> Iterator[str]:
    yield f"Found: {counted(point.people, point.private)}."
    yield f"Confirmed by a person: {counted(confirmed_people(point), confirmed_private(point))}."
    if record.date:
        yield f"From the summary of {record.date}."
    if record.summary.frozen:
        yield "Its replies were erased when their time was over, so it is no longer checkable."


def _confirmed(point: KeyPoint) -> Iterator[str]:
    """The messages of the thread that may be shown: those of confirmed people."""
    confirmed = frozenset(point.review.confirmed) if point.review is not None else frozenset()
    return (quote.message for quote in point.quotes if quote.message in confirmed and not quote.private)


def _linked(links: list[str]) -> str:
    if not links:
        return "None of its messages can be opened any more."
    more = f"\nAnd {len(links) - MOST_LINKS} more." if len(links) > MOST_LINKS else ""
    told = " ".join(f"[{number}]({link})" for number, link in enumerate(links[:MOST_LINKS], 1))
    return f"The messages of confirmed people: {told}{more}"
