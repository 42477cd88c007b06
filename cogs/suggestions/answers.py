"""Facilitators answer suggestions: they approve, with changes where they like, or decline with a reason."""

from __future__ import annotations

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Passage
from bot.models.suggestions import Suggestion, SuggestionState
from bot.services.suggestions import decline_suggestion, find_excerpt, find_suggestion
from bot.store.suggestions import ANSWERED
from cogs.core.access import require_facilitator, server
from cogs.core.answers import defer_answer, open_form
from cogs.core.direct_messages import send_direct_message
from cogs.core.routing import RoutedCog, route
from cogs.library.forms import read_passage, read_question
from cogs.suggestions.cards import approve_form, decline_form, format_answer
from cogs.suggestions.desk import SuggestionDesk
from cogs.ui.cards import text_card
from cogs.ui.forms import form_values
from cogs.ui.pages import id_or_zero

Interaction = discord.Interaction[Bot]

ADDED = "Approved. It’s excerpt {number} of “Suggested by staff” in the library."
ASKED = "Approved. The excerpt has the question now."
DECLINED = "Declined. The author sees your reason in /my."


class SuggestionAnswers(RoutedCog):
    """The facilitators' side."""

    def __init__(self, bot: Bot, desk: SuggestionDesk) -> None:
        super().__init__(bot)
        self._desk = desk

    @route("suggestion-approve")
    async def open_approve(self, interaction: Interaction, name: str) -> None:
        """Open the form by the card's button, filled with the suggestion."""
        suggestion = await self._waiting(interaction, name)
        await open_form(interaction, approve_form(suggestion))

    @route("suggestion-decline")
    async def open_decline(self, interaction: Interaction, name: str) -> None:
        """Open the form for the reason by the card's other button."""
        suggestion = await self._waiting(interaction, name)
        await open_form(interaction, decline_form(suggestion))

    @route("suggestion-excerpt")
    async def make_excerpt(self, interaction: Interaction, name: str) -> None:
        """Make an excerpt of what the form holds."""
        suggestion = await self._waiting(interaction, name)
        await defer_answer(interaction)
        passage = read_passage(form_values(interaction), Passage(""))
        now, store = discord.utils.utcnow(), self.bot.store
        decided = await store.suggestions.make_excerpt(suggestion, passage, interaction.user.id, now)
        excerpt = await store.library.excerpt(decided.guild_id, decided.excerpt_id or 0)
        await self._follow(interaction, decided, ADDED.format(number=excerpt.position))

    @route("suggestion-question")
    async def add_question(self, interaction: Interaction, name: str) -> None:
        """Give the question to the excerpt that the form names."""
        suggestion = await self._waiting(interaction, name)
        await defer_answer(interaction)
        values = form_values(interaction)
        question = read_question(values)
        excerpt = await find_excerpt(self.bot.store, suggestion.guild_id, str(values.get("source") or ""))
        decided = await self.bot.store.suggestions.add_question(
            suggestion, excerpt.id, question, interaction.user.id, discord.utils.utcnow()
        )
        await self._follow(interaction, decided, ASKED)

    @route("suggestion-declined")
    async def decline(self, interaction: Interaction, name: str) -> None:
        """Decline, with the form's reason."""
        suggestion = await self._waiting(interaction, name)
        await defer_answer(interaction)
        words = str(form_values(interaction).get("reason") or "").strip()
        own_words, now = self.bot.known_words(suggestion.guild_id), discord.utils.utcnow()
        decided = await decline_suggestion(
            self.bot.store, suggestion, words, own_words, user_id=interaction.user.id, now=now
        )
        await self._follow(interaction, decided, DECLINED)

    async def _follow(self, interaction: Interaction, decided: Suggestion, answer: str) -> None:
        """Tell the facilitator, let the card follow, and tell the author where they allow it."""
        await interaction.followup.send(view=text_card(answer), ephemeral=True)
        await self._desk.show(decided)
        author = await self.bot.store.people.reach(decided.guild_id, decided.person)
        if author is not None:
            about = "suggestion", interaction.id
            await send_direct_message(self.bot, decided.guild_id, author, format_answer(decided), about)

    async def _waiting(self, interaction: Interaction, name: str) -> Suggestion:
        """Find the suggestion that a card or a form names. Raises UserError where it is answered or gone."""
        await require_facilitator(interaction)
        number = id_or_zero(name.partition("-")[0])
        suggestion = await find_suggestion(self.bot.store, server(interaction).id, number, name)
        if suggestion.state is not SuggestionState.WAITING:
            await self._desk.show(suggestion)
            raise UserError(ANSWERED)
        return suggestion
