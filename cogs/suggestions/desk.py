"""Keeps one card for each suggestion in the facilitators' channel, and none for what its author erased."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import UserError
from bot.models.suggestions import Suggestion, SuggestionState
from bot.store import StoreError
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.posts import make_nonce
from cogs.suggestions.cards import suggestion_card

log = logging.getLogger(__name__)

LOOK_BACK = 200
"""How many messages of the facilitators' channel are searched for cards."""
RETRY = timedelta(hours=1)
APPROVE = re.compile(r"suggestion-approve:(\d{1,18})")


class SuggestionDesk(PeriodicCog):
    """Sets the cards right at the start, once a day, and after each suggestion, answer and erasure."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server
        self._left_behind: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        """The cards that are still in a channel that facilitators had: its id and the message's, by server."""

    @periodic(every=timedelta(hours=24), retry=RETRY)
    async def look(self) -> bool:
        """Set the cards of every server right: some may have been cut short, or be of what was erased meanwhile."""
        return all([await self.set_right(guild.id) for guild in self.bot.guilds])

    @commands.Cog.listener()
    async def on_suggestions_erased(self, guild_id: int, cards: Sequence[int]) -> None:
        """Delete the cards of suggestions that were erased, by their author or by age (an event of the bot's own)."""
        channel = await self._channel(guild_id)
        if channel is None:
            return
        for card in cards:
            try:
                await channel.get_partial_message(card).delete()
            except DISCORD_FAULTS as error:
                log.info("guild %s: the card of an erased suggestion: %s", guild_id, fault_name(error))
        await self.set_right(guild_id)

    @commands.Cog.listener()
    async def on_facilitators_moved(self, guild_id: int, before: int) -> None:
        """Move the cards to another channel of facilitators (an event of the bot's own): erasing looks only there."""
        try:
            async with self._turns[guild_id]:
                for suggestion in await self.bot.store.suggestions.of_guild(guild_id):
                    if suggestion.message_id is not None:
                        self._left_behind[guild_id].append((before, suggestion.message_id))
                        await self.bot.store.suggestions.note_card(suggestion, None)
        except StoreError as error:
            log.warning("guild %s: cards of suggestions could not move: %s", guild_id, fault_name(error))
        await self.set_right(guild_id)

    @commands.Cog.listener()
    async def on_facilitators_named(self, guild_id: int) -> None:
        """Post what waits in the channel that /setup named for facilitators (an event of the bot's own)."""
        await self.set_right(guild_id)

    async def set_right(self, guild_id: int) -> bool:
        """Post the cards that are missing, and delete those of suggestions that are gone.

        Faults are logged. Where there was one, False is returned, and it is tried again within the hour.
        """
        try:
            async with self._turns[guild_id]:
                try:
                    await self._set_right(guild_id)
                finally:  # neither channel holds the other up
                    await self._delete_left_behind(guild_id)
        except (*DISCORD_FAULTS, StoreError) as error:
            log.warning("guild %s: the cards of suggestions are not right: %s", guild_id, fault_name(error))
            self.look.wake(RETRY)
            return False
        return True

    async def show(self, suggestion: Suggestion) -> None:
        """Let a suggestion's card say what was answered. A card that was deleted stays away."""
        channel = await self._channel(suggestion.guild_id)
        if channel is None or suggestion.message_id is None:
            return
        try:
            with contextlib.suppress(discord.NotFound):
                await channel.get_partial_message(suggestion.message_id).edit(view=suggestion_card(suggestion))
        except DISCORD_FAULTS as error:
            log.warning("the card of suggestion %s could not follow: %s", suggestion.id, fault_name(error))

    async def _set_right(self, guild_id: int) -> None:
        channel = await self._channel(guild_id)
        if channel is None:
            return
        cards = await self._cards(channel)
        for suggestion in await self.bot.store.suggestions.waiting(guild_id):
            if suggestion.message_id is not None:
                continue
            view = suggestion_card(suggestion)
            card = cards.get(suggestion.id)
            if card is None:
                card = await channel.send(view=view, nonce=make_nonce("suggestion", channel.id, suggestion.name))
            else:
                await card.edit(view=view)  # the number may be that of one that was erased
            await self.bot.store.suggestions.note_card(suggestion, card.id)
        for number, card in cards.items():
            await self._follow(guild_id, number, card)

    async def _delete_left_behind(self, guild_id: int) -> None:
        """Delete the cards in channels that facilitators had, as far as the bot can still reach them."""
        for channel_id, message_id in tuple(self._left_behind[guild_id]):
            place = self.bot.get_partial_messageable(channel_id, guild_id=guild_id)
            try:
                await place.get_partial_message(message_id).delete()
            except (discord.NotFound, discord.Forbidden) as error:
                log.info("guild %s: the card of a suggestion in a channel of before: %s", guild_id, fault_name(error))
            self._left_behind[guild_id].remove((channel_id, message_id))

    async def _follow(self, guild_id: int, number: int, card: discord.Message) -> None:
        """Let a card that still shows words follow what became of its suggestion."""
        try:
            suggestion = await self.bot.store.suggestions.get(guild_id, number)
        except UserError:
            await card.delete()
            return
        if suggestion.message_id != card.id:
            await card.delete()  # the number was given again after an erasure
        elif suggestion.state is not SuggestionState.WAITING:
            await card.edit(view=suggestion_card(suggestion))

    async def _cards(self, channel: discord.TextChannel) -> dict[int, discord.Message]:
        """Find the cards that show a suggestion's words, by its number; the newest where there are two."""
        cards: dict[int, discord.Message] = {}
        async for message in channel.history(limit=LOOK_BACK):
            if self.bot.user is None or message.author.id != self.bot.user.id:
                continue
            for match in APPROVE.finditer(str([part.to_dict() for part in message.components])):
                cards.setdefault(int(match[1]), message)
        return cards

    async def _channel(self, guild_id: int) -> discord.TextChannel | None:
        settings = await self.bot.store.settings.of(guild_id)
        channel = self.bot.get_channel(settings.facilitators_channel_id or 0)
        return channel if isinstance(channel, discord.TextChannel) else None
