"""The cards on which facilitators read what people say against published summaries, and see what waits."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.reviews import Objection
from bot.text.dates import date_text
from bot.text.escape import escape
from bot.text.words import plural
from cogs.review.layout import button, card, select, turns
from cogs.summaries.texts import plain
from cogs.ui.limits import MOST_OPTIONS, within

LONGEST_OBJECTION, LONGEST_HOW = 1500, 300
NONE = "No answers to summaries wait."


def objection_card(objection: Objection) -> ui.LayoutView:
    """One answer with its words, and how it was settled or the button that settles it."""
    date = discord.utils.format_dt(objection.made_at, "D")
    texts = [
        f"## “This is not what I meant”\nSent on {date}.",
        f">>> {escape(within(objection.text, LONGEST_OBJECTION))}",
    ]
    if objection.settled_at is None:
        return card(texts, [ui.ActionRow(button("Settle", "objection-settle", objection.id))])
    settled = discord.utils.format_dt(objection.settled_at, "D")
    return card([*texts, f"Settled on {settled}: {plain(objection.settled_how, LONGEST_HOW)}"])


def objections_card(waiting: Sequence[Objection], page: int) -> ui.LayoutView:
    """One page of the answers that are not settled, the oldest first, to choose one from; no words of them."""
    if not waiting:
        return card([NONE])
    count = -(-len(waiting) // MOST_OPTIONS)
    page = min(max(page, 0), count - 1)
    options = [
        discord.SelectOption(label=f"{date_text(one.made_at.date())}, answer {one.id}", value=str(one.id))
        for one in waiting[page * MOST_OPTIONS : (page + 1) * MOST_OPTIONS]
    ]
    rows = [select("Read one", options, "objection-choose")]
    if buttons := turns(page, count, "objection-page"):
        rows.append(ui.ActionRow(*buttons))
    return card([f"{plural(len(waiting), 'answer waits', 'answers wait')} to be settled."], rows)
