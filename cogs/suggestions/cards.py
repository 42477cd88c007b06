"""The card of a suggestion in the facilitators' channel: the words while it waits, and no words afterwards."""

from __future__ import annotations

import discord
from discord import ui

from bot.models.suggestions import Suggestion, SuggestionState
from bot.text.escape import escape
from cogs.ui.parts import custom_id, detached

HEAD = "## Suggestion {number}"
APPROVED = "Approved. It is in the library."
DECLINED = "Declined. Its author sees the reason in /my data."
NO_NAME = "You do not see who suggested this. They see your answer in /my data."


def suggestion_card(suggestion: Suggestion) -> ui.LayoutView:
    """The card as it stands now."""
    view = ui.LayoutView(timeout=None)
    head = HEAD.format(number=suggestion.id)
    if suggestion.state is not SuggestionState.WAITING:
        told = APPROVED if suggestion.state is SuggestionState.APPROVED else DECLINED
        view.add_item(ui.TextDisplay(f"{head}\n{told}"))
        return detached(view)
    view.add_item(ui.TextDisplay("\n".join((head, *_parts(suggestion), NO_NAME))))
    approve: ui.Button[ui.LayoutView] = ui.Button(
        label="Approve", style=discord.ButtonStyle.primary, custom_id=approve_id(suggestion)
    )
    decline: ui.Button[ui.LayoutView] = ui.Button(
        label="Decline", custom_id=custom_id("suggestion-decline", suggestion.name)
    )
    view.add_item(ui.ActionRow(approve, decline))
    return detached(view)


def approve_id(suggestion: Suggestion) -> str:
    """The custom_id by which the card of a suggestion that waits is known."""
    return custom_id("suggestion-approve", suggestion.name)


def told_author(suggestion: Suggestion) -> str:
    """What the author is told of the answer, by direct message."""
    if suggestion.state is SuggestionState.APPROVED:
        return "Facilitators approved your suggestion. It is in their library now. Thank you."
    return f"Facilitators declined your suggestion. They say: “{escape(suggestion.answer)}”"


def _parts(suggestion: Suggestion) -> list[str]:
    parts = []
    if suggestion.passage:
        quoted = "\n".join(f"> {line}" for line in escape(suggestion.passage).splitlines())
        parts += [f"Passage:\n{quoted}"]
    if suggestion.source:
        parts += [f"Where it is from: {escape(suggestion.source)}"]
    if suggestion.question:
        parts += [f"Question: {escape(suggestion.question)}"]
    return parts
