"""The card of a series for everybody, and the pages that one reader sees."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.client import Bot
from bot.models.prompts import Prompt, Series
from bot.outcomes.points import USUAL_LEAST, told_open, waiting_points
from bot.prompts.texts import one_line
from bot.text.dates import local_date
from bot.text.escape import escape
from cogs.outcomes.series_answers import points_of, series_points
from cogs.outcomes.texts import pages_of, told_point
from cogs.summaries.frame import card
from cogs.ui.parts import custom_id, detached

TITLE = "## You said, we did: {}"
WAITING = "## No outcome yet, or overdue: {}"
MORE = "/outcome publish shows them all."
NOTHING = "No checked summary is published yet, so there is nothing to answer."


async def card_pages(bot: Bot, series: Series) -> list[str]:
    """The pages of a series' points with their outcomes."""
    rows = await series_points(bot, series)
    zone = (await bot.store.settings.of(series.guild_id)).time_zone
    today = local_date(discord.utils.utcnow(), zone)
    head = "\n".join((TITLE.format(escape(one_line(series.title))), told_open(rows) or NOTHING))
    pages = pages_of(told_point(row, today, zone) for row in rows)
    return [f"{head}\n{page}".rstrip() for page in pages]


async def waiting_card(bot: Bot, guild_id: int, prompts: Sequence[Prompt]) -> ui.LayoutView | None:
    """The points of prompts that have no outcome yet, or an overdue one, for one reader; None where there is none."""
    zone = (await bot.store.settings.of(guild_id)).time_zone
    today = local_date(discord.utils.utcnow(), zone)
    waiting = waiting_points(await points_of(bot, guild_id, prompts, USUAL_LEAST), today)
    if not waiting:
        return None
    pages = pages_of(told_point(row, today, zone) for row in waiting)
    more = "" if len(pages) == 1 else f"\n-# {MORE}"
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(f"{WAITING.format(len(waiting))}\n{pages[0]}{more}"))
    return view


def series_card(series: Series, pages: Sequence[str]) -> ui.LayoutView:
    """The card: its first page, and a button for the others; the button tells after a crash that it was sent."""
    label = "All points" if len(pages) == 1 else f"All points ({len(pages)} pages)"
    button: ui.Button[ui.LayoutView] = ui.Button(label=label, custom_id=custom_id("outcome-points", series.id))
    return card([[pages[0]]], [ui.ActionRow(button)])


def page_view(pages: Sequence[str], page: int, name: str, *arguments: object) -> ui.LayoutView:
    """One page for one reader, counted from 0, with the ways to its neighbours."""
    page = min(max(page, 0), len(pages) - 1)
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(pages[page]))
    ways = [("Previous", page - 1), ("Next", page + 1)]
    buttons: list[ui.Button[ui.LayoutView]] = [
        ui.Button(label=label, custom_id=custom_id(name, *arguments, to)) for label, to in ways if 0 <= to < len(pages)
    ]
    if buttons:
        view.add_item(ui.ActionRow(*buttons))
    return detached(view)
