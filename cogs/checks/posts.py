"""Shows checks: the card where staff find it, and the results when it ended; each is posted once, then kept true."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from functools import partial

import discord

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.models.checks import NOWHERE, Check, CheckState
from bot.text.clean import clean_line
from cogs.checks.cards import check_card, result_card
from cogs.core.history import find_own, has_custom_id, is_marked
from cogs.core.posts import change_message, clear_files, is_shown_already, make_nonce, post_once, send_card, show_card
from cogs.ui.parts import custom_id

log = logging.getLogger(__name__)


class CheckPoster:
    """Posts and edits one thing of a server at a time, so that nothing is sent twice."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server

    async def show(self, guild_id: int, check_id: int) -> Exception | None:
        """Post the card of a check and its results, or let them say what is so now.

        Returns the error where Discord refused or failed to do so.
        """
        async with self._turns[guild_id]:
            check = await self._bot.store.checks.get(guild_id, check_id)
            prompt = await self._bot.store.prompts.get(guild_id, check.prompt_id)
            question = clean_line(prompt.wording.question)
            try:
                await self._show_card(check, question)
                if check.released_at is not None:
                    await self._show_result(check, question)
            except DISCORD_FAULTS as error:
                log.warning("check %s could not be shown: %s", check.id, fault_name(error))
                return error
        return None

    async def show_again(self, guild_id: int, check_id: int) -> bool:
        """Post the card of an open check where it was deleted or refused before. False if it is there, or cannot be."""
        store = self._bot.store.checks
        before = await store.get(guild_id, check_id)
        await self.show(guild_id, check_id)
        if (await store.get(guild_id, check_id)).message_id == NOWHERE:
            await store.note_card(check_id, None)
            await self.show(guild_id, check_id)
        after = await store.get(guild_id, check_id)
        return bool(after.message_id) and after.message_id != before.message_id

    async def _show_card(self, check: Check, question: str) -> None:
        if check.message_id == NOWHERE or check.channel_id is None:
            return
        place = check.guild_id, check.channel_id
        view = check_card(check, question, (await self._bot.store.settings.of(check.guild_id)).time_zone)
        try:
            if check.message_id is not None:
                await show_card(self._bot, *place, check.message_id, view)
                return
            channel = self._bot.get_partial_messageable(check.channel_id, guild_id=check.guild_id)
            is_card, since = has_custom_id(custom_id("others", check.claim)), check.started_at
            if check.state is CheckState.OPEN:
                post = partial(send_card, self._bot, *place, view)
                nonce = make_nonce("check", check.channel_id, check.claim)
                message_id = await post_once(self._bot, channel, is_card, post, nonce, since=since)
            else:  # where none was posted in time, there is none
                card = await find_own(self._bot, channel, is_card, since)
                message_id = NOWHERE if card is None else card.id
            await self._bot.store.checks.note_card(check.id, message_id)
        except discord.NotFound:
            await self._bot.store.checks.note_card(check.id, NOWHERE)

    async def _show_result(self, check: Check, question: str) -> None:
        if check.result_id == NOWHERE or check.channel_id is None:
            return
        result = await self._bot.store.checks.result(check)
        if result is None:
            return
        place, view = (check.guild_id, check.channel_id), result_card(check, result, question)
        try:
            if check.result_id is not None:
                if not await is_shown_already(self._bot, *place, check.result_id, view):
                    # Results of an earlier version carry pictures, which say what is not so now.
                    await change_message(self._bot, *place, check.result_id, view, clear_files)
                return
            channel = self._bot.get_partial_messageable(check.channel_id, guild_id=check.guild_id)
            is_result = is_marked("check-figures", check.claim)
            post = partial(send_card, self._bot, *place, view)
            nonce = make_nonce("results", check.channel_id, check.claim)
            message_id = await post_once(self._bot, channel, is_result, post, nonce, since=check.started_at)
            await self._bot.store.checks.note_result(check.id, message_id)
        except discord.NotFound:
            await self._bot.store.checks.note_result(check.id, NOWHERE)
