"""Sending, changing and taking back a private reply: for its author alone, and only while the prompt is open."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState
from bot.replies.risk_signposting import care_lines
from bot.replies.sanitise import to_store
from cogs.core.access import server
from cogs.core.routing import RoutedCog, routed
from cogs.private_replies.forms import LONGEST_PRIVATE, Filled, private_form, read_form, written
from cogs.private_replies.texts import NOTHING_TO_TAKE_BACK, TAKEN_BACK, given_back, sent_card, sent_lines
from cogs.replies.views import text_view
from cogs.ui.forms import form_values

Interaction = discord.Interaction[Bot]

GONE = "This prompt is gone, so it takes no private replies."
CLOSED = "This prompt is closed, so private replies to it can no longer be sent or changed."
BY_CODE = "To take back one that you sent, use /my withdraw with its code."
TOO_LONG = "With the marks for what I took out, your words are too long. Please shorten them."
NOTHING_STORED = "Nothing was stored."


class PrivateReplies(RoutedCog):
    """The author's side. Nobody else sees anything of it, and nothing is posted."""

    @routed("private")
    async def open_form(self, interaction: Interaction, claim: str) -> None:
        """The button on the card: open the form, filled where the person has sent a private reply."""
        await self._open(interaction, claim)

    @routed("private-change")
    async def open_again(self, interaction: Interaction, claim: str) -> None:
        """The author's own button under the answer."""
        await self._open(interaction, claim)

    @routed("private-form")
    async def send_form(self, interaction: Interaction, claim: str) -> None:
        """Store what was sent. Whatever happens, its author still has the words."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        values = form_values(interaction)
        try:
            prompt = await self._prompt(interaction, claim)
            view = await self._store(interaction, prompt, read_form(values))
        except UserError as error:
            view = text_view(given_back(f"{error.public} {NOTHING_STORED}", written(values)))
        except Exception:
            await _answer(interaction, text_view(given_back(NOTHING_STORED, written(values))))
            raise
        await _answer(interaction, view)
        settings = await self.bot.store.settings.of(server(interaction).id)
        if care := care_lines(settings, written(values)):
            await _answer(interaction, text_view(care))

    @routed("private-withdraw")
    async def withdraw(self, interaction: Interaction, claim: str) -> None:
        """Erase the person's own private reply."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        prompt = await self._prompt(interaction, claim)
        reply = await self.bot.store.private.own(prompt, interaction.user.id)
        if reply is None or not await self.bot.store.private.withdraw_own(prompt, interaction.user.id):
            raise UserError(NOTHING_TO_TAKE_BACK)
        await _answer(interaction, text_view(given_back(TAKEN_BACK, reply.text)))

    async def _open(self, interaction: Interaction, claim: str) -> None:
        """Open the form, which has to be the first answer."""
        prompt = await self._prompt(interaction, claim)
        settings = await self.bot.store.settings.of(prompt.guild_id)
        before = await self.bot.store.private.own(prompt, interaction.user.id)
        await interaction.response.send_modal(private_form(prompt, settings.time_zone, before))

    async def _store(self, interaction: Interaction, prompt: Prompt, filled: Filled) -> ui.LayoutView:
        kept = to_store(filled.text, self.bot.own_words.get(prompt.guild_id, ()))
        if len(kept.text) > LONGEST_PRIVATE:
            raise UserError(TOO_LONG)
        settings = await self.bot.store.settings.of(prompt.guild_id)
        store, user_id = self.bot.store.private, interaction.user.id
        changed = await store.own(prompt, user_id) is not None
        code = await store.add(
            prompt,
            user_id,
            text=kept.text,
            quoting=filled.quoting,
            group=filled.group,
            manages=filled.manages,
            today=discord.utils.utcnow().astimezone(ZoneInfo(settings.time_zone)).date(),
        )
        lines = sent_lines(prompt, settings.time_zone, code=code, changed=changed, removed=kept.removed)
        return sent_card(lines, prompt.claim)

    async def _prompt(self, interaction: Interaction, claim: str) -> Prompt:
        """The open prompt of this server that a button names. Raises UserError for any other."""
        prompt = await self.bot.store.prompts.by_claim(claim)
        if prompt is None or prompt.guild_id != server(interaction).id or prompt.gone_at is not None:
            raise UserError(GONE)
        # The form says until when somebody could find out; so nothing is taken after that, even if the bot is late.
        if prompt.state is not PromptState.OPEN or prompt.closes_at <= discord.utils.utcnow():
            raise UserError(f"{CLOSED} {BY_CODE}")
        return prompt


async def _answer(interaction: Interaction, view: ui.LayoutView) -> None:
    await interaction.followup.send(view=view, ephemeral=True)
