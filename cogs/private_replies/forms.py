"""The form of a private reply: what it asks and promises, filled with what is stored, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from bot.errors import UserError
from bot.models.people import STAFF_GROUPS
from bot.models.private import PrivateReply, Quoting
from bot.models.prompts import Prompt
from bot.prompts.texts import one_line
from bot.text.dates import closing_date_text
from bot.text.escape import shorten
from cogs.ui.parts import custom_id, detached

LONGEST_PRIVATE = 1_500
LONGEST_PLACEHOLDER = 100
WORDS, GROUP, MANAGES, QUOTING = "words", "group", "manages", "quoting"
NO_GROUP = "none"
Field = ui.Label[ui.Modal]

PROMISE = """I do not post your words: when the prompt closes, facilitators read them without your name, and summaries \
use them as you allow here. Until {date}, the people who run this bot could find out who wrote this."""
ASKED = {
    Quoting.YES: "Yes, you may quote my words",
    Quoting.COUNT: "No, only count my reply",
    Quoting.RETOLD: "No, but a facilitator may say it in their own words",
}
EMPTY = "Please write something before you send the form."
NO_QUOTING = "Please choose whether we may quote you."


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. ``group`` is one of STAFF_GROUPS, or empty."""

    text: str = field(repr=False)
    quoting: Quoting
    group: str
    manages: bool


def private_form(prompt: Prompt, time_zone: str, before: PrivateReply | None) -> ui.Modal:
    """The form, filled with what the person has sent before; the date is that of the server's zone."""
    title = "Your private reply" if before is None else "Change your private reply"
    form = ui.Modal(title=title, custom_id=custom_id("private-form", prompt.claim))
    form.add_item(ui.TextDisplay(PROMISE.format(date=closing_date_text(prompt.closes_at, time_zone))))
    form.add_item(_words(prompt, before))
    form.add_item(quoting_field(None if before is None else before.quoting))
    form.add_item(group_field("" if before is None else before.group))
    manages: ui.Checkbox[ui.Modal] = ui.Checkbox(custom_id=MANAGES, default=before is not None and before.manages)
    form.add_item(Field(text="I manage people", description="Only if you want to say it.", component=manages))
    return detached(form)


def written(values: Mapping[str, Any]) -> str:
    """The words of a form that was sent, which are given back where it is refused."""
    return str(values.get(WORDS) or "").strip()


def read_form(values: Mapping[str, Any]) -> Filled:
    """What a form says. Raises UserError where the words or the choice about quotes are missing."""
    text = written(values)
    if not text:
        raise UserError(EMPTY)
    quoting = values.get(QUOTING)
    if quoting not in tuple(Quoting):
        raise UserError(NO_QUOTING)
    return Filled(text, Quoting(quoting), group_in(values), values.get(MANAGES) is True)


def _words(prompt: Prompt, before: PrivateReply | None) -> Field:
    text: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=WORDS,
        style=discord.TextStyle.long,
        default=None if before is None else before.text[:LONGEST_PRIVATE],
        placeholder=shorten(one_line(prompt.wording.question), LONGEST_PLACEHOLDER),
        max_length=LONGEST_PRIVATE,
    )
    return Field(text="Your words", description="No patient details, and nothing that names you.", component=text)


def quoting_field(chosen: Quoting | None) -> Field:
    """Whether the words may be quoted; nothing is chosen for the person where ``chosen`` is None."""
    choice: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id=QUOTING)
    for quoting, label in ASKED.items():
        choice.add_option(label=label, value=quoting, default=quoting is chosen)
    return Field(text="May we quote you?", component=choice)


def group_field(chosen: str) -> Field:
    """The staff group, which may be left out; ``chosen`` is one of STAFF_GROUPS, or empty."""
    options = [discord.SelectOption(label=group, value=group, default=group == chosen) for group in STAFF_GROUPS]
    options.append(discord.SelectOption(label="Prefer not to say", value=NO_GROUP))
    select: ui.Select[ui.Modal] = ui.Select(custom_id=GROUP, options=options, required=False, min_values=0)
    return Field(
        text="Your staff group", description="Only if you want to say it. Small groups stay hidden.", component=select
    )


def group_in(values: Mapping[str, Any]) -> str:
    """The staff group that a form says; empty without one."""
    return next((group for group in values.get(GROUP) or () if group in STAFF_GROUPS), "")
