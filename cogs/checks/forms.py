"""The form of a check: what is missing, and whether it may be quoted."""

from __future__ import annotations

from discord import ui

from bot.models.checks import Check, CheckWords
from bot.services.private_replies import LONGEST_PRIVATE
from bot.text.dates import format_local_date
from cogs.private_replies.forms import WORDS, quoting_field
from cogs.ui.forms import form, text_field

MISSING = """Facilitators read this without your name, like a private reply, and summaries use it as you choose here. \
Until {date}, the bot’s administrators could trace it to you. After that, nobody can."""
WHAT_IS_MISSING = "What is missing?"


def missing_form(check: Check, time_zone: str, before: CheckWords | None) -> ui.Modal:
    """Make the form, filled with what the person has said before."""
    words = text_field(
        WHAT_IS_MISSING,
        WORDS,
        value="" if before is None else before.text[:LONGEST_PRIVATE],
        hint="No patient details, and nothing that names you.",
        long=True,
        longest=LONGEST_PRIVATE,
    )
    return form(
        WHAT_IS_MISSING,
        "check-words-form",
        check.claim,
        intro=MISSING.format(date=format_local_date(check.ends_at, time_zone)),
        fields=[words, quoting_field(None if before is None else before.quoting)],
    )
