"""The cards on which facilitators read what people say against published summaries, and see what waits."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.reviews import Objection
from bot.text.dates import format_date
from bot.text.markdown import escape
from bot.text.words import plural
from cogs.summaries.card import OBJECTION
from cogs.summaries.texts import format_words
from cogs.ui.cards import card, space_texts
from cogs.ui.limits import MOST_OPTIONS, cut_to_units
from cogs.ui.pages import paginate
from cogs.ui.parts import Row, button, option, pager, select

LONGEST_OBJECTION, LONGEST_HOW = 1500, 300
NONE = "There’s nothing to settle: nobody says a summary got them wrong."
WAITING = "{answers} to be settled."
SETTLE = "Settle"
ABOUT = "About the summary in <#{thread}>."
HOW = (
    "To change the summary, type `/summary draft` in its thread. Reword the point or move people, and publish again. "
    "Then settle this."
)


def objection_card(objection: Objection, thread_id: int | None = None) -> ui.LayoutView:
    """Show one answer with its words, its thread if known, and how it was settled or the button that settles it."""
    date = discord.utils.format_dt(objection.made_at, "D")
    about = f" {ABOUT.format(thread=thread_id)}" if thread_id else ""
    texts = [
        f"## “{OBJECTION}”\nSent on {date}.{about}",
        f">>> {escape(cut_to_units(objection.text, LONGEST_OBJECTION))}",
    ]
    if objection.settled_at is None:
        return card(*space_texts([*texts, HOW]), Row(button(SETTLE, "objection-settle", objection.id)))
    settled = discord.utils.format_dt(objection.settled_at, "D")
    return card(*space_texts([*texts, f"Settled on {settled}: {format_words(objection.settled_how, LONGEST_HOW)}"]))


def objections_card(waiting: Sequence[Objection], page: int) -> ui.LayoutView:
    """Show one page of the answers that are not settled, the oldest first, to choose one from; no words of them."""
    if not waiting:
        return card(NONE)
    shown = paginate(waiting, MOST_OPTIONS, page)
    options = [
        option(f"{format_date(objection.made_at.date())}, answer {objection.id}", objection.id)
        for objection in shown.items
    ]
    rows = [select("Read one", options, "objection-choose")]
    if buttons := pager(shown.number, shown.count, "objection-page"):
        rows.append(Row(*buttons))
    return card(WAITING.format(answers=plural(len(waiting), "answer waits", "answers wait")), *rows)
