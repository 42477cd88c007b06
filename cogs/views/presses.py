"""What staff do with what others said: one statement or point at a time, one press each, seen by nobody else."""

from __future__ import annotations

from collections import Counter

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.views import Choice, OpenRound
from bot.services.statements import find_round, press, take_back_presses
from bot.text.dates import format_local_date
from cogs.core.access import helps_to_run, server
from cogs.core.answers import answer_privately, is_theirs_alone, update_card
from cogs.core.routing import RoutedCog, route
from cogs.ui.cards import text_card
from cogs.views.cards import (
    ASK_POINT,
    STOPPED,
    UNDONE,
    ask_about,
    end_card,
    own_words_card,
    promise_text,
    read_trail,
    statement_card,
)

Interaction = discord.Interaction[Bot]

LOOKING = "You help run this, so you can look but not tap."
NO_CHOICE = "That button is out of date. Open “What others said” again."
MOST_COUNTED = 10_000
"""Statements of which it is kept in memory how often they were shown; past that, counting begins again."""


class Presses(RoutedCog):
    """The staff's side. Nothing is posted, and nothing of it can be read before the end."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self._shown: Counter[str] = Counter()  # how often each statement was shown to anybody, since the start

    @route("others")
    async def open(self, interaction: Interaction, claim: str) -> None:
        """Go on where the person was, by the button of the question's card."""
        round_ = await self._round(interaction, claim)
        await _answer(interaction, await self._next(interaction, round_, list(round_.pressed)))

    @route("others-again")
    async def come_back(self, interaction: Interaction, claim: str) -> None:
        """Go on where the person was, from another card."""
        await self.open(interaction, claim)

    @route("others-press")
    async def press(self, interaction: Interaction, claim: str, pressed: str, trail: str) -> None:
        """Keep what the person pressed, and show the next statement in its place."""
        mark, choice = pressed[:-1], pressed[-1:]
        if choice not in tuple(Choice):
            raise UserError(NO_CHOICE)
        if await self._looks(interaction):
            raise UserError(LOOKING)
        round_ = await self._round(interaction, claim)
        round_ = await press(self.bot.store, round_, interaction.user.id, mark, Choice(choice))
        before = [other for other in read_trail(trail) if other != mark]
        await _answer(interaction, await self._next(interaction, round_, [*before, mark]))

    @route("others-next")
    async def go_on(self, interaction: Interaction, claim: str, mark: str, trail: str) -> None:
        """Show the next statement to somebody who only looks."""
        round_ = await self._round(interaction, claim)
        await _answer(interaction, await self._next(interaction, round_, [*read_trail(trail), mark]))

    @route("others-back")
    async def go_back(self, interaction: Interaction, claim: str, trail: str) -> None:
        """Show the statement before again, with what the person pressed about it."""
        round_ = await self._round(interaction, claim)
        before = [mark for mark in read_trail(trail) if mark in round_.subjects]
        if not before:
            view = await self._next(interaction, round_, [])
        else:
            place = len(before), len(round_.subjects)
            view = await self._card(interaction, round_, before[-1], before[:-1], place)
        await _answer(interaction, view)

    @route("others-own")
    async def ask_own_words(self, interaction: Interaction, claim: str) -> None:
        """Ask how the person wants to reply in their own words."""
        await _answer(interaction, own_words_card(await self._round(interaction, claim)))

    @route("others-stop")
    async def stop(self, interaction: Interaction) -> None:
        """Put the card away. What was pressed is kept."""
        await _answer(interaction, text_card(STOPPED))

    @route("others-undo")
    async def undo(self, interaction: Interaction, claim: str) -> None:
        """Erase all that the person pressed about this question."""
        round_ = await self._round(interaction, claim)
        await take_back_presses(self.bot.store, round_.owner, interaction.user.id)
        await _answer(interaction, text_card(UNDONE))

    async def _next(self, interaction: Interaction, round_: OpenRound, trail: list[str]) -> ui.LayoutView:
        """Show the next statement that the person has not answered, or the end."""
        looks = await self._looks(interaction)
        left = [mark for mark in round_.next if not looks or mark not in trail]
        if not left:
            zone = (await self.bot.store.settings.of(round_.owner.guild_id)).time_zone
            date = format_local_date(round_.until, zone)
            pressed = len(round_.pressed)
            return end_card(round_.owner.claim, date=date, pressed=pressed, trail=trail, looks=looks)
        number = len(trail if looks else round_.pressed) + 1
        return await self._card(interaction, round_, left[0], trail, (number, len(round_.subjects)))

    async def _card(
        self, interaction: Interaction, round_: OpenRound, mark: str, trail: list[str], place: tuple[int, int]
    ) -> ui.LayoutView:
        self._count(mark)
        settings = await self.bot.store.settings.of(round_.owner.guild_id)
        return statement_card(
            round_.owner.claim,
            round_.subjects[mark],
            place=place,
            trail=trail,
            chosen=round_.pressed.get(mark),
            promise="" if round_.pressed else promise_text(round_.until, settings.time_zone),
            looks=helps_to_run(interaction, settings),
            ask=ask_about(round_.owner.wording.question) if isinstance(round_.owner, Prompt) else ASK_POINT,
        )

    def _count(self, mark: str) -> None:
        if len(self._shown) >= MOST_COUNTED:
            self._shown.clear()
        self._shown[mark] += 1

    async def _looks(self, interaction: Interaction) -> bool:
        return helps_to_run(interaction, await self.bot.store.settings.of(server(interaction).id))

    async def _round(self, interaction: Interaction, claim: str) -> OpenRound:
        guild_id, now = server(interaction).id, discord.utils.utcnow()
        return await find_round(self.bot.store, guild_id, claim, interaction.user.id, self._shown, now)


async def _answer(interaction: Interaction, view: ui.LayoutView) -> None:
    """Show a card to this person alone, in place of the one that they pressed if nobody else sees that."""
    if is_theirs_alone(interaction):
        await update_card(interaction, view)
    else:
        await answer_privately(interaction, view)
