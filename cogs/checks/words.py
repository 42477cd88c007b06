"""Saying privately what is missing in a check: for its author alone, and only while the check is open."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.checks import Check
from bot.replies.sanitise import format_removed
from bot.services.check_rounds import find_open_check
from bot.services.checks import keep_missing, take_back_missing
from bot.text.dates import format_local_date
from cogs.checks.forms import missing_form
from cogs.core.access import server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.private_replies.answers import answer_form
from cogs.private_replies.forms import CHANGE, CODE, DELETE, STORED, TAKEN_BACK, UNTIL, read_form, read_words
from cogs.replies.views import give_back
from cogs.ui.cards import card
from cogs.ui.forms import form_values
from cogs.ui.parts import Row, button
from cogs.views.cards import BACK

Interaction = discord.Interaction[Bot]


class CheckWordsForms(RoutedCog):
    """The author's side. Nobody else sees anything of it, and nothing is posted."""

    @route("check-words")
    async def open(self, interaction: Interaction, claim: str) -> None:
        """Open the form, which has to be the first answer, filled where the person has said something."""
        check = await self._check(interaction, claim)
        zone = (await self.bot.store.settings.of(check.guild_id)).time_zone
        before = await self.bot.store.checks.own(check, interaction.user.id)
        await open_form(interaction, missing_form(check, zone, before))

    @route("check-words-form")
    async def send(self, interaction: Interaction, claim: str) -> None:
        """Keep what was sent. Whatever happens, its author still has the words."""
        await acknowledge(interaction)
        words = read_words(form_values(interaction))
        await answer_form(interaction, words, self._keep(interaction, claim), show_privately)

    @route("check-words-withdraw")
    async def withdraw(self, interaction: Interaction, claim: str) -> None:
        """Erase what the person said is missing."""
        await acknowledge(interaction)
        check = await self._check(interaction, claim)
        words = await take_back_missing(self.bot.store, check, interaction.user.id)
        await show_privately(interaction, give_back(TAKEN_BACK, words))

    async def _keep(self, interaction: Interaction, claim: str) -> ui.LayoutView:
        check, filled = await self._check(interaction, claim), read_form(form_values(interaction))
        code, removed = await keep_missing(
            self.bot.store,
            check,
            interaction.user.id,
            text=filled.text,
            quoting=filled.quoting,
            own_words=self.bot.known_words(check.guild_id),
            now=discord.utils.utcnow(),
        )
        zone = (await self.bot.store.settings.of(check.guild_id)).time_zone
        until = UNTIL.format(date=format_local_date(check.ends_at, zone))
        lines = (STORED, format_removed(removed), CODE.format(code=code), until)
        ways = Row(
            button(BACK, "others-again", check.claim),
            button(CHANGE, "check-words", check.claim),
            button(DELETE, "check-words-withdraw", check.claim),
        )
        return card("\n\n".join(line for line in lines if line), ways, framed=False)

    async def _check(self, interaction: Interaction, claim: str) -> Check:
        return await find_open_check(self.bot.store, server(interaction).id, claim, discord.utils.utcnow())
