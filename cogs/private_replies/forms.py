"""What the author of a private reply sees: the form, how it is read, and what is said of the reply afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from discord import ui

from bot.errors import UserError
from bot.models.people import STAFF_GROUPS
from bot.models.private import LEAST_SHOWN, PrivateReply, Quoting
from bot.models.prompts import Prompt
from bot.replies.sanitise import format_removed
from bot.services.replies.private_replies import LONGEST_PRIVATE, KeptReply
from bot.text.clean import clean_line
from bot.text.dates import format_local_date
from bot.text.words import shorten
from cogs.ui.cards import card
from cogs.ui.forms import Field, checkbox_field, form, radio_field, select_field, text_field
from cogs.ui.parts import Row, button, option

LONGEST_PLACEHOLDER = 100
WORDS, GROUP, MANAGES, QUOTING = "words", "group", "manages", "quoting"
NO_GROUP = "none"

PROMISE = (
    "We don’t post this. If at least {least} people reply privately, facilitators read what they wrote, without names, "
    "after the question closes. Summaries use it as you choose here. Until {date} the bot’s administrators could trace "
    "this to you. After that nobody can, unless they copied all its files before."
)
MODEL = "A language model may help sort it then, without your name: see “More” on the card."
ASKED = {
    Quoting.YES: "Yes, you may quote my words",
    Quoting.COUNT: "No, only count my reply",
    Quoting.RETOLD: "No, but a facilitator may say it in their own words",
}
EMPTY = "Please write something before you send the form."
NO_QUOTING = "Please choose whether we may quote you."

STORED = "We’ve saved your private reply. It won’t be posted."
CHANGED = "We’ve changed your private reply. Its earlier code no longer works."
CODE = (
    "Your deletion code:\n`{code}`\nSave this code. It’s the only way to delete your reply after the question closes: "
    "type `/my` and press “Delete a private reply with a code”. It takes up to a day. You won’t see the code again, "
    "and nobody can look it up."
)
TITLE, CHANGE_TITLE = "Your private reply", "Change your private reply"
CHANGE, DELETE = "Change", "Delete"
UNTIL = "Until {date} you can also use these buttons to change or delete your reply."
TAKEN_BACK = "We’ve deleted your private reply. Its code no longer works."


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as it was sent. ``group`` is one of STAFF_GROUPS, or empty."""

    text: str = field(repr=False)
    quoting: Quoting
    group: str
    manages: bool


def private_form(prompt: Prompt, time_zone: str, before: PrivateReply | None) -> ui.Modal:
    """Make the form, filled with what the person has sent before; the date is that of the server's zone."""
    words = text_field(
        "Your words",
        WORDS,
        value="" if before is None else before.text[:LONGEST_PRIVATE],
        hint="No patient details, and nothing that names you.",
        placeholder=shorten(clean_line(prompt.wording.question), LONGEST_PLACEHOLDER),
        long=True,
        longest=LONGEST_PRIVATE,
    )
    manages = checkbox_field(
        "I manage people", MANAGES, checked=before is not None and before.manages, hint="Only if you want to say it."
    )
    promise = PROMISE.format(date=format_local_date(prompt.closes_at, time_zone), least=LEAST_SHOWN)
    return form(
        TITLE if before is None else CHANGE_TITLE,
        "private-form",
        prompt.claim,
        intro=f"{promise} {MODEL}" if prompt.wording.model_private else promise,
        fields=[
            words,
            quoting_field(None if before is None else before.quoting),
            group_field("" if before is None else before.group),
            manages,
        ],
    )


def read_words(values: Mapping[str, Any]) -> str:
    """Read the words of a form that was sent, which are given back where it is refused."""
    return str(values.get(WORDS) or "").strip()


def read_form(values: Mapping[str, Any]) -> FilledForm:
    """Read what a form says. Raises UserError where the words or the choice about quotes are missing."""
    text = read_words(values)
    if not text:
        raise UserError(EMPTY)
    quoting = values.get(QUOTING)
    if quoting not in tuple(Quoting):
        raise UserError(NO_QUOTING)
    return FilledForm(text, Quoting(quoting), read_group(values), values.get(MANAGES) is True)


def quoting_field(chosen: Quoting | None) -> Field:
    """Ask whether the words may be quoted; nothing is chosen for the person where ``chosen`` is None."""
    options = [(label, quoting.value) for quoting, label in ASKED.items()]
    return radio_field("May we quote you?", QUOTING, options, chosen=chosen or "")


def group_field(chosen: str) -> Field:
    """Ask for the staff group, which may be left out; ``chosen`` is one of STAFF_GROUPS, or empty."""
    options = [option(group, group, chosen=group == chosen) for group in STAFF_GROUPS]
    options.append(option("Prefer not to say", NO_GROUP))
    hint = "Only if you want to say it. Small groups stay hidden."
    return select_field("Your staff group", GROUP, options, hint=hint, required=False)


def read_group(values: Mapping[str, Any]) -> str:
    """Read the staff group that a form says; empty without one."""
    return next((group for group in values.get(GROUP) or () if group in STAFF_GROUPS), "")


def format_kept(reply: KeptReply, prompt: Prompt, time_zone: str) -> str:
    """Say to an author what became of the reply that they sent, a paragraph each."""
    lines = [
        CHANGED if reply.changed else STORED,
        format_removed(reply.removed),
        CODE.format(code=reply.code),
        UNTIL.format(date=format_local_date(prompt.closes_at, time_zone)),
    ]
    return "\n\n".join(line for line in lines if line)


def kept_card(reply: KeptReply, prompt: Prompt, time_zone: str) -> ui.LayoutView:
    """Say that a reply is stored, with its author's buttons."""
    row = Row(button(CHANGE, "private-change", prompt.claim), button(DELETE, "private-withdraw", prompt.claim))
    return card(format_kept(reply, prompt, time_zone), row, framed=False)
