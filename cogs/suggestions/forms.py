"""The forms of suggestions, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.models.library import Passage
from bot.models.suggestions import Suggestion
from bot.prompts.texts import LIMITS, one_line
from bot.text.escape import shorten
from cogs.library.forms import passage_form
from cogs.ui.parts import custom_id, detached

LONGEST = {"passage": 1_000, "source": LIMITS["place"][1], "question": LIMITS["question"][1]}
"""Characters; escaped, they may become twice as many, and a card has to hold them."""
LONGEST_REASON = 300
PROMISE = (
    "Fill in a passage, or a question, or both. Facilitators see your words without your name. Please leave out "
    "details of patients."
)
Field = ui.Label[ui.Modal]


def suggestion_form() -> ui.Modal:
    """The form of /suggest."""
    form = ui.Modal(title="Suggest", custom_id=custom_id("suggest-form"))
    form.add_item(ui.TextDisplay(PROMISE))
    form.add_item(_text("passage", "A passage to talk about", "In its own words, from a report or a paper.", long=True))
    form.add_item(_text("source", "Where is it from?", "Such as: the title and the page."))
    form.add_item(_text("question", "A question for your colleagues", "One open question.", long=True))
    return detached(form)


def approve_form(suggestion: Suggestion) -> ui.Modal:
    """The form in which a facilitator approves: filled with the suggestion, which can be changed there."""
    if suggestion.passage:
        passage = Passage(suggestion.passage, place=suggestion.source, question=suggestion.question)
        return passage_form("Approve: make an excerpt", passage, "suggestion-excerpt", suggestion.name)
    form = ui.Modal(title="Approve: add the question", custom_id=custom_id("suggestion-question", suggestion.name))
    form.add_item(_text("question", "Question", "", suggestion.question, long=True, needed=True))
    form.add_item(_text("source", "To which excerpt?", "Words that stand in this excerpt alone.", needed=True))
    return detached(form)


def decline_form(suggestion: Suggestion) -> ui.Modal:
    """The form in which a facilitator says why not."""
    form = ui.Modal(title="Decline", custom_id=custom_id("suggestion-declined", suggestion.name))
    reason: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="reason", style=discord.TextStyle.long, max_length=LONGEST_REASON
    )
    form.add_item(Field(text="Why not?", description="The author sees your words.", component=reason))
    return detached(form)


def read_parts(values: Mapping[str, Any]) -> dict[str, str]:
    """What the form of /suggest says, by the names of LONGEST."""
    parts = {name: str(values.get(name) or "").strip() for name in LONGEST}
    return parts | {name: one_line(parts[name]) for name in ("source", "question")}


def _text(
    name: str, label: str, description: str, filled: str = "", *, long: bool = False, needed: bool = False
) -> Field:
    style = discord.TextStyle.long if long else discord.TextStyle.short
    component: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=name,
        style=style,
        default=shorten(filled, LONGEST[name]) or None,
        max_length=LONGEST[name],
        required=needed,
    )
    return Field(text=label, description=description or None, component=component)
