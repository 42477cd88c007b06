"""The forms of the review, filled with what is stored."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.summaries import KeyPoint
from bot.summaries.output.point_groups import point_heading
from cogs.review.layout import option_text
from cogs.review.point_card import Listed
from cogs.review.review_texts import review_of
from cogs.ui.parts import custom_id, detached

LONGEST_HEADING = 200
LONGEST_NOTE = 500
LONGEST_QUOTE = 1500
LONGEST_OBJECTION = 1500
MOST_OPTIONS = 25

WORDS, WHO, TO = "words", "who", "to"
NEW_POINT, OUT = "new", "out"

Label = ui.Label[ui.Modal]


def reword_form(point: KeyPoint, *route: object) -> ui.Modal:
    """A heading in the facilitator's words."""
    explained = "Shown as facilitator's words, never as a quote. Leave it empty to bring the quoted heading back."
    return _form("Reword the heading", route, _text("Heading", explained, review_of(point).words, LONGEST_HEADING))


def note_form(point: KeyPoint, *route: object) -> ui.Modal:
    """A note beside a point."""
    explained = "Shown under the point, as a facilitator's note. Leave it empty to take it away."
    return _form("Note", route, _text("Note", explained, review_of(point).note, LONGEST_NOTE, long=True))


def quote_form(shown: Sequence[Listed], *route: object) -> ui.Modal:
    """Other words of a supporter's own reply."""
    words = _text("Words to quote", "Exactly as they stand in the reply.", "", LONGEST_QUOTE, long=True, needed=True)
    return _form("Change a quote", route, _people("Whose quote", shown, many=False), words)


def move_form(shown: Sequence[Listed], others: Sequence[tuple[int, KeyPoint]], *route: object) -> ui.Modal:
    """Move supporters to another point, to a new one, or out of all."""
    targets = [
        discord.SelectOption(label="A new point", value=NEW_POINT),
        discord.SelectOption(label="Out of all points", value=OUT),
        *_points(others)[: MOST_OPTIONS - 2],
    ]
    return _form("Move people", route, _people("Who", shown, many=True), _choice("Where to", TO, targets))


def merge_form(others: Sequence[tuple[int, KeyPoint]], *route: object) -> ui.Modal:
    """Make one point of two."""
    return _form("Merge", route, _choice("The point that joins this one", TO, _points(others)[:MOST_OPTIONS]))


def objection_form(*route: object) -> ui.Modal:
    """What somebody meant instead."""
    explained = "Only the facilitators see this. Please leave out details of patients."
    field = _text("What is not right?", explained, "", LONGEST_OBJECTION, long=True, needed=True)
    return _form("This is not what I meant", route, field)


def settle_form(*route: object) -> ui.Modal:
    """What was done about an answer."""
    return _form("Settle", route, _text("What was done?", "For the record.", "", LONGEST_NOTE, long=True, needed=True))


def _form(title: str, route: Sequence[object], *labels: Label) -> ui.Modal:
    form = ui.Modal(title=title, custom_id=custom_id(str(route[0]), *route[1:]))
    for label in labels:
        form.add_item(label)
    return detached(form)


def _text(name: str, explained: str, filled: str, longest: int, *, long: bool = False, needed: bool = False) -> Label:
    style = discord.TextStyle.long if long else discord.TextStyle.short
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=WORDS, style=style, default=filled[:longest] or None, max_length=longest, required=needed
    )
    return Label(text=name, description=explained, component=field)


def _people(name: str, shown: Sequence[Listed], *, many: bool) -> Label:
    options = [discord.SelectOption(label=one.option, value=one.quote.message) for one in shown]
    return _choice(name, WHO, options, most=len(options) if many else 1)


def _points(numbered: Sequence[tuple[int, KeyPoint]]) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=option_text(f"{number}. {point_heading(point)}"), value=point.ref)
        for number, point in numbered
    ]


def _choice(name: str, field: str, options: list[discord.SelectOption], most: int = 1) -> Label:
    chooser: ui.Select[ui.Modal] = ui.Select(custom_id=field, options=options, max_values=most, required=True)
    return Label(text=name, component=chooser)
