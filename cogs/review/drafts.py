"""The buttons of a draft's card: its pages, its points, its changes, and setting it aside."""

from __future__ import annotations

import discord

from bot.client import Bot
from cogs.core.answers import acknowledge, defer_answer, defer_update
from cogs.core.routing import RoutedCog, route
from cogs.review.changes import show_point
from cogs.review.changes_card import changes_card
from cogs.review.desk import DraftDesk, Interaction, require_open
from cogs.review.draft_card import PUT_ASIDE, chooser_card, draft_card
from cogs.ui.cards import card, confirm
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import read_page_number

ASIDE = "Discard this draft and its changes? `/summary draft` makes a new one."
SET_ASIDE = "Draft discarded."


class DraftCards(RoutedCog):
    """Shows drafts and their points."""

    def __init__(self, bot: Bot, desk: DraftDesk) -> None:
        super().__init__(bot)
        self._desk = desk

    @route("review-page")
    async def turn_page(self, interaction: Interaction, draft_id: str, page: str) -> None:
        """Show another page of a draft on its card."""
        await defer_update(interaction)
        draft = await self._desk.named(interaction, draft_id)
        question = (await self._desk.prompt_of(draft)).wording.question
        await interaction.edit_original_response(view=draft_card(draft, question, read_page_number(page)))

    @route("review-choose")
    async def choose(self, interaction: Interaction, draft_id: str) -> None:
        """Open a point's card for the person who chose it."""
        await acknowledge(interaction)
        await show_point(self._desk, interaction, draft_id, next(iter(read_chosen_values(interaction)), ""))

    @route("review-point")
    async def turn_quotes(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Show other quotes of a point."""
        await acknowledge(interaction)
        await show_point(self._desk, interaction, draft_id, ref, read_page_number(page))

    @route("review-more")
    async def show_more(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Show everything that can be done with a point."""
        await acknowledge(interaction)
        await show_point(self._desk, interaction, draft_id, ref, read_page_number(page), more=True)

    @route("review-back")
    async def back(self, interaction: Interaction, draft_id: str, *_: str) -> None:
        """Let a person choose another point."""
        await defer_update(interaction)
        draft = await self._desk.named(interaction, draft_id)
        await interaction.edit_original_response(view=chooser_card(draft))

    @route("review-changes")
    async def list_changes(self, interaction: Interaction, draft_id: str, page: str) -> None:
        """List who changed what, without names."""
        await acknowledge(interaction)
        draft = await self._desk.named(interaction, draft_id)
        made = await self.bot.store.drafts.changes(draft.id)
        await interaction.edit_original_response(view=changes_card(draft, made, read_page_number(page)))

    @route("review-aside")
    async def ask_aside(self, interaction: Interaction, draft_id: str) -> None:
        """Ask before a draft is set aside."""
        await defer_answer(interaction)
        draft = require_open(await self._desk.named(interaction, draft_id))
        await interaction.edit_original_response(view=confirm(ASIDE, PUT_ASIDE, "review-set-aside", draft.id))

    @route("review-set-aside")
    async def set_aside(self, interaction: Interaction, draft_id: str) -> None:
        """Set a draft aside."""
        await defer_update(interaction)
        draft = await self._desk.named(interaction, draft_id)
        async with self._desk.turns[draft.id]:
            dropped = await self.bot.store.drafts.drop(draft, discord.utils.utcnow())
        await self._desk.refresh(dropped)
        await interaction.edit_original_response(view=card(SET_ASIDE))
