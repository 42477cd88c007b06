"""Returns outcomes to those who made the points: in threads, on the cards of series, and by direct message.

Each is posted once however the bot dies, then edited.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

import discord
from discord import ui

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import UserError
from bot.models.outcomes import Outcome
from bot.models.prompts import Series
from bot.services.outcomes import find_headings
from bot.services.summaries.published_summaries import find_newest_reviewed
from bot.store.outcomes import OutcomeCard, OutcomePost
from cogs.core.direct_messages import send_direct_message
from cogs.core.history import has_custom_id, is_marked
from cogs.core.posts import REFUSED, change_message, make_nonce, post_once, send_card, show_card
from cogs.outcomes.cards import card_pages, format_decided, outcome_card, series_card
from cogs.ui.parts import custom_id

log = logging.getLogger(__name__)

NOTICE = "A point you support in {server} now has an answer. {place}/my shows it too.\n{answer}"
PLACE = "It’s in <#{thread}>. "


class OutcomePoster:
    """Posts and edits one thing of a server at a time, so that nothing is sent twice."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server

    async def show(self, outcome: Outcome) -> dict[int, Exception]:
        """Post an outcome where it has to stand, or show there what it says now.

        Returns the channels where Discord refused or failed to do so, with its error.
        """
        errors: dict[int, Exception] = {}
        async with self._turns[outcome.guild_id]:
            # It may have been changed while this waited: the older words must not be at the end.
            try:
                outcome = await self._bot.store.outcomes.get(outcome.guild_id, outcome.id)
            except UserError:  # erased meanwhile
                return {}
            zone = (await self._bot.store.settings.of(outcome.guild_id)).time_zone
            points = await find_headings(self._bot.store, outcome)
            for post in await self._bot.store.outcomes.posts(outcome.id):
                view = outcome_card(outcome, points, zone)
                error = await self._place(outcome, post, view)
                if error is not None:
                    errors[post.channel_id] = error
        return errors

    async def show_card(self, series: Series, now: datetime) -> None:
        """Post the card of a series, or show what it says now; nothing where none was asked for."""
        async with self._turns[series.guild_id]:
            card = await self._bot.store.outcomes.card(series.id)
            if card is None:
                return
            view = series_card(series, await card_pages(self._bot.store, series))
            if card.message_id is not None and await self._edit_card(series.guild_id, card, view):
                return
            place = series.guild_id, card.channel_id
            message_id = await post_once(
                self._bot,
                self._bot.get_partial_messageable(card.channel_id, guild_id=series.guild_id),
                is_marked("outcome-points", series.id),
                partial(send_card, self._bot, *place, view),
                make_nonce("series", card.channel_id, series.id, card.message_id),
                since=now,  # nobody waits longer than the search goes back for a card that was cut short
                renew=lambda sent: change_message(self._bot, *place, sent.id, view),
            )
            await self._bot.store.outcomes.keep_card(replace(card, message_id=message_id))

    async def move_card(self, series: Series, channel_id: int, least: int, now: datetime) -> None:
        """Let the card of a series stand in a channel; the one in another channel goes.

        That one goes first: however this is cut short, no card is left that nobody keeps true. Raises UserError where
        Discord refuses the new place; then the card stands where it stood.
        """
        async with self._turns[series.guild_id]:
            before = await self._bot.store.outcomes.card(series.id)
            stays = before is not None and before.channel_id == channel_id
            if before is not None and not stays and before.message_id is not None:
                await self._delete(series.guild_id, before)
            message_id = before.message_id if before is not None and stays else None
            await self._bot.store.outcomes.keep_card(OutcomeCard(series.id, channel_id, message_id, least))
        try:
            await self.show_card(series, now)
        except (discord.Forbidden, discord.NotFound):
            if before is not None and not stays:
                await self._bot.store.outcomes.keep_card(before)
                with suppress(*DISCORD_FAULTS):  # whatever refuses there too, the next change tries again
                    await self.show_card(series, now)
            raise UserError(REFUSED.format(channel_id)) from None

    async def _place(self, outcome: Outcome, post: OutcomePost, view: ui.LayoutView) -> Exception | None:
        store, place = self._bot.store.outcomes, (outcome.guild_id, post.channel_id)
        try:
            if post.message_id is not None:
                await show_card(self._bot, *place, post.message_id, view)
                return None
            message_id = await post_once(
                self._bot,
                self._bot.get_partial_messageable(post.channel_id, guild_id=outcome.guild_id),
                has_custom_id(custom_id("outcome-past", outcome.id)),
                partial(send_card, self._bot, *place, view),
                make_nonce("outcome", post.channel_id, outcome.id, outcome.made_at),
                since=outcome.made_at,
            )
            await store.note_post(post, message_id)
        except discord.NotFound:
            await store.note_post(post, None)  # the thread or the message was deleted
        except DISCORD_FAULTS as error:
            log.warning("outcome %s could not be shown: %s", outcome.id, fault_name(error))
            return error
        return None

    async def _edit_card(self, guild_id: int, card: OutcomeCard, view: ui.LayoutView) -> bool:
        """Change the card's message; False where it is gone."""
        try:
            await show_card(self._bot, guild_id, card.channel_id, card.message_id or 0, view)
        except discord.NotFound:
            return False
        return True

    async def _delete(self, guild_id: int, card: OutcomeCard) -> None:
        channel = self._bot.get_partial_messageable(card.channel_id, guild_id=guild_id)
        try:
            await channel.get_partial_message(card.message_id or 0).delete()
        except DISCORD_FAULTS as error:
            log.info("the earlier card of a series could not be deleted: %s", fault_name(error))


async def tell_supporters(bot: Bot, outcome: Outcome, server_name: str) -> int:
    """Write to each supporter who allows direct messages; who was told of this outcome before is not told again."""
    count = 0
    for person, place in (await _supporters(bot, outcome)).items():
        user_id = await bot.store.people.reach(outcome.guild_id, person)
        # Noted before it is sent: after a crash somebody may miss it, but nobody gets it twice.
        if user_id is None or not await bot.store.outcomes.claim_notice(outcome.id, person):
            continue
        text = NOTICE.format(server=server_name, answer=format_decided(outcome.decided), place=place)
        about = "outcome", (outcome.id, outcome.made_at)
        count += await send_direct_message(bot, outcome.guild_id, user_id, text[:2_000], about)
    return count


async def _supporters(bot: Bot, outcome: Outcome) -> dict[str, str]:
    """Find the pseudonyms of those who wrote in a thread what a point says, with the place to look.

    Nobody is told by a private reply, since nobody knows whose it is.
    """
    places: dict[str, str] = {}
    for prompt_id in sorted({ref.prompt_id for ref in outcome.points}):
        prompt = await bot.store.prompts.get(outcome.guild_id, prompt_id)
        record = await find_newest_reviewed(bot.store, prompt)
        if record is None:
            continue
        refs = {ref.ref for ref in outcome.points if ref.prompt_id == prompt_id}
        quotes = [quote for point in record.summary.points if point.ref in refs for quote in point.quotes]
        place = PLACE.format(thread=prompt.thread_id) if prompt.thread_id and prompt.gone_at is None else ""
        own = (quote for quote in quotes if not quote.private and quote.message in record.held)
        places |= {record.held[quote.message]: place for quote in own}
    return places
