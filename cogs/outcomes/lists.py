"""What can be read of outcomes: the list for organisers, and what everybody sees behind the buttons of a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import discord
from discord import ui

from bot.client import Bot
from bot.models.outcomes import Outcome
from bot.outcomes.points import is_overdue
from bot.services.outcomes import find_headings
from bot.text.dates import local_date
from bot.text.words import plural
from cogs.core.access import require_organiser, server
from cogs.core.answers import defer_answer, defer_update
from cogs.core.routing import RoutedCog, route
from cogs.outcomes.cards import card_pages, format_changes, format_decided, format_heading, split_pages
from cogs.ui.cards import page_card
from cogs.ui.pages import id_from, read_page_number
from cogs.ui.parts import Row, button

Interaction = discord.Interaction[Bot]

NOTHING_YET = "No points have been answered yet. Use /outcome add."
FOLLOW_UP = "Follow-up paper"
MOST_NAMED = 5
"""Points that are named in an entry of the list."""
NEVER_CHANGED = "-# Never changed."
NOT_SINCE = "-# It hasn’t changed since."
LISTED = "## Answers\n{answers}{late}. To change one, use /outcome edit."


class OutcomeLists(RoutedCog):
    """The lists of outcomes, page by page."""

    @route("outcome-past")
    async def show_past(self, interaction: Interaction, outcome_id: str) -> None:
        """Show one reader how an outcome changed; who set it is not said."""
        await defer_answer(interaction)
        await interaction.followup.send(view=await self._past(interaction, outcome_id, 0), ephemeral=True)

    @route("outcome-past-page")
    async def turn_past(self, interaction: Interaction, outcome_id: str, page: str) -> None:
        """Show one reader more of it."""
        await defer_update(interaction)
        await interaction.edit_original_response(view=await self._past(interaction, outcome_id, read_page_number(page)))

    @route("outcome-points")
    async def show_points(self, interaction: Interaction, series_id: str) -> None:
        """Show one reader all points of a series."""
        await defer_answer(interaction)
        series = await self.bot.store.series.get(server(interaction).id, id_from(series_id, "series"))
        view = page_card(await card_pages(self.bot.store, series), 0, "outcome-points-page", series.id)
        await interaction.followup.send(view=view, ephemeral=True)

    @route("outcome-points-page")
    async def turn_points(self, interaction: Interaction, series_id: str, page: str) -> None:
        """Show one reader more of the points."""
        await defer_update(interaction)
        series = await self.bot.store.series.get(server(interaction).id, id_from(series_id, "series"))
        pages = await card_pages(self.bot.store, series)
        view = page_card(pages, read_page_number(page), "outcome-points-page", series.id)
        await interaction.edit_original_response(view=view)

    @route("outcome-list")
    async def turn_list(self, interaction: Interaction, outcome_id: str, page: str) -> None:
        """Show an organiser more of the list."""
        await require_organiser(interaction)
        await defer_update(interaction)
        view = await self.list_card(interaction, id_from(outcome_id, "outcome"), read_page_number(page))
        await interaction.edit_original_response(view=view)

    async def _past(self, interaction: Interaction, outcome_id: str, page: int) -> ui.LayoutView:
        guild_id = server(interaction).id
        changes = await self.bot.store.outcomes.changes(guild_id, id_from(outcome_id, "outcome"))
        zone = (await self.bot.store.settings.of(guild_id)).time_zone
        entries = [*format_changes(changes, zone), *([NOT_SINCE] if len(changes) == 1 else [])]
        return page_card(split_pages(entries), page, "outcome-past-page", outcome_id)

    async def list_card(self, interaction: Interaction, outcome_id: int, page: int) -> ui.LayoutView:
        """Show one outcome with all that changed in it, or with the id 0 every outcome, those that are late first.

        ``page`` counts from 0. Raises UserError where the server has no such outcome.
        """
        guild_id, store = server(interaction).id, self.bot.store.outcomes
        zone = (await self.bot.store.settings.of(guild_id)).time_zone
        today = local_date(discord.utils.utcnow(), zone)
        given = await store.of_guild(guild_id)
        if outcome_id:
            outcome, changes = await store.get(guild_id, outcome_id), await store.changes(guild_id, outcome_id)
            entries = [await self._entry(outcome, today), *format_changes(changes, zone)]
        else:
            entries = await self._list_entries(given, today)
        below = [Row(button(FOLLOW_UP, "follow-up"))] if given else []
        return page_card(split_pages(entries), page, "outcome-list", outcome_id, below=below)

    async def _list_entries(self, given: Sequence[Outcome], today: date) -> list[str]:
        if not given:
            return [NOTHING_YET]
        late = [outcome for outcome in reversed(given) if is_overdue(outcome, today)]
        others = [outcome for outcome in reversed(given) if not is_overdue(outcome, today)]
        title = LISTED.format(answers=plural(len(given), "answer"), late=f", {len(late)} late" if late else "")
        return [title, *[await self._entry(outcome, today) for outcome in (*late, *others)]]

    async def _entry(self, outcome: Outcome, today: date) -> str:
        points = sorted((await find_headings(self.bot.store, outcome)).items())
        shown, others = points[:MOST_NAMED], len(points) - MOST_NAMED
        named = f"### {', '.join(str(ref) for ref, _ in shown)}"
        said = [f"- {format_heading(point)}" for _, point in shown]
        more = [f"- and {plural(others, 'more point')}"] if others > 0 else []
        changed = f"-# Changed {plural(outcome.changes, 'time')}." if outcome.changes else NEVER_CHANGED
        decided = format_decided(outcome.decided, overdue=is_overdue(outcome, today))
        return "\n".join([named, *said, *more, decided, changed])
