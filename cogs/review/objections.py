"""What people say against a published summary: a form for all, whose answers facilitators alone read and settle."""

from __future__ import annotations

import asyncio
from functools import partial

import discord

from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.reports import Button, NewReport
from bot.models.reviews import Objection
from bot.models.summaries import SharedSummary
from bot.prompts.texts import quote_question
from bot.replies.risk_signposting import care_lines
from bot.replies.sanitise import format_removed, sanitise
from bot.services.summaries.published_summaries import settle_objection
from cogs.core.access import require_facilitator, server
from cogs.core.answers import acknowledge, defer_answer, open_form
from cogs.core.reports import deliver_reports
from cogs.core.routing import RoutedCog, route
from cogs.review.desk import Interaction
from cogs.review.forms import WORDS, objection_form, settle_form
from cogs.review.objection_cards import objection_card, objections_card
from cogs.ui.forms import form_values, read_chosen_values
from cogs.ui.pages import id_from, read_page_number
from cogs.ui.parts import custom_id

FORGOTTEN = "We no longer keep this summary, so please write to a facilitator instead."
THANKS = "Thank you. We’ve told the facilitators. Only they can read your words."
EMPTY = "Please write something before you send the form."
WAITS = "Someone says the summary of {question} got them wrong."
SEE = "See it"


class Objections(RoutedCog):
    """Takes what people say against a published summary, and keeps it before facilitators until it is settled."""

    @route("objection")
    async def open_form(self, interaction: Interaction) -> None:
        """Open the form for the summary above the button."""
        shared = await self._shared(interaction)
        await open_form(interaction, objection_form("objection-form", shared.id))

    @route("objection-form")
    async def send_form(self, interaction: Interaction, _summary_id: str) -> None:
        """Keep an answer, and tell the facilitators that one waits."""
        await defer_answer(interaction)
        words, shared = _read_words(interaction), await self._shared(interaction)
        stored = await asyncio.to_thread(sanitise, words, self.bot.known_words(shared.guild_id))
        prompt = await self.bot.store.prompts.get(shared.guild_id, shared.prompt_id)
        await self.bot.store.objections.add(
            guild_id=shared.guild_id,
            summary_id=shared.id,
            user_id=interaction.user.id,
            text=stored.text,
            now=discord.utils.utcnow(),
            report=partial(_report, prompt),
        )
        settings = await self.bot.store.settings.of(shared.guild_id)
        lines = [THANKS, format_removed(stored.removed, "words"), care_lines(settings, words)]
        await interaction.followup.send("\n\n".join(filter(None, lines)), ephemeral=True)
        await deliver_reports(self.bot, shared.guild_id)

    @route("objection-see")
    async def see(self, interaction: Interaction, objection_id: str) -> None:
        """Show an answer to one facilitator."""
        await acknowledge(interaction)
        settings = await require_facilitator(interaction)
        objection = await self.bot.store.objections.get(settings.guild_id, id_from(objection_id, "answer"))
        await interaction.edit_original_response(view=await self._card(objection))

    @route("objection-choose")
    async def choose(self, interaction: Interaction) -> None:
        """Show the answer that a facilitator chose from the list."""
        await self.see(interaction, next(iter(read_chosen_values(interaction)), ""))

    @route("objection-page")
    async def turn_page(self, interaction: Interaction, page: str) -> None:
        """Show another page of the answers that wait."""
        await acknowledge(interaction)
        settings = await require_facilitator(interaction)
        waiting = await self.bot.store.objections.waiting(settings.guild_id)
        await interaction.edit_original_response(view=objections_card(waiting, read_page_number(page)))

    @route("objection-settle")
    async def open_settle(self, interaction: Interaction, objection_id: str) -> None:
        """Open the form that settles an answer."""
        await require_facilitator(interaction)
        await open_form(interaction, settle_form("objection-settled", id_from(objection_id, "answer")))

    @route("objection-settled")
    async def settle(self, interaction: Interaction, objection_id: str) -> None:
        """Note what was done about an answer."""
        await acknowledge(interaction)
        settings = await require_facilitator(interaction)
        words = sanitise(_read_words(interaction), self.bot.known_words(settings.guild_id)).text
        settled = await settle_objection(
            self.bot.store, settings.guild_id, id_from(objection_id, "answer"), words, discord.utils.utcnow()
        )
        await interaction.edit_original_response(view=await self._card(settled))

    async def _card(self, objection: Objection) -> discord.ui.LayoutView:
        """Make the card of an answer, which leads to the thread of its summary."""
        prompt_id = await self.bot.store.objections.prompt_of(objection)
        if prompt_id is None:
            return objection_card(objection)
        return objection_card(objection, (await self.bot.store.prompts.get(objection.guild_id, prompt_id)).thread_id)

    async def _shared(self, interaction: Interaction) -> SharedSummary:
        """Return the summary that the person has before them, in their own server."""
        message = interaction.message
        shared = await self.bot.store.summaries.by_message(message.id) if message is not None else None
        if shared is None or shared.guild_id != server(interaction).id:
            raise UserError(FORGOTTEN)
        return shared


def _read_words(interaction: Interaction) -> str:
    words = str(form_values(interaction).get(WORDS) or "").strip()
    if not words:
        raise UserError(EMPTY)
    return words


def _report(prompt: Prompt, kept: Objection) -> NewReport:
    text = WAITS.format(question=quote_question(prompt))
    # An answer's number may be given again after an erasure, with another moment.
    key = f"objection:{kept.id}:{kept.made_at.isoformat()}"
    return NewReport(kept.guild_id, key, text, (Button(SEE, custom_id("objection-see", kept.id)),))
