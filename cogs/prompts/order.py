"""/series excerpts, add and swap: the run of a series, and the buttons that move and drop."""

from __future__ import annotations

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.models.library import Excerpt
from bot.models.prompts import Series
from bot.services.series import add_excerpt, move_excerpt, swap_excerpts
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import shorten
from cogs.core.access import facilitators_only, require_facilitator
from cogs.core.answers import defer_answer, defer_update
from cogs.core.routing import RoutedCog, route
from cogs.library.autocomplete import chosen_excerpt, excerpt_choices, excerpt_line
from cogs.prompts.autocomplete import find_chosen_series, series_choices
from cogs.ui.cards import card
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import Page, id_from, paginate, read_page_number
from cogs.ui.parts import Button, Row, button, option, pager, select

Interaction = discord.Interaction[Bot]
PER_PAGE = 20
MOVES = {"top": "To the top", "up": "Up", "down": "Down", "drop": "Drop"}


async def order_card(bot: Bot, series: Series, number: int, picked: int | None = None) -> ui.LayoutView:
    """Show one page of the run, with a select to pick an excerpt, and buttons for the one that is picked."""
    waiting = await bot.store.library.excerpts_of(series.guild_id, series.waiting_ids)
    page = paginate(waiting, PER_PAGE, number)
    rows = [_select(series, page, picked)] if page.items else []
    if any(excerpt.id == picked for excerpt in page.items):
        rows.append(Row(*_moves(series, page, picked or 0)))
    if page.count > 1:
        rows.append(Row(*pager(page.number, page.count, "series-order", series.id, labels=("Earlier", "Later"))))
    return card(_text(series, page), *rows, framed=False)


class OrderCommands(RoutedCog):
    """The part of /series that changes the run of a series. What was posted stays where it is."""

    @app_commands.command(description="See a series' excerpts in order; move or drop them")
    @app_commands.describe(series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def excerpts(self, interaction: Interaction, series: str | None = None) -> None:
        """Show the run."""
        await defer_answer(interaction)
        view = await order_card(self.bot, await find_chosen_series(interaction, series), 0)
        await interaction.followup.send(view=view, ephemeral=True)

    @app_commands.command(description="Add an excerpt to a series, at its end or at a place")
    @app_commands.describe(excerpt="Which excerpt: type words of it", series="Which series", place="1 comes next")
    @app_commands.autocomplete(series=series_choices, excerpt=excerpt_choices)
    @facilitators_only()
    async def add(
        self,
        interaction: Interaction,
        excerpt: str,
        series: str | None = None,
        place: app_commands.Range[int, 1, 999] | None = None,
    ) -> None:
        """Add one excerpt, also one that was passed over before."""
        await defer_answer(interaction)
        chosen = await find_chosen_series(interaction, series)
        added = await chosen_excerpt(interaction, excerpt)
        changed = await add_excerpt(self.bot.store, chosen, added.id, place, discord.utils.utcnow())
        await interaction.followup.send(view=await order_card(self.bot, changed, 0), ephemeral=True)

    @app_commands.command(description="Let two excerpts that wait change places")
    @app_commands.describe(first="Place of the one, 1 comes next", second="Place of the other", series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def swap(self, interaction: Interaction, first: int, second: int, series: str | None = None) -> None:
        """Swap two excerpts."""
        await defer_answer(interaction)
        chosen = await find_chosen_series(interaction, series)
        changed = await swap_excerpts(self.bot.store, chosen, first, second)
        await interaction.followup.send(view=await order_card(self.bot, changed, 0), ephemeral=True)

    @route("series-order")
    async def turn_page(self, interaction: Interaction, series: str, page: str) -> None:
        """Show a page of the run, in a new answer where the button stands under another card."""
        run = await self._series(interaction, series)
        await defer_answer(interaction)
        await interaction.followup.send(view=await order_card(self.bot, run, read_page_number(page)), ephemeral=True)

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
        lines.append("No excerpt is left. Add one with /series add.")
    return "\n".join(lines)


def _select(series: Series, page: Page[Excerpt], picked: int | None) -> Row:
    options = [option(excerpt_line(each), each.id, chosen=each.id == picked) for each in page.items]
    return select("Pick an excerpt to move or drop", options, "series-pick", series.id, page.number)


def _moves(series: Series, page: Page[Excerpt], picked: int) -> list[Button]:
    return [button(label, "series-move", series.id, page.number, picked, how) for how, label in MOVES.items()]
