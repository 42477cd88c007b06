"""Sending, changing and taking back a private reply: for its author alone, and only while the prompt is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.services.replies.private_replies import find_open_prompt, keep_private_reply, take_back_private_reply
from cogs.core.access import server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.private_replies.forms import TAKEN_BACK, kept_card, private_form, read_form, read_words
from cogs.replies.message_checks import signpost
from cogs.replies.views import give_back
from cogs.ui.forms import form_values

Interaction = discord.Interaction[Bot]

NOTHING_STORED = "Nothing was saved."


class PrivateReplies(RoutedCog):
    """The author's side. Nobody else sees anything of it, and nothing is posted."""

    @route("private")
    async def open_form(self, interaction: Interaction, claim: str) -> None:
        """Open the form by the button on the card, filled where the person has sent a private reply."""
        await self._open(interaction, claim)

    @route("private-change")
    async def open_again(self, interaction: Interaction, claim: str) -> None:
        """Open it by the author's own button under the answer."""
        await self._open(interaction, claim)

    @route("private-form")
    async def send_form(self, interaction: Interaction, claim: str) -> None:
        """Store what was sent, and show its code in place of an older one. Its author has the words in any case."""
        await acknowledge(interaction)
        words = read_words(form_values(interaction))
        await answer_form(interaction, words, self._keep(interaction, claim), show_privately)

    @route("private-withdraw")
    async def withdraw(self, interaction: Interaction, claim: str) -> None:
        """Erase the person's own private reply, and show that in place of its code."""
        await acknowledge(interaction)
        prompt = await self._prompt(interaction, claim)
        words = await take_back_private_reply(self.bot.store, prompt, interaction.user.id)
        await show_privately(interaction, give_back(TAKEN_BACK, words))

    async def _open(self, interaction: Interaction, claim: str) -> None:
        """Open the form, which has to be the first answer."""
        prompt = await self._prompt(interaction, claim)
        settings = await self.bot.store.settings.of(prompt.guild_id)
        before = await self.bot.store.private.own(prompt, interaction.user.id)
        await open_form(interaction, private_form(prompt, settings.time_zone, before))

    async def _keep(self, interaction: Interaction, claim: str) -> ui.LayoutView:
        prompt, filled = await self._prompt(interaction, claim), read_form(form_values(interaction))
        reply = await keep_private_reply(
            self.bot.store,
            prompt,
            interaction.user.id,
            text=filled.text,
            quoting=filled.quoting,
            group=filled.group,
            manages=filled.manages,
            own_words=self.bot.known_words(prompt.guild_id),
            now=discord.utils.utcnow(),
        )
        settings = await self.bot.store.settings.of(prompt.guild_id)
        return kept_card(reply, prompt, settings.time_zone)

    async def _prompt(self, interaction: Interaction, claim: str) -> Prompt:
        return await find_open_prompt(self.bot.store, server(interaction).id, claim, discord.utils.utcnow())


async def answer_form(
    interaction: Interaction,
    words: str,
    keep: Awaitable[ui.LayoutView],
    show: Callable[[Interaction, ui.LayoutView], Awaitable[None]],
) -> None:
    """Keep what a form holds, and show the answer. Whatever happens, its author still has the words.

    ``keep`` raises UserError where nothing was stored.
    """
    try:
        view = await keep
    except UserError as error:
        view = give_back(f"{error.public} {NOTHING_STORED}", words)
    except Exception:
        await show(interaction, give_back(NOTHING_STORED, words))
        raise
    await show(interaction, view)
    await signpost(interaction, words)
