"""The card of a board paper: what is filled in, what is missing, and a button for each form."""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord import ui

from bot.board.fields import FIELDS, TO_COMPLETE, FormPart, format_field, missing_fields
from bot.models.board import PaperFields
from bot.models.prompts import Series
from bot.text.markdown import escape
from bot.text.words import human_join, plural
from cogs.ui.cards import card, crop, escape_within, fit
from cogs.ui.parts import Row, button, button_rows

TITLE = "## Board paper: {title}"
FILLED, MISSING = "### Filled in", "### Still missing"
ALL_FILLED = "Everything on the front sheet is filled in."
LEFT_OPEN = "{names}.\n-# Until then, the front sheet says “{words}”."
THEMES, NO_THEMES = "**Themes**: {themes}.", "**Themes**: none yet, so points are listed by question."
SPLIT = "**Where opinion is split**, in your words: {count}."
READY = "You can make the paper now: press “Make the paper”."
NO_ASK = "Say what you’re asking the board for. Then you can make the paper."
ANOTHER_ROLE, NAME_THEME, WHAT_DIVIDES, MAKE = "Another role", "Themes", "Where opinion is split", "Make the paper"
OLD_SUMMARY = (
    "The front sheet’s summary is older than the newest checked summary. Press “Summary and ask”, read it again and "
    "send it."
)
LONGEST_TASKS = 1_500
ROOMS = (120, 80, 50, 30, 15)
"""The most characters of a field, from the most room to the least."""


def paper_card(series: Series, fields: PaperFields, tasks: str, *, is_old: bool = False) -> ui.LayoutView:
    """Show the card. ``tasks`` says what must be done before a paper can be made; empty where nothing is left.

    ``is_old`` is whether something was published since the front sheet's summary was written.
    """
    note = OLD_SUMMARY if is_old else ""
    texts = fit(lambda room: [text for text in _texts(series, fields, tasks, room, note) if text], ROOMS)
    ready = not tasks and bool(fields.recommendation)
    forms = [button(part.label, "board-open", series.id, part.value) for part in FormPart]
    others = [
        button(ANOTHER_ROLE, "board-role", series.id, 0),
        button(NAME_THEME, "board-theme", series.id),
        button(WHAT_DIVIDES, "board-split", series.id),
    ]
    make = button(MAKE, "board-make", series.id, style=discord.ButtonStyle.primary, disabled=not ready)
    return card(*texts, *button_rows(forms), Row(*others), Row(make))


def _texts(series: Series, fields: PaperFields, tasks: str, room: int, note: str) -> Iterator[str]:
    yield TITLE.format(title=escape_within(" ".join(series.title.split()), 150))
    filled = [each for each in FIELDS if format_field(fields, each.name)]
    if filled:
        lines = (_line(each.label, format_field(fields, each.name), room) for each in filled)
        yield "\n".join((FILLED, *lines))
    missing = [each.label for each in missing_fields(fields)]
    yield f"{MISSING}\n{LEFT_OPEN.format(names=human_join(missing), words=TO_COMPLETE)}" if missing else ALL_FILLED
    yield "\n".join(_parts(fields, room))
    yield note
    yield from crop([tasks], LONGEST_TASKS) if tasks else [READY if fields.recommendation else NO_ASK]


def _line(label: str, text: str, room: int) -> str:
    return f"- **{label}**: {escape_within(' '.join(text.split()), room)}"


def _parts(fields: PaperFields, room: int) -> Iterator[str]:
    named = [f"{escape_within(theme.name, room)} ({plural(len(theme.points), 'point')})" for theme in fields.themes]
    yield THEMES.format(themes=human_join(named)) if named else NO_THEMES
    if fields.disputes:
        yield SPLIT.format(count=plural(len(fields.disputes), "question"))


def role_answer(series_id: int, text: str, label: str) -> ui.LayoutView:
    """Say that a role reads like a person's name, with a button to say that it is one all the same."""
    return card(escape(text), Row(button(label, "board-role", series_id, 1)), framed=False)
