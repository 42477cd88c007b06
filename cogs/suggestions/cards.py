"""What people see of suggestions: the forms, and the card in the facilitators' channel.

The card holds the words while the suggestion waits, and no words afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.models.library import Passage
from bot.models.suggestions import Suggestion, SuggestionState
from bot.services.suggestions import LONGEST
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import shorten
from cogs.library.forms import passage_form
from cogs.ui.cards import card, text_card
from cogs.ui.forms import Field, form, text_field
from cogs.ui.parts import Row, button

HEAD = "## Suggestion {number}"
APPROVED = "Approved. It’s in the library."
APPROVE, DECLINE = "Approve", "Decline"
DECLINED = "Declined. Its author sees the reason in /my."
NO_NAME = "You don’t see who suggested this. They see your answer in /my."
LONGEST_REASON = 300
PROMISE = (
    "Fill in a passage, or a question, or both. Facilitators see your words without your name. No patient details, "
    "please."
)


def suggestion_card(suggestion: Suggestion) -> ui.LayoutView:
    """Show a suggestion as it is now."""
    head = HEAD.format(number=suggestion.id)
    if suggestion.state is not SuggestionState.WAITING:
        answer = APPROVED if suggestion.state is SuggestionState.APPROVED else DECLINED
        return text_card(f"{head}\n{answer}")
    approve = button(APPROVE, "suggestion-approve", suggestion.name, style=discord.ButtonStyle.primary)
    decline = button(DECLINE, "suggestion-decline", suggestion.name)
    return card("\n".join((head, *_parts(suggestion), NO_NAME)), Row(approve, decline), framed=False)


def format_answer(suggestion: Suggestion) -> str:
    """Tell the author of the answer, by direct message."""
    if suggestion.state is SuggestionState.APPROVED:
        return "Facilitators approved your suggestion. It’s in their library now. Thank you."
    return f"Facilitators declined your suggestion. They say: “{escape(suggestion.answer)}”"


def suggestion_form() -> ui.Modal:
    """Make the form of /suggest."""
    hint = "Word for word, from a report or paper."
    fields = [
        _text("passage", "A passage to talk about", hint, long=True),
        _text("source", "Where is it from?", "Such as: the title and the page."),
        _text("question", "A question for your colleagues", "One open question.", long=True),
    ]
    return form("Suggest", "suggest-form", fields=fields, intro=PROMISE)


def approve_form(suggestion: Suggestion) -> ui.Modal:
    """Make the form in which a facilitator approves: filled with the suggestion, which can be changed there."""
    if suggestion.passage:
        passage = Passage(suggestion.passage, place=suggestion.source, question=suggestion.question)
        return passage_form("Approve: make an excerpt", passage, "suggestion-excerpt", suggestion.name)
    question = _text("question", "Question", "", suggestion.question, long=True, required=True)
    excerpt = _text("source", "To which excerpt?", "Words that only this excerpt has.", required=True)
    return form("Approve: add the question", "suggestion-question", suggestion.name, fields=[question, excerpt])


def decline_form(suggestion: Suggestion) -> ui.Modal:
    """Make the form in which a facilitator says why not."""
    hint = "The author sees your words."
    reason = text_field("Why not?", "reason", hint=hint, long=True, longest=LONGEST_REASON)
    return form("Decline", "suggestion-declined", suggestion.name, fields=[reason])


def read_parts(values: Mapping[str, Any]) -> dict[str, str]:
    """Read what the form of /suggest says, by the names of LONGEST."""
    parts = {name: str(values.get(name) or "").strip() for name in LONGEST}
    return parts | {name: clean_line(parts[name]) for name in ("source", "question")}


def _parts(suggestion: Suggestion) -> list[str]:
    parts = []
    if suggestion.passage:
        quoted = "\n".join(f"> {line}" for line in escape(suggestion.passage).splitlines())
        parts += [f"Passage:\n{quoted}"]
    if suggestion.source:
        parts += [f"Where it’s from: {escape(suggestion.source)}"]
    if suggestion.question:
        parts += [f"Question: {escape(suggestion.question)}"]
    return parts


def _text(name: str, label: str, hint: str, words: str = "", *, long: bool = False, required: bool = False) -> Field:
    value = shorten(words, LONGEST[name])
    return text_field(label, name, value=value, hint=hint, long=long, required=required, longest=LONGEST[name])
