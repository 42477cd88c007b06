"""The headings that a board does not see as staff do: listed before publishing, each with a card of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.models.reviews import Draft
from bot.summaries.output.plain_text import NOT_QUOTED
from bot.summaries.review.publication import ChangedHeading
from bot.text.words import plural
from cogs.review.more_card import REWORD
from cogs.review.texts import LENGTHS
from cogs.summaries.texts import mark_words
from cogs.ui.cards import Part, card, fit, space_texts
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.parts import Row, button, option, select

CHANGED_HEADINGS = (
    "**{headings} different outside this server**, in board papers and files: the people who wrote them haven’t agreed "
    "to be quoted there. You can change any of them first."
)
STANDS_IN, NONE_STANDS_IN = "another person’s words, checked", "no heading, so board papers leave the point out"
NO_HEADING = "(no heading)"
CHOOSE = "Choose a heading to change"
TITLE = "## The heading of point {number}"
NOW, OUTSIDE = "Staff will see: {heading}", "The board will see: {heading}"
WHY = "The person who wrote it hasn’t agreed to be quoted outside this server."
SAME_FOR_ALL = "What you choose here, staff and the board will both see."
OTHERS = "Use another person’s sentence"
USE, LEAVE_OUT, BACK = "Use the board’s heading", "Leave the point out", "Back to publishing"
MOST_LISTED = 12


def list_headings(draft: Draft, changed: Sequence[ChangedHeading], length: int) -> Iterator[str]:
    """Write each heading as staff and as a board would see it."""
    if not changed:
        return
    yield CHANGED_HEADINGS.format(headings=plural(len(changed), "heading will be", "headings will be"))
    for heading in changed[:MOST_LISTED]:
        yield f"{number_of(draft, heading)}\\. {_inside(heading, length)}\n→ {_outside(heading, length)}"
    if len(changed) > MOST_LISTED:
        yield f"and {len(changed) - MOST_LISTED:,} more, which the list below has"


def choose_heading(draft: Draft, changed: Sequence[ChangedHeading]) -> Row:
    """Make the select that opens the card of a heading."""
    options = [
        option(f"{number_of(draft, heading)}. {_shown(heading)}", heading.point.ref)
        for heading in changed[:MOST_OPTIONS]
    ]
    return select(CHOOSE, options, "review-heading", draft.id)


def heading_card(draft: Draft, heading: ChangedHeading) -> ui.LayoutView:
    """Show one heading, what is in its place outside, and what can be done about it."""
    where = (draft.id, heading.point.ref)

    def build(length: int) -> list[str]:
        now, outside = NOW.format(heading=_inside(heading, length)), OUTSIDE.format(heading=_outside(heading, length))
        return [f"{TITLE.format(number=number_of(draft, heading))}\n{now}", f"{outside}\n{WHY}", SAME_FOR_ALL]

    offered = next((message for message, words in heading.choices if words == heading.outside), "")
    others = [option(words, message) for message, words in heading.choices if message != offered][:MOST_OPTIONS]
    rows: list[Part] = [select(OTHERS, others, "review-heading-use", *where)] if others else []
    primary = discord.ButtonStyle.primary
    ways = [
        *([button(USE, "review-heading-use", *where, offered, style=primary)] if offered else []),
        button(REWORD, "review-heading-words", *where),
        button(LEAVE_OUT, "review-drop", *where, 0),
        button(BACK, "review-publish", draft.id),
    ]
    return card(*space_texts(fit(build, LENGTHS)), *rows, Row(*ways))


def number_of(draft: Draft, heading: ChangedHeading) -> int:
    """Return the number of the heading's point in the draft, from 1."""
    return 1 + [point.ref for point in draft.summary.points].index(heading.point.ref)


def _shown(heading: ChangedHeading) -> str:
    return NO_HEADING if heading.point.statement == NOT_QUOTED else heading.point.statement


def _inside(heading: ChangedHeading, length: int) -> str:
    return NO_HEADING if heading.point.statement == NOT_QUOTED else mark_words(heading.point.statement, length)


def _outside(heading: ChangedHeading, length: int) -> str:
    return f"{mark_words(heading.outside, length)} ({STANDS_IN})" if heading.outside else NONE_STANDS_IN
