"""What a reviewer ticks and chooses on a point's card: who says so, which quotes are shown, the kind, dropping it."""

from __future__ import annotations

import discord
from discord import ui

from bot.models.reviews import Change, Confirm, DropPoint, NameNobody, SetKind, ShowQuotes
from bot.models.summaries import KeyPoint, Kind
from cogs.core.routing import routed
from cogs.review.changes import Changing
from cogs.review.desk import Interaction
from cogs.review.layout import button, card
from cogs.review.review_texts import review_of
from cogs.review.tick_changes import offered, ticked_now
from cogs.ui.forms import chosen_values as chosen
from cogs.ui.parts import custom_id

CONFIRMED_ALL = "Everybody shown is confirmed."
ALL_NAME_NOBODY = "All quotes shown are ticked as naming nobody."
DROP = "Drop this point? The replies stay read, and what was confirmed of it is lost."


class Ticks(Changing):
    """The selects of a point's card, and its button Drop."""

    @routed("review-confirm")
    async def confirm(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Confirm who says so."""

        def change(point: KeyPoint) -> Change:
            return Confirm(ref, ticked_now(interaction, review_of(point).confirmed))

        await self.change(interaction, (draft_id, ref, page), change)

    @routed("review-show")
    async def show_quotes(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Choose the quotes that are shown."""

        def change(point: KeyPoint) -> Change:
            hidden = review_of(point).unquoted
            shown = [quote.message for quote in point.quotes if quote.message not in hidden]
            return ShowQuotes(ref, ticked_now(interaction, shown))

        await self.change(interaction, (draft_id, ref, page), change)

    @routed("review-nobody")
    async def name_nobody(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Tick quotes that name nobody."""

        def change(point: KeyPoint) -> Change:
            return NameNobody(ref, ticked_now(interaction, review_of(point).unnamed))

        await self.change(interaction, (draft_id, ref, page), change)

    @routed("review-confirm-all")
    async def confirm_all(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Confirm all supporters that the person saw on this page; possible ones stay as they are."""
        seen = offered(interaction, custom_id("review-nobody", draft_id, ref, page))

        def change(point: KeyPoint) -> Change:
            return Confirm(ref, _and_seen(review_of(point).confirmed, point, seen))

        await self.change(interaction, (draft_id, ref, page), change, done=CONFIRMED_ALL)

    @routed("review-nobody-all")
    async def all_name_nobody(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Tick all quotes that the person saw on this page as naming nobody."""
        seen = offered(interaction, custom_id("review-nobody", draft_id, ref, page))

        def change(point: KeyPoint) -> Change:
            return NameNobody(ref, _and_seen(review_of(point).unnamed, point, seen))

        await self.change(interaction, (draft_id, ref, page), change, done=ALL_NAME_NOBODY)

    @routed("review-kind")
    async def set_kind(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Set a point's kind."""
        kind = next(iter(chosen(interaction)), Kind.VIEW)
        await self.change(interaction, (draft_id, ref, page), lambda _: SetKind(ref, Kind(kind)))

    @routed("review-drop")
    async def ask_drop(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Ask before a point is dropped."""
        await interaction.response.defer()
        await self.point(interaction, draft_id, ref)
        yes = button("Drop", "review-dropped", draft_id, ref, page, style=discord.ButtonStyle.danger)
        no = button("Keep", "review-point", draft_id, ref, page)
        await interaction.edit_original_response(view=card([DROP], [ui.ActionRow(yes, no)]))

    @routed("review-dropped")
    async def drop(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Drop a point."""
        await self.change(interaction, (draft_id, ref, page), lambda _: DropPoint(ref), done="The point was dropped.")


def _and_seen(ticked: tuple[str, ...], point: KeyPoint, seen: frozenset[str]) -> tuple[str, ...]:
    """``ticked`` and the supporters that the person saw, as far as they are supporters still."""
    return tuple(dict.fromkeys([*ticked, *(quote.message for quote in point.quotes if quote.message in seen)]))
