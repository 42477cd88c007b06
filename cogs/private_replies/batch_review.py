"""Facilitators read private replies before any summary does, leave some out, and let the others in."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import PRIVATE_LEFT_OUT, PRIVATE_PUT_BACK
from bot.models.private import Batch, PrivateReply
from bot.prompts.texts import one_line
from bot.replies.sanitise import to_store
from cogs.core.access import require_facilitator, server
from cogs.core.routing import RoutedCog, acknowledge, is_theirs_alone, routed
from cogs.private_replies.batch_card import LONGEST_REASON, reading_card
from cogs.ui.forms import form_values
from cogs.ui.parts import custom_id, detached

Interaction = discord.Interaction[Bot]

REASON = "reason"
NO_BATCH = "There are no such private replies in this server."
NO_REPLY = "That private reply is not here any more. It may have been withdrawn or erased."
NO_REASON = "Please give a reason. Nothing was changed."


class PrivateReading(RoutedCog):
    """The facilitators' side. What they see is for them alone, never a message in a channel."""

    @routed("private-read")
    async def read(self, interaction: Interaction, batch_id: str, page: str) -> None:
        """Show a page of a batch."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        await self._show(interaction, await self._batch(interaction, batch_id), page)

    @routed("private-let-in")
    async def let_in(self, interaction: Interaction, batch_id: str, page: str) -> None:
        """Let summaries read a batch from now on."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        batch = await self._batch(interaction, batch_id)
        now = discord.utils.utcnow()
        batch = await self.bot.store.private.let_in(batch.guild_id, batch.id, interaction.user.id, now)
        self._dispatch(batch)
        await self._show(interaction, batch, page)

    @routed("private-leave-out")
    async def ask_reason(self, interaction: Interaction, batch_id: str, reply_id: str, page: str) -> None:
        """Open the form for the reason."""
        await require_facilitator(interaction)
        await self._reply(await self._batch(interaction, batch_id), reply_id)
        await interaction.response.send_modal(_reason_form(batch_id, reply_id, page))

    @routed("private-left-out")
    async def leave_out(self, interaction: Interaction, batch_id: str, reply_id: str, page: str) -> None:
        """Leave a reply out of summaries, and keep why."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        typed = one_line(str(form_values(interaction).get(REASON) or ""))
        if not typed:
            raise UserError(NO_REASON)
        batch = await self._batch(interaction, batch_id)
        if not (await self._reply(batch, reply_id)).left_out:  # or somebody else was quicker
            reason = to_store(typed, self.bot.own_words.get(batch.guild_id, ())).text
            await self.bot.store.private.leave_out(batch.guild_id, reply_id, reason)
            await self._note(interaction, batch, PRIVATE_LEFT_OUT, reason)
        await self._show(interaction, batch, page)

    @routed("private-put-back")
    async def put_back(self, interaction: Interaction, batch_id: str, reply_id: str, page: str) -> None:
        """Let summaries read a reply again that was left out."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        batch = await self._batch(interaction, batch_id)
        if (await self._reply(batch, reply_id)).left_out:
            await self.bot.store.private.put_back(batch.guild_id, reply_id)
            await self._note(interaction, batch, PRIVATE_PUT_BACK)
        await self._show(interaction, batch, page)

    async def _batch(self, interaction: Interaction, batch_id: str) -> Batch:
        """The batch of this server that a button names. Raises UserError for any other."""
        if not (batch_id.isascii() and batch_id.isdecimal() and len(batch_id) < 19):
            raise UserError(NO_BATCH)
        return await self.bot.store.private.batch(server(interaction).id, int(batch_id))

    async def _reply(self, batch: Batch, reply_id: str) -> PrivateReply:
        """A reply of this batch. Raises UserError for any other."""
        for reply in await self.bot.store.private.of_batch(batch.guild_id, batch.id):
            if reply.id == reply_id:
                return reply
        raise UserError(NO_REPLY)

    async def _note(self, interaction: Interaction, batch: Batch, action: str, reason: str = "") -> None:
        """Put into the log what was done. It names the prompt of a batch, never that of a single reply."""
        await self.bot.store.actions.note(
            batch.guild_id,
            action,
            "",
            user_id=interaction.user.id,
            reason=reason,
            prompt_id=batch.prompt_id,
            now=discord.utils.utcnow(),
        )
        if batch.seen_at is not None:
            self._dispatch(batch)

    def _dispatch(self, batch: Batch) -> None:
        """Tell others in the bot that what summaries may read has changed."""
        self.bot.dispatch("private_let_in", batch.id)

    async def _show(self, interaction: Interaction, batch: Batch, page: str) -> None:
        """Show a page as it is now, to the facilitator alone."""
        view = await self._card(batch, int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 0)
        if is_theirs_alone(interaction):
            await interaction.edit_original_response(view=view)
        else:
            await interaction.followup.send(view=view, ephemeral=True)

    async def _card(self, batch: Batch, page: int) -> ui.LayoutView:
        replies = await self.bot.store.private.of_batch(batch.guild_id, batch.id)
        settings = await self.bot.store.settings.of(batch.guild_id)
        return reading_card(batch, await subject_of(self.bot, batch), replies, page, settings.time_zone)


async def subject_of(bot: Bot, batch: Batch) -> str:
    """The question of a batch's prompt, or the title of its series. One line, not escaped."""
    if batch.prompt_id is not None:
        prompt = await bot.store.prompts.get(batch.guild_id, batch.prompt_id)
        return one_line(prompt.wording.question)
    series = await bot.store.series.get(batch.guild_id, batch.series_id or 0)
    return one_line(series.title)


def _reason_form(batch_id: str, reply_id: str, page: str) -> ui.Modal:
    form = ui.Modal(title="Leave this reply out", custom_id=custom_id("private-left-out", batch_id, reply_id, page))
    text: ui.TextInput[ui.Modal] = ui.TextInput(custom_id=REASON, max_length=LONGEST_REASON)
    form.add_item(
        ui.Label(
            text="Why?",
            description="Facilitators see the reason. Do not guess who wrote it.",
            component=text,
        )
    )
    return detached(form)
