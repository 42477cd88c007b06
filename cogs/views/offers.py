"""Facilitators decide which statements others may answer: they untick, show what is left, and take one back."""

from __future__ import annotations

import discord

from bot.client import Bot
from bot.models.views import Offer
from bot.services.statements import decide_offer, take_back_statement
from cogs.core.access import require_facilitator, server
from cogs.core.answers import defer_update
from cogs.core.routing import RoutedCog, route
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import id_from, id_or_zero
from cogs.views.desk import OfferDesk

Interaction = discord.Interaction[Bot]


class OfferAnswers(RoutedCog):
    """The facilitators' side."""

    def __init__(self, bot: Bot, desk: OfferDesk) -> None:
        super().__init__(bot)
        self._desk = desk

    @route("offer-tick")
    async def tick(self, interaction: Interaction, offer_id: str) -> None:
        """Tick what the facilitator left ticked."""
        offer = await self._offer(interaction, offer_id)
        await self.bot.store.statements.tick(offer, read_chosen_values(interaction))
        await self._show(interaction, offer)

    @route("offer-show")
    async def show(self, interaction: Interaction, offer_id: str, last: str) -> None:
        """Show what is ticked to staff."""
        offer = await self._offer(interaction, offer_id)
        await self._decide(interaction, offer, last)

    @route("offer-none")
    async def show_none(self, interaction: Interaction, offer_id: str, last: str) -> None:
        """Show none of them."""
        offer = await self._offer(interaction, offer_id)
        await self.bot.store.statements.tick(offer, ())
        await self._decide(interaction, offer, last)

    @route("offer-back")
    async def take_back(self, interaction: Interaction, offer_id: str) -> None:
        """Take a statement back."""
        offer = await self._offer(interaction, offer_id)
        for mark in read_chosen_values(interaction):
            await take_back_statement(self.bot.store, offer, mark, interaction.user.id, discord.utils.utcnow())
        self.bot.dispatch("others_changed", offer.prompt_id)
        await self._show(interaction, offer)

    async def _decide(self, interaction: Interaction, offer: Offer, last: str) -> None:
        try:
            await decide_offer(self.bot.store, offer, id_or_zero(last), interaction.user.id, discord.utils.utcnow())
            self.bot.dispatch("others_changed", offer.prompt_id)  # before anything that can fail
        finally:
            await self._show(interaction, offer)

    async def _offer(self, interaction: Interaction, offer_id: str) -> Offer:
        await require_facilitator(interaction)
        await defer_update(interaction)
        return await self.bot.store.statements.get_offer(server(interaction).id, id_from(offer_id, "offer"))

    async def _show(self, interaction: Interaction, offer: Offer) -> None:
        """Let the card that was pressed say what is so now, and the one in the facilitators' channel."""
        view = await self._desk.card(offer)
        await interaction.edit_original_response(view=view)
        if interaction.message is None or interaction.message.id != offer.message_id:
            await self._desk.show(offer.prompt_id)
