"""Offers statements to facilitators as replies come, and keeps the cards that hold them true."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Collection
from dataclasses import replace
from datetime import timedelta
from functools import partial

import discord
from discord import ui
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, UNKNOWN_CHANNEL, fault_name
from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState
from bot.models.views import LEAST_REPLIES, Offer
from bot.services.statements import follow_statements, is_time_to_offer, offer_statements
from bot.store import StoreError
from bot.worker import WorkerFailedError
from cogs.core.history import contains_text
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.posts import change_message, make_nonce, post_once, send_card, show_card
from cogs.core.rounds import ServerRounds
from cogs.ui.parts import custom_id
from cogs.views.cards import offer_card

log = logging.getLogger(__name__)

EVERY, RETRY = timedelta(hours=1), timedelta(minutes=10)
SOON, APART = timedelta(minutes=1), timedelta(minutes=1)
FAULTS = (UserError, ValueError, StoreError, WorkerFailedError, *DISCORD_FAULTS)


class OfferDesk(PeriodicCog):
    """Looks an hour, and a minute after replies came, whether there is anything to offer."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server
        self._looked_at: dict[int, int] = {}  # how many replies a prompt had when its thread was read
        self._servers = ServerRounds(bot, self._serve, retry=RETRY)
        self._set_right_in: set[int] = set()
        """The servers in which every card was set right since the start."""

    @periodic(every=EVERY, retry=RETRY, apart=APART)
    async def look(self) -> bool:
        """Let each server take its round."""
        servers = {prompt.guild_id for prompt in await self.bot.store.prompts.open_prompts()}
        servers |= {offer.guild_id for offer in await self.bot.store.statements.offers_on_cards()}
        for guild_id in servers:
            self._servers.wake(guild_id)
        return True

    async def _serve(self, guild_id: int) -> bool:
        """Offer what is new in a server, and post the cards that are missing; at the start, set all right."""
        done = True
        for prompt in await self.bot.store.prompts.open_prompts():
            if prompt.guild_id == guild_id:
                done = await self._guarded(self._offer(prompt)) and done
        for offer in await self.bot.store.statements.offers_on_cards():
            if offer.guild_id == guild_id and (guild_id not in self._set_right_in or offer.message_id is None):
                done = await self._guarded(self._set_right(offer)) and done
        if done:
            self._set_right_in.add(guild_id)
        return done

    @commands.Cog.listener()
    async def on_replies_stored(self, _prompt_ids: Collection[int]) -> None:
        """Hear that replies came (an event of the bot's own)."""
        self.look.wake(SOON)

    @commands.Cog.listener()
    async def on_facilitators_named(self, _guild_id: int) -> None:
        """Post what waits in the channel that /setup named (an event of the bot's own)."""
        self.look.wake()

    @commands.Cog.listener()
    async def on_facilitators_moved(self, guild_id: int, _before: int) -> None:
        """Take the words out of the cards in the channel that facilitators had, and post them again."""
        self._set_right_in.discard(guild_id)  # so that what fails now is tried again
        for offer in await self.bot.store.statements.offers_on_cards():
            if offer.guild_id == guild_id:
                await self._guarded(self._set_right(offer))
        self.look.wake()

    @commands.Cog.listener()
    async def on_replies_erased(self, prompt_id: int) -> None:
        """Follow replies that were erased or reworded (an event of the bot's own)."""
        await self.follow(prompt_id)

    @commands.Cog.listener()
    async def on_replies_excluded(self, prompt_id: int) -> None:
        """Follow a reply that was left out of summaries, or put back (an event of the bot's own)."""
        await self.follow(prompt_id)

    @commands.Cog.listener()
    async def on_quotes_changed(self, prompt_id: int) -> None:
        """Follow what somebody said about their words (an event of the bot's own)."""
        await self.follow(prompt_id)

    @commands.Cog.listener()
    async def on_keeping_back_changed(self, guild_id: int) -> None:
        """Follow what people said about putting their words to others (an event of the bot's own)."""
        for prompt in await self.bot.store.prompts.open_prompts():
            if prompt.guild_id == guild_id:
                await self.follow(prompt.id)

    @commands.Cog.listener()
    async def on_prompt_over(self, prompt_id: int) -> None:
        """Take the words out of the cards of a prompt that closed (an event of the bot's own)."""
        await self.show(prompt_id)

    async def follow(self, prompt_id: int) -> None:
        """Let statements of a prompt, what was pressed about them and the cards follow its replies."""
        await self._guarded(self._follow(prompt_id))
        await self.show(prompt_id)

    async def show(self, prompt_id: int) -> None:
        """Let the cards of a prompt's offers say what is so now."""
        for offer in await self.bot.store.statements.offers_of_prompt(prompt_id):
            if not await self._guarded(self._set_right(offer)):
                self.look.wake(RETRY)

    async def card(self, offer: Offer) -> ui.LayoutView:
        """Draw the card of an offer as it is now."""
        store = self.bot.store
        offer = await store.statements.get_offer(offer.guild_id, offer.id)
        prompt = await store.prompts.get(offer.guild_id, offer.prompt_id)
        statements = await store.statements.of_offer(offer)
        is_open = prompt.state is PromptState.OPEN
        return offer_card(offer, statements, prompt.wording.question, is_open=is_open)

    async def _offer(self, prompt: Prompt) -> None:
        _, held = await self.bot.store.replies.count(prompt.id)
        now = discord.utils.utcnow()
        if held < LEAST_REPLIES or self._looked_at.get(prompt.id) == held:
            return
        if not await is_time_to_offer(self.bot.store, prompt, now):
            return
        names = self.bot.watch.names(prompt.guild_id)
        offer = await offer_statements(self.bot.store, self.bot.worker, prompt, now, names=names)
        self._looked_at[prompt.id] = held
        if offer is not None and offer.message_id is not None:
            await self._set_right(offer)

    async def _follow(self, prompt_id: int) -> None:
        prompt = self.bot.watch.of_prompt(prompt_id)
        if prompt is None:
            return
        prompt = await self.bot.store.prompts.get(prompt.guild_id, prompt_id)
        if await follow_statements(self.bot.store, prompt):
            self.bot.dispatch("others_changed", prompt_id)

    async def _set_right(self, offer: Offer) -> None:
        """Post the card of an offer where it has none, let it say what is so now, or move it to the facilitators."""
        async with self._turns[offer.guild_id]:
            offer = await self.bot.store.statements.get_offer(offer.guild_id, offer.id)
            view = await self.card(offer)
            if offer.channel_id is not None and offer.message_id is not None:
                settings = await self.bot.store.settings.of(offer.guild_id)
                if offer.channel_id == settings.facilitators_channel_id:
                    await self._renew(offer, offer.channel_id, offer.message_id, view)
                    return
                offer = await self._empty(offer, offer.channel_id, offer.message_id)
            if offer.decided_at is None and offer.channel_id is None:
                await self._post(offer, view)

    async def _renew(self, offer: Offer, channel_id: int, message_id: int, view: ui.LayoutView) -> None:
        """Let a card say what is so now. One that was deleted, or has lost its words for good, is followed no more."""
        prompt = await self.bot.store.prompts.get(offer.guild_id, offer.prompt_id)
        is_over = prompt.state is not PromptState.OPEN
        try:
            await show_card(self.bot, offer.guild_id, channel_id, message_id, view)
        except discord.NotFound:
            is_over = True
        if is_over:
            await self.bot.store.statements.note_card(offer, channel_id, None)

    async def _post(self, offer: Offer, view: ui.LayoutView) -> None:
        settings = await self.bot.store.settings.of(offer.guild_id)
        channel_id = settings.facilitators_channel_id
        if channel_id is None or self.bot.get_channel(channel_id) is None:
            return
        prompt = await self.bot.store.prompts.get(offer.guild_id, offer.prompt_id)
        if prompt.state is not PromptState.OPEN:
            return
        place = self.bot.get_partial_messageable(channel_id, guild_id=offer.guild_id)
        mark = f"'{custom_id('offer-none', offer.id)}:"
        message_id = await post_once(
            self.bot,
            place,
            lambda message: contains_text(message, mark),
            partial(send_card, self.bot, offer.guild_id, channel_id, view),
            make_nonce("offer", channel_id, offer.id, offer.made_at),
            since=offer.made_at,
            renew=lambda sent: change_message(self.bot, offer.guild_id, channel_id, sent.id, view),
        )
        await self.bot.store.statements.note_card(offer, channel_id, message_id)

    async def _empty(self, offer: Offer, channel_id: int, message_id: int) -> Offer:
        """Take the words out of a card in a channel that facilitators had. Returns the offer, as it is noted then.

        Where the bot can no longer reach that channel, nothing can be done there. A card that facilitators deleted
        stays away.
        """
        channel: int | None = None
        try:
            view = offer_card(offer, (), "", is_open=False)
            await change_message(self.bot, offer.guild_id, channel_id, message_id, view)
        except discord.Forbidden as error:
            log.warning("offer %s keeps its words in a channel of before: %s", offer.id, fault_name(error))
        except discord.NotFound as error:
            channel = None if error.code == UNKNOWN_CHANNEL else channel_id
        await self.bot.store.statements.note_card(offer, channel, None)
        return replace(offer, channel_id=channel, message_id=None)

    async def _guarded(self, step: Awaitable[object]) -> bool:
        try:
            await step
        except FAULTS as error:
            log.warning("statements could not be offered or shown: %s", fault_name(error))
            return False
        return True
