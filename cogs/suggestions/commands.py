"""/suggest: staff propose a passage or a question; they are told at once what was taken out of their words."""

from __future__ import annotations

from collections import Counter

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.replies.redaction.kinds import Identifier
from bot.replies.risk_signposting import care_lines
from bot.replies.sanitise import to_store, told_removed
from bot.store.people.choices import STOPPED
from bot.text.escape import escape
from cogs.core.access import server
from cogs.core.routing import RoutedCog, routed
from cogs.replies.views import text_view
from cogs.suggestions.desk import Desk
from cogs.suggestions.forms import LONGEST, read_parts, suggestion_form
from cogs.ui.forms import form_values, written

Interaction = discord.Interaction[Bot]

EMPTY = "Please write a passage or a question. Nothing was stored."
NO_SOURCE = "Please say where the passage is from. Nothing was stored."
TOO_LONG = "With the marks for what I took out, your words are too long. Please shorten them. Nothing was stored."
SENT = "Thank you. Facilitators see your suggestion without your name. You find their answer in /my data."
KEPT = (
    "Thank you. Your suggestion is kept without your name. Facilitators see it as soon as I can post in their channel. "
    "You find their answer in /my data."
)
YOUR_WORDS = "Here are your words, to keep:"


class Suggesting(RoutedCog):
    """The author's side."""

    def __init__(self, bot: Bot, desk: Desk) -> None:
        super().__init__(bot)
        self._desk = desk

    @app_commands.command(description="Suggest a passage or a question to the facilitators")
    @app_commands.guild_only()
    async def suggest(self, interaction: Interaction) -> None:
        """Open the form."""
        if (await self.bot.store.people.of(server(interaction).id, interaction.user.id)).stopped:
            raise UserError(STOPPED)
        await interaction.response.send_modal(suggestion_form())

    @routed("suggest-form")
    async def send_form(self, interaction: Interaction) -> None:
        """Keep what was sent. Where it is refused, its author gets the words back."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            told = await self._keep(interaction)
        except UserError as error:
            words = written(interaction)
            told = f"{error.public}\n{YOUR_WORDS}\n{escape(words)}" if words else error.public
        await interaction.followup.send(view=text_view(told), ephemeral=True)
        settings = await self.bot.store.settings.of(server(interaction).id)
        if care := care_lines(settings, written(interaction)):
            await interaction.followup.send(view=text_view(care), ephemeral=True)

    async def _keep(self, interaction: Interaction) -> str:
        guild_id = server(interaction).id
        parts, removed = read_parts(form_values(interaction)), Counter[Identifier]()
        for name, words in parts.items():
            stored = to_store(words, self.bot.own_words.get(guild_id, ()))
            parts[name] = stored.text
            removed.update(stored.removed)
        if not parts["passage"] and not parts["question"]:
            raise UserError(EMPTY)
        if parts["passage"] and not parts["source"]:
            raise UserError(NO_SOURCE)
        if any(len(words) > LONGEST[name] for name, words in parts.items()):
            raise UserError(TOO_LONG)
        now = discord.utils.utcnow()
        kept = await self.bot.store.suggestions.add(
            guild_id,
            interaction.user.id,
            passage=parts["passage"],
            source=parts["source"],
            question=parts["question"],
            now=now,
        )
        await self._desk.set_right(guild_id)
        shown = (await self.bot.store.suggestions.get(guild_id, kept.id)).message_id is not None
        return f"{SENT if shown else KEPT} {told_removed(removed)}".strip()
