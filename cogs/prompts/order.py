"""/series excerpts, add and swap: the run of a series, and the buttons that move and drop."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Excerpt
from bot.models.prompts import Series
from bot.prompts.texts import one_line
from bot.text.escape import escape, shorten
from cogs.core.access import facilitators_only, require_facilitator
from cogs.core.routing import RoutedCog, routed
from cogs.library.autocomplete import chosen_excerpt, excerpt_choices, excerpt_line
from cogs.prompts.autocomplete import chosen_series, series_choices
from cogs.ui.forms import chosen_values as chosen
from cogs.ui.pages import id_from
from cogs.ui.parts import custom_id, detached

Interaction = discord.Interaction[Bot]
PER_PAGE = 20
MOVES = {"top": "To the top", "up": "Up", "down": "Down", "drop": "Drop"}


async def order_view(bot: Bot, series: Series, page: int, picked: int | None = None) -> ui.LayoutView:
    """One page of the run, with a select to pick an excerpt, and buttons for the one that is picked."""
    waiting = await bot.store.library.excerpts_of(series.guild_id, series.waiting_ids)
    last = max(0, (len(waiting) - 1) // PER_PAGE)
    page = min(max(page, 0), last)
    shown = waiting[page * PER_PAGE : (page + 1) * PER_PAGE]
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(_text(series, shown, page)))
    if shown:
        view.add_item(ui.ActionRow(_select(series, shown, page, picked)))
    if any(excerpt.id == picked for excerpt in shown):
        view.add_item(ui.ActionRow(*_moves(series, page, picked or 0)))
    if last:
        view.add_item(ui.ActionRow(*_pages(series, page, last)))
    return detached(view)


def moved(series: Series, excerpt_id: int, move: str) -> tuple[int, ...]:
    """The whole run after a move among the excerpts that wait. Raises UserError where it was posted or dropped."""
    waiting = list(series.waiting_ids)
    if excerpt_id not in waiting:
        raise UserError("That excerpt was posted or dropped meanwhile.")
    place = waiting.index(excerpt_id)
    waiting.remove(excerpt_id)
    if move != "drop":
        waiting.insert({"top": 0, "up": max(0, place - 1), "down": place + 1}[move], excerpt_id)
    return whole_run(series, waiting)


def swapped(series: Series, first: int, second: int) -> tuple[int, ...]:
    """The whole run after two places among the excerpts that wait, counted from 1, changed theirs."""
    waiting = list(series.waiting_ids)
    if not (1 <= first <= len(waiting) and 1 <= second <= len(waiting)):
        raise UserError(f"{len(waiting)} excerpts wait. Type two places from 1 to {len(waiting)}.")
    waiting[first - 1], waiting[second - 1] = waiting[second - 1], waiting[first - 1]
    return whole_run(series, waiting)


def whole_run(series: Series, waiting: Sequence[int]) -> tuple[int, ...]:
    """What was posted, then what waits."""
    return (*(one for one in series.excerpt_ids if one in series.posted_ids), *waiting)


class OrderCommands(RoutedCog):
    """The part of /series that changes the run of a series. What was posted stays where it is."""

    @app_commands.command(description="See a series' excerpts in order; move or drop them")
    @app_commands.describe(series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def excerpts(self, interaction: Interaction, series: str | None = None) -> None:
        """Show the run."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        view = await order_view(self.bot, await chosen_series(interaction, series), 0)
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
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await chosen_series(interaction, series)
        added = await chosen_excerpt(interaction, excerpt)
        if added.id in chosen.excerpt_ids:
            raise UserError("That excerpt is in the series already.")
        if not chosen.waiting_ids:
            # Dates that passed while there was nothing to post are not made up for.
            await self.bot.store.series.set_state(chosen, chosen.state, discord.utils.utcnow())
        waiting = list(chosen.waiting_ids)
        waiting.insert(len(waiting) if place is None else place - 1, added.id)
        changed = await self.bot.store.series.order(chosen, whole_run(chosen, waiting))
        await interaction.followup.send(view=await order_view(self.bot, changed, 0), ephemeral=True)

    @app_commands.command(description="Let two excerpts that wait change places")
    @app_commands.describe(first="Place of the one, 1 comes next", second="Place of the other", series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def swap(self, interaction: Interaction, first: int, second: int, series: str | None = None) -> None:
        """Swap two excerpts."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await chosen_series(interaction, series)
        changed = await self.bot.store.series.order(chosen, swapped(chosen, first, second))
        await interaction.followup.send(view=await order_view(self.bot, changed, 0), ephemeral=True)

    @routed("series-order")
    async def turn_page(self, interaction: Interaction, series: str, page: str) -> None:
        """Show a page of the run, in a new answer where the button stands under another card."""
        found = await self._series(interaction, series)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(view=await order_view(self.bot, found, int(page)), ephemeral=True)

    @routed("series-pick")
    async def pick(self, interaction: Interaction, series: str, page: str) -> None:
        """Show the buttons for the excerpt that was picked."""
        found = await self._series(interaction, series)
        await interaction.response.defer()
        picked = id_from(chosen(interaction)[0], "excerpt")
        await interaction.edit_original_response(view=await order_view(self.bot, found, int(page), picked))

    @routed("series-move")
    async def move(self, interaction: Interaction, series: str, page: str, excerpt: str, how: str) -> None:
        """Move or drop the excerpt that was picked."""
        found = await self._series(interaction, series)
        await interaction.response.defer()
        picked = id_from(excerpt, "excerpt")
        changed = await self.bot.store.series.order(found, moved(found, picked, how if how in MOVES else "up"))
        await interaction.edit_original_response(view=await order_view(self.bot, changed, int(page), picked))

    async def _series(self, interaction: Interaction, series: str) -> Series:
        settings = await require_facilitator(interaction)
        return await self.bot.store.series.get(settings.guild_id, id_from(series, "series"))


def _text(series: Series, shown: Sequence[Excerpt], page: int) -> str:
    lines = [f"## Excerpts of {escape(one_line(series.title))}"]
    if series.posted_ids:
        lines.append(f"{len(series.posted_ids)} posted, {len(series.waiting_ids)} to come.")
    for place, excerpt in enumerate(shown, page * PER_PAGE + 1):
        warning = "" if one_line(excerpt.question) else " (no question yet)"
        lines.append(f"{place}\\. {escape(shorten(excerpt_line(excerpt), 80))}{warning}")
    if not shown:
        lines.append("No excerpt is left. Add one with /series add.")
    return "\n".join(lines)


def _select(series: Series, shown: Sequence[Excerpt], page: int, picked: int | None) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(label=excerpt_line(one), value=str(one.id), default=one.id == picked) for one in shown
    ]
    return ui.Select(
        placeholder="Pick an excerpt to move or drop",
        options=options,
        custom_id=custom_id("series-pick", series.id, page),
    )


def _moves(series: Series, page: int, picked: int) -> list[ui.Button[ui.LayoutView]]:
    return [
        ui.Button(label=label, custom_id=custom_id("series-move", series.id, page, picked, how))
        for how, label in MOVES.items()
    ]


def _pages(series: Series, page: int, last: int) -> list[ui.Button[ui.LayoutView]]:
    return [
        ui.Button(label=label, custom_id=custom_id("series-order", series.id, at))
        for label, at in (("Earlier", page - 1), ("Later", page + 1))
        if 0 <= at <= last
    ]
