"""/suggest: staff propose a passage or a question; they are told at once what was taken out of their words."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.replies.sanitise import format_removed
from bot.services.suggestions import keep_suggestion
from bot.store.people.choices import STOPPED
from bot.text.markdown import escape
from cogs.core.access import server
from cogs.core.answers import defer_answer, open_form
from cogs.core.routing import RoutedCog, route
from cogs.replies.message_checks import signpost
from cogs.suggestions.cards import read_parts, suggestion_form
from cogs.suggestions.desk import SuggestionDesk
from cogs.ui.cards import text_card
from cogs.ui.forms import form_values, join_written

Interaction = discord.Interaction[Bot]

SENT = "Thank you. Facilitators will see it without your name. You’ll find their answer in /my."
KEPT = (
    "Thank you. We’ve saved your suggestion without your name. Facilitators will see it as soon as the bot can post "
    "in their channel. You’ll find their answer in /my."
)
YOUR_WORDS = "Here are your words, to keep:"


class SuggestionForms(RoutedCog):
    """The author's side."""

    def __init__(self, bot: Bot, desk: SuggestionDesk) -> None:
        super().__init__(bot)
        self._desk = desk

    @app_commands.command(description="Suggest a passage or a question to the facilitators")
    @app_commands.guild_only()
    async def suggest(self, interaction: Interaction) -> None:
        """Open the form."""
        if (await self.bot.store.people.of(server(interaction).id, interaction.user.id)).stopped:
            raise UserError(STOPPED)
        await open_form(interaction, suggestion_form())

    @route("suggest-form")
    async def send_form(self, interaction: Interaction) -> None:
        """Keep what was sent. Where it is refused, its author gets the words back."""
        await defer_answer(interaction)
        words = join_written(interaction)
        try:
            answer = await self._keep(interaction)
        except UserError as error:
            answer = f"{error.public}\n{YOUR_WORDS}\n{escape(words)}" if words else error.public
        await interaction.followup.send(view=text_card(answer), ephemeral=True)
        await signpost(interaction, words)

    async def _keep(self, interaction: Interaction) -> str:
        guild_id, parts = server(interaction).id, read_parts(form_values(interaction))
        own_words, now = self.bot.known_words(guild_id), discord.utils.utcnow()
        kept, removed = await keep_suggestion(self.bot.store, guild_id, interaction.user.id, parts, own_words, now)
        await self._desk.set_right(guild_id)
        is_shown = (await self.bot.store.suggestions.get(guild_id, kept.id)).message_id is not None
        return f"{SENT if is_shown else KEPT} {format_removed(removed, 'suggestion')}".strip()
