"""Facilitators read private replies before any summary does, leave some out, and let the others in."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.private import Batch
from bot.replies.sanitise import sanitise
from bot.services.replies.private_replies import find_in_batch, find_subject, leave_out_of_batch, put_back_into_batch
from bot.text.clean import clean_line
from cogs.core.access import require_facilitator, server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.private_replies.batch_card import LONGEST_REASON, reading_card
from cogs.ui.forms import form, form_values, text_field
from cogs.ui.pages import id_or_zero, read_page_number

Interaction = discord.Interaction[Bot]

REASON = "reason"
NO_REASON = "Please give a reason. Nothing was changed."


class BatchReview(RoutedCog):
    """The facilitators' side. What they see is for them alone, never a message in a channel."""

    @route("private-read")
    async def read(self, interaction: Interaction, batch_id: str, page: str) -> None:
        """Show a page of a batch."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        await self._show(interaction, await self._batch(interaction, batch_id), page)

    @route("private-let-in")
    async def let_in(self, interaction: Interaction, batch_id: str, page: str) -> None:
        """Let summaries read a batch from now on."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        batch = await self._batch(interaction, batch_id)
        now = discord.utils.utcnow()
        batch = await self.bot.store.private.let_in(batch.guild_id, batch.id, interaction.user.id, now)
        self._follow(batch)
        await self._show(interaction, batch, page)

    @route("private-leave-out")
    async def ask_reason(self, interaction: Interaction, batch_id: str, reply_id: str, page: str) -> None:
        """Open the form for the reason."""
        await require_facilitator(interaction)
        await find_in_batch(self.bot.store, await self._batch(interaction, batch_id), reply_id)
        await open_form(interaction, _reason_form(batch_id, reply_id, page))

    @route("private-left-out")
    async def leave_out(self, interaction: Interaction, batch_id: str, reply_id: str, page: str) -> None:
        """Leave a reply out of summaries, and keep why."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        typed = clean_line(str(form_values(interaction).get(REASON) or ""))
        if not typed:
            raise UserError(NO_REASON)
        batch, who = await self._batch(interaction, batch_id), interaction.user.id
        reason = sanitise(typed, self.bot.known_words(batch.guild_id)).text
        now = discord.utils.utcnow()
        if await leave_out_of_batch(self.bot.store, batch, reply_id, reason=reason, user_id=who, now=now):
            self._follow(batch)
        await self._show(interaction, batch, page)

    @route("private-put-back")
    async def put_back(self, interaction: Interaction, batch_id: str, reply_id: str, page: str) -> None:
        """Let summaries read a reply again that was left out."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        batch = await self._batch(interaction, batch_id)
        now, who = discord.utils.utcnow(), interaction.user.id
        if await put_back_into_batch(self.bot.store, batch, reply_id, user_id=who, now=now):
            self._follow(batch)
        await self._show(interaction, batch, page)

    async def _batch(self, interaction: Interaction, batch_id: str) -> Batch:
        """Find the batch of this server that a button names. Raises UserError for any other."""
        return await self.bot.store.private.batch(server(interaction).id, id_or_zero(batch_id))

    def _follow(self, batch: Batch) -> None:
        """Tell others in the bot that what summaries may read has changed, if they may read the batch."""
        if batch.seen_at is not None:
            self.bot.dispatch("private_let_in", batch.id)

    async def _show(self, interaction: Interaction, batch: Batch, page: str) -> None:
        """Show a page as it is now, to the facilitator alone."""
        replies = await self.bot.store.private.of_batch(batch.guild_id, batch.id)
        settings = await self.bot.store.settings.of(batch.guild_id)
        subject = await find_subject(self.bot.store, batch)
        view = reading_card(batch, subject, replies, read_page_number(page), settings.time_zone)
        await show_privately(interaction, view)


def _reason_form(batch_id: str, reply_id: str, page: str) -> ui.Modal:
    hint = "Facilitators see the reason. Don’t guess who wrote it."
    reason = text_field("Why?", REASON, hint=hint, longest=LONGEST_REASON)
    return form("Leave this reply out", "private-left-out", batch_id, reply_id, page, fields=[reason])
