"""The forms of the review, filled with what is stored."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.summaries import KeyPoint
from bot.summaries.output.point_groups import point_heading
from cogs.review.point_card import NumberedQuote
from cogs.review.texts import review_of
from cogs.ui.forms import Field, form, select_field, text_field
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.parts import option

LONGEST_HEADING = 200
LONGEST_NOTE = 500
LONGEST_QUOTE = 1500
LONGEST_OBJECTION = 1500

WORDS, WHO, TO = "words", "who", "to"
NEW_POINT, OUT = "new", "out"


def reword_form(point: KeyPoint, *route: object) -> ui.Modal:
    """Ask for a heading in the facilitator's words."""
    hint = "Shown as facilitator's words, never as a quote. Leave it empty to bring the quoted heading back."
    value = review_of(point).words[:LONGEST_HEADING]
    words = text_field("Heading", WORDS, value=value, hint=hint, required=False, longest=LONGEST_HEADING)
    return form("Reword the heading", *route, fields=[words])


def note_form(point: KeyPoint, *route: object) -> ui.Modal:
    """Ask for a note beside a point."""
    hint = "Shown under the point, as a facilitator's note. Leave it empty to take it away."
    value = review_of(point).note[:LONGEST_NOTE]
    words = text_field("Note", WORDS, value=value, hint=hint, long=True, required=False, longest=LONGEST_NOTE)
    return form("Note", *route, fields=[words])


def quote_form(shown: Sequence[NumberedQuote], *route: object) -> ui.Modal:
    """Ask for other words of a supporter's own reply."""
    hint = "Exactly as they stand in the reply."
    words = text_field("Words to quote", WORDS, hint=hint, long=True, longest=LONGEST_QUOTE)
    return form("Change a quote", *route, fields=[_people("Whose quote", shown, most=1), words])


def move_form(shown: Sequence[NumberedQuote], others: Sequence[tuple[int, KeyPoint]], *route: object) -> ui.Modal:
    """Ask which supporters to move to another point, to a new one, or out of all."""
    ways = [option("A new point", NEW_POINT), option("Out of all points", OUT)]
    targets = [*ways, *_points(others)[: MOST_OPTIONS - len(ways)]]
    fields = [_people("Who", shown, most=len(shown)), select_field("Where to", TO, targets)]
    return form("Move people", *route, fields=fields)


def merge_form(others: Sequence[tuple[int, KeyPoint]], *route: object) -> ui.Modal:
    """Ask which point to make one with."""
    point = select_field("The point that joins this one", TO, _points(others)[:MOST_OPTIONS])
    return form("Merge", *route, fields=[point])


def objection_form(*route: object) -> ui.Modal:
    """Ask what somebody meant instead."""
    hint = "Only the facilitators see this. Please leave out details of patients."
    words = text_field("What is not right?", WORDS, hint=hint, long=True, longest=LONGEST_OBJECTION)
    return form("This is not what I meant", *route, fields=[words])


def settle_form(*route: object) -> ui.Modal:
    """Ask what was done about an answer."""
    words = text_field("What was done?", WORDS, hint="For the record.", long=True, longest=LONGEST_NOTE)
    return form("Settle", *route, fields=[words])


def _people(label: str, shown: Sequence[NumberedQuote], *, most: int) -> Field:
    options = [option(listed.label, listed.quote.message) for listed in shown]
    return select_field(label, WHO, options, most=most)


def _points(numbered: Sequence[tuple[int, KeyPoint]]) -> list[discord.SelectOption]:
    return [option(f"{number}. {point_heading(point)}", point.ref) for number, point in numbered]
