"""The run of a series in order, and the buttons that move and drop."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.library import Excerpt
from bot.models.prompts import Series
from bot.services.series import move_excerpt
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import shorten
from cogs.core.access import require_facilitator
from cogs.core.answers import acknowledge, defer_update, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.library.autocomplete import excerpt_line
from cogs.library.origins import BACK_TO_SERIES, SERIES
from cogs.ui.cards import card
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import Page, id_from, paginate, read_page_number
from cogs.ui.parts import Button, Row, button, option, pager, select

Interaction = discord.Interaction[Bot]
PER_PAGE = 20
OPEN = "Open it"
MOVES = {"top": "To the top", "up": "Up", "down": "Down", "drop": "Drop"}


async def order_card(bot: Bot, series: Series, number: int, picked: int | None = None) -> ui.LayoutView:
    """Show one page of the run, with a select to pick an excerpt, and buttons for the one that is picked."""
    waiting = await bot.store.library.excerpts_of(series.guild_id, series.waiting_ids)
    page = paginate(waiting, PER_PAGE, number)
    rows = [_select(series, page, picked)] if page.items else []
    if any(excerpt.id == picked for excerpt in page.items):
        rows.append(Row(*_moves(series, page, picked or 0)))
    turning = pager(page.number, page.count, "series-order", series.id, labels=("Earlier", "Later"))
    rows.append(Row(*turning, button(BACK_TO_SERIES, "series-show", series.id)))
    return card(_text(series, page), *rows, framed=False)


class OrderRoutes(RoutedCog):
    """The part of the card of a series that changes the run of a series. What was posted stays where it is."""

    @route("series-order")
    async def turn_page(self, interaction: Interaction, series: str, page: str) -> None:
        """Show a page of the run."""
        run = await self._series(interaction, series)
        await acknowledge(interaction)
        await show_privately(interaction, await order_card(self.bot, run, read_page_number(page)))

    @route("series-pick")
    async def pick(self, interaction: Interaction, series: str, page: str) -> None:
        """Show the buttons for the excerpt that was picked."""
        run = await self._series(interaction, series)
        await defer_update(interaction)
        picked = id_from(read_chosen_values(interaction)[0], "excerpt")
        await interaction.edit_original_response(view=await order_card(self.bot, run, read_page_number(page), picked))

    @route("series-move")
    async def move(self, interaction: Interaction, series: str, page: str, excerpt: str, how: str) -> None:
        """Move or drop the excerpt that was picked."""
        run = await self._series(interaction, series)
        await defer_update(interaction)
        picked = id_from(excerpt, "excerpt")
        changed = await move_excerpt(self.bot.store, run, picked, how if how in MOVES else "up")
        await interaction.edit_original_response(
            view=await order_card(self.bot, changed, read_page_number(page), picked)
        )

    async def _series(self, interaction: Interaction, series: str) -> Series:
        settings = await require_facilitator(interaction)
        return await self.bot.store.series.get(settings.guild_id, id_from(series, "series"))


def _text(series: Series, page: Page[Excerpt]) -> str:
    lines = [f"## Excerpts of {escape(clean_line(series.title))}"]
    if series.posted_ids:
        lines.append(f"{len(series.posted_ids)} posted, {len(series.waiting_ids)} to come.")
    for place, excerpt in enumerate(page.items, page.first):
        warning = "" if clean_line(excerpt.question) else " (no question yet)"
        lines.append(f"{place}\\. Excerpt {escape(shorten(excerpt_line(excerpt), 80))}{warning}")
    if not page.items:
        lines.append("There are no excerpts left. Mark some in /library, then add them here.")
    return "\n".join(lines)


def _select(series: Series, page: Page[Excerpt], picked: int | None) -> Row:
    options = [option(excerpt_line(each), each.id, chosen=each.id == picked) for each in page.items]
    return select("Pick an excerpt to move, drop or open", options, "series-pick", series.id, page.number)


def _moves(series: Series, page: Page[Excerpt], picked: int) -> list[Button]:
    moves = [button(label, "series-move", series.id, page.number, picked, how) for how, label in MOVES.items()]
    return [*moves, button(OPEN, "library-show", picked, SERIES.format(series.id))]
