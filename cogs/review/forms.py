"""The forms of the review, filled with what is stored."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.summaries import KeyPoint
from bot.summaries.output.point_groups import point_heading
from bot.summaries.review.supporters import review_of
from cogs.review.point_card import NumberedQuote
from cogs.summaries.card import OBJECTION
from cogs.ui.forms import Field, checkbox_field, form, select_field, text_field
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.parts import option

LONGEST_HEADING = 200
LONGEST_NOTE = 500
LONGEST_QUOTE = 1500
LONGEST_OBJECTION = 1500

WORDS, WHO, TO, KEEP = "words", "who", "to", "keep"
NEW_POINT, OUT = "new", "out"


def reword_form(point: KeyPoint, *route: object) -> ui.Modal:
    """Ask for a heading in the facilitator's words."""
    hint = "Shown as facilitator’s words, never as a quote. Leave it empty to get the quoted heading back."
    value = review_of(point).words[:LONGEST_HEADING]
    words = text_field("Heading", WORDS, value=value, hint=hint, required=False, longest=LONGEST_HEADING)
    return form("Reword the heading", *route, fields=[words])


def note_form(point: KeyPoint, *route: object) -> ui.Modal:
    """Ask for a note beside a point."""
    hint = "Shown under the point as a facilitator’s note. Leave it empty to remove it."
    value = review_of(point).note[:LONGEST_NOTE]
    words = text_field("Note", WORDS, value=value, hint=hint, long=True, required=False, longest=LONGEST_NOTE)
    return form("Note", *route, fields=[words])


def quote_form(shown: Sequence[NumberedQuote], *route: object) -> ui.Modal:
    """Ask for other words of a supporter's own reply."""
    hint = "Exactly as they are in the reply."
    words = text_field("Words to quote", WORDS, hint=hint, long=True, longest=LONGEST_QUOTE)
    return form("Change a quote", *route, fields=[_people("Whose quote", shown, most=1), words])


def move_form(shown: Sequence[NumberedQuote], others: Sequence[tuple[int, KeyPoint]], *route: object) -> ui.Modal:
    """Ask which supporters to move to another point, to a new one, or out of all."""
    ways = [option("A new point", NEW_POINT), option("Out of all points", OUT)]
    targets = [*ways, *_points(others)[: MOST_OPTIONS - len(ways)]]
    fields = [_people("Who", shown, most=len(shown)), select_field("Where to", TO, targets)]
    keep = checkbox_field("Keep them on this point too", KEEP, hint="For a reply that says two things.")
    return form("Move people", *route, fields=[*fields, keep])


def merge_form(others: Sequence[tuple[int, KeyPoint]], *route: object) -> ui.Modal:
    """Ask which points to make one with."""
    options = _points(others)[:MOST_OPTIONS]
    points = select_field("The points that join this one", TO, options, most=len(options))
    return form("Merge", *route, fields=[points])


def add_form(unplaced: Sequence[tuple[str, str]], *route: object) -> ui.Modal:
    """Ask which replies to put on a point: pairs of an id and the words that stand for it."""
    options = [option(words, message) for message, words in unplaced[:MOST_OPTIONS]]
    replies = select_field("Replies that say this", WHO, options, most=len(options))
    return form("Add replies", *route, fields=[replies])


def objection_form(*route: object) -> ui.Modal:
    """Ask what somebody meant instead."""
    hint = "Only facilitators see this. No patient details, please."
    words = text_field("What isn’t right?", WORDS, hint=hint, long=True, longest=LONGEST_OBJECTION)
    return form(OBJECTION, *route, fields=[words])


def settle_form(*route: object) -> ui.Modal:
    """Ask what was done about an answer."""
    words = text_field("What was done?", WORDS, hint="For the record.", long=True, longest=LONGEST_NOTE)
    return form("Settle", *route, fields=[words])


def _people(label: str, shown: Sequence[NumberedQuote], *, most: int) -> Field:
    options = [option(listed.label, listed.quote.message) for listed in shown]
    return select_field(label, WHO, options, most=most)


def _points(numbered: Sequence[tuple[int, KeyPoint]]) -> list[discord.SelectOption]:
    return [option(f"{number}. {point_heading(point)}", point.ref) for number, point in numbered]
