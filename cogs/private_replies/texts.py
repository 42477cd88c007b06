"""What the author of a private reply sees: that it is stored, its code and their buttons, and how it was taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discord import ui

from bot.models.prompts import Prompt
from bot.replies.redaction.kinds import Identifier
from bot.replies.sanitise import told_removed
from bot.text.dates import closing_date_text
from cogs.replies.views import quoted_words
from cogs.ui.parts import custom_id, detached

STORED = "Your private reply is stored. I do not post it."
CHANGED = "Your private reply is changed. Its earlier code no longer works."
CODE = """Your withdrawal code: `{code}`
Keep it. `/my withdraw` with this code erases your reply at any time, also after the prompt is closed. I show it only \
now, and nobody can look it up."""
UNTIL = "Until {date} you can also change your reply or take it back with these buttons."
TAKEN_BACK = "Your private reply was taken back. My copy of it is erased, and its code no longer works."
NOTHING_TO_TAKE_BACK = "There is no private reply of yours to this prompt."
BUTTONS = {"Change": "private-change", "Withdraw": "private-withdraw"}


def sent_lines(
    prompt: Prompt, time_zone: str, *, code: str, changed: bool, removed: Mapping[Identifier, int]
) -> list[str]:
    """What an author is told of a reply that was stored, a paragraph each."""
    lines = [
        CHANGED if changed else STORED,
        told_removed(removed),
        CODE.format(code=code),
        UNTIL.format(date=closing_date_text(prompt.closes_at, time_zone)),
    ]
    return [line for line in lines if line]


def sent_card(lines: Sequence[str], claim: str) -> ui.LayoutView:
    """What is said of a stored reply, with the author's buttons."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("\n\n".join(lines)))
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    for label, name in BUTTONS.items():
        row.add_item(ui.Button(label=label, custom_id=custom_id(name, claim)))
    view.add_item(row)
    return detached(view)


def given_back(sentence: str, words: str) -> str:
    """A sentence with an author's own words under it, to keep."""
    return f"{sentence} Here are your words, to keep:\n{quoted_words(words)}" if words else sentence
