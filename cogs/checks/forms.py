"""The forms of a check: what its organiser changes before it starts, and what staff say is missing."""

from __future__ import annotations

import discord
from discord import ui

from bot.models.checks import Check, CheckWords
from bot.services.replies.private_replies import LONGEST_PRIVATE
from bot.text.dates import format_local_date
from cogs.private_replies.forms import WORDS, quoting_field
from cogs.ui.forms import field, form, text_field

MISSING = """Facilitators read this without your name, like a private reply, and summaries use it as you choose here. \
Until {date}, the bot’s administrators could trace it to you. After that, nobody can."""
WHAT_IS_MISSING = "What is missing?"
DAYS, PEOPLE, CHANNEL = "days", "people", "channel"
CHANGE_TITLE = "Change this check"
DAYS_HINT = "1 to 30."
PEOPLE_HINT = "Only points that so many people share are asked about: 1 to 100."
CHANNEL_HINT = "Leave this empty for the thread of the question."


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


def change_form(prompt_id: int, days: str, people: str, channel: discord.abc.GuildChannel | None) -> ui.Modal:
    """Make the form of what was chosen for a check. ``channel`` is None where it goes to the prompt's thread."""
    # Discord refuses a form whose default is gone.
    chosen = [] if channel is None else [discord.Object(channel.id, type=type(channel))]
    channels: ui.ChannelSelect[ui.Modal] = ui.ChannelSelect(
        custom_id=CHANNEL,
        channel_types=[discord.ChannelType.text],
        default_values=chosen,
        required=False,
        min_values=0,
    )
    return form(
        CHANGE_TITLE,
        "check-changed",
        prompt_id,
        fields=[
            text_field("Days it is open", DAYS, value=days[:2], hint=DAYS_HINT, longest=2),
            text_field("People per point, at least", PEOPLE, value=people[:3], hint=PEOPLE_HINT, longest=3),
            field("Channel", channels, CHANNEL_HINT),
        ],
    )
