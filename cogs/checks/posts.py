"""Shows checks: the card where staff find it, and the results when it ended; each is posted once, then kept true."""

from __future__ import annotations

import asyncio
import io
import logging
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import discord

from bot.checks.picture import draw_results
from bot.checks.results import CheckResult
from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import UserError
from bot.models.checks import NOWHERE, Check, CheckState
from bot.summaries.output.picture import Picture
from bot.text.clean import clean_line
from bot.worker import WorkerFailedError
from cogs.checks.cards import check_card, file_name, result_card
from cogs.core.history import find_own, has_custom_id
from cogs.core.posts import change_message, is_shown_already, post_once, send_card, send_with_pictures, show_card
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
        """Post the card of an open check where it was deleted, or refused before. False where it stands, or cannot."""
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
            is_card, since = has_custom_id(custom_id("view", check.claim)), check.started_at
            if check.state is CheckState.OPEN:
                post = partial(send_card, self._bot, *place, view)
                message_id = await post_once(self._bot, channel, is_card, post, since=since)
            else:  # where none was posted in time, there is none
                card = await find_own(self._bot, channel, is_card, since)
                message_id = NOWHERE if card is None else card.id
            await self._bot.store.checks.note_card(check.id, message_id)
        except discord.NotFound:
            await self._bot.store.checks.note_card(check.id, NOWHERE)

    async def _show_result(self, check: Check, question: str) -> None:
        if check.result_id == NOWHERE or check.channel_id is None:
            return
        channel = self._bot.get_partial_messageable(check.channel_id, guild_id=check.guild_id)
        result = await self._bot.store.checks.result(check)
        try:
            if check.result_id is not None:
                await self._renew(check, check.result_id, result, question)
                return
            is_result = has_custom_id(custom_id("check-figures", check.claim))
            post = partial(self._post, check, result, question)
            message_id = await post_once(self._bot, channel, is_result, post, since=check.started_at)
            await self._bot.store.checks.note_result(check.id, message_id)
        except discord.NotFound:
            await self._bot.store.checks.note_result(check.id, NOWHERE)

    async def _renew(self, check: Check, message_id: int, result: CheckResult | None, question: str) -> None:
        """Let the results say what is so now: a deletion may have taken words of a point, which pictures show too."""
        place = check.guild_id, check.channel_id or 0, message_id
        if not await is_shown_already(self._bot, *place, result_card(check, result, question)):
            change = partial(self._change, check, message_id, result, question)
            await send_with_pictures(change, await self._draw(result, question), ())

    async def _post(self, check: Check, result: CheckResult | None, question: str, nonce: str) -> discord.Message:
        async def post(drawn: Sequence[Picture]) -> discord.Message:
            view = result_card(check, result, question, drawn)
            return await send_card(
                self._bot, check.guild_id, check.channel_id or 0, view, nonce, lambda: picture_files(drawn)
            )

        return await send_with_pictures(post, await self._draw(result, question), ())

    async def _change(
        self, check: Check, message_id: int, result: CheckResult | None, question: str, drawn: Sequence[Picture]
    ) -> None:
        place = check.guild_id, check.channel_id or 0, message_id
        await change_message(
            self._bot, *place, result_card(check, result, question, drawn), lambda: picture_files(drawn)
        )

    async def _draw(self, result: CheckResult | None, question: str) -> tuple[Picture, ...]:
        """Draw the pictures; none where there are no figures, or they could not be drawn, which the log tells."""
        if result is None:
            return ()
        try:
            return await self._bot.worker.call(draw_results, result, question)
        except (UserError, WorkerFailedError) as error:
            log.warning("the results of a check could not be drawn: %s", type(error).__name__)
            return ()


def picture_files(drawn: Sequence[Picture]) -> list[discord.File]:
    """Turn the pictures into what a message carries."""
    return [
        discord.File(io.BytesIO(image.png), file_name(place), description=image.alt)
        for place, image in enumerate(drawn)
    ]
