"""Keeps the card of an open question true: who has written, what the board answered, and what others said."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

import discord
from discord import ui
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState, WatchedPrompt
from bot.models.views import LEAST_PRESSES
from bot.store import StoreError
from cogs.core.history import contains_text
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.posts import make_nonce, post_once, send_card, show_card
from cogs.core.rounds import ServerRounds
from cogs.prompts.card import OTHERS, current_card
from cogs.ui.cards import card
from cogs.ui.parts import Row, button, custom_id

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=10)
SOON, APART = timedelta(minutes=1), timedelta(minutes=10)
"""How soon a card says who has written, and how far apart at least it says so again."""
LINE = "You can now read what others said, and tap “Same here” or “Different here”. You needn’t write anything."


class QuestionCards(PeriodicCog):
    """Takes a round of a server when something on a card changed, at the start, and while something failed."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._servers = ServerRounds(bot, self._serve, retry=RETRY)
        self._changed: defaultdict[int, set[int]] = defaultdict(set)
        """Prompts whose card may say something else than is so, by their servers."""
        self._writers: dict[int, int] = {}  # how many people each open prompt had when it was last counted

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Take up what was cut short."""
        self.take_up.wake()

    @periodic(retry=RETRY)
    async def take_up(self) -> bool:
        """Ask for the cards of the prompts whose threads were to be told of what others said."""
        for prompt in await self.bot.store.prompts.to_tell_of_others():
            self._ask(prompt)
        return True

    @commands.Cog.listener()
    async def on_others_changed(self, prompt_id: int) -> None:
        """Hear that statements were shown or taken back (an event of the bot's own)."""
        prompt = self.bot.watch.of_prompt(prompt_id)
        if prompt is not None:
            self._ask(prompt)

    @commands.Cog.listener()
    async def on_replies_stored(self, _prompt_ids: Collection[int]) -> None:
        """Hear that replies came (an event of the bot's own)."""
        self.count.wake(SOON)

    @commands.Cog.listener()
    async def on_replies_erased(self, _prompt_id: int) -> None:
        """Hear that replies went (an event of the bot's own)."""
        self.count.wake(SOON)

    @periodic(retry=RETRY, apart=APART)
    async def count(self) -> bool:
        """Ask for the cards of the prompts in whose threads more or fewer people have written than they may say."""
        writers = await self.bot.store.replies.count_open()
        for prompt in await self.bot.store.prompts.open_prompts():
            before, now = self._writers.get(prompt.id, 0), writers.get(prompt.id, 0)
            if before != now and max(before, now) >= LEAST_PRESSES:
                self._ask(prompt)
        self._writers = writers
        return True

    def _ask(self, prompt: WatchedPrompt) -> None:
        self._changed[prompt.guild_id].add(prompt.id)
        self._servers.wake(prompt.guild_id)

    async def _serve(self, guild_id: int) -> bool:
        """Set the cards of a server right that changed, and tell the threads that were not told."""
        for prompt_id in self._changed.pop(guild_id, ()):
            if not await self._guarded(guild_id, prompt_id):
                self._changed[guild_id].add(prompt_id)
        return not self._changed[guild_id]

    async def _guarded(self, guild_id: int, prompt_id: int) -> bool:
        try:
            async with self.bot.posting[guild_id]:  # so that the card is not closed meanwhile
                await self._set_right(await self.bot.store.prompts.get(guild_id, prompt_id))
        except discord.NotFound:
            return True  # a card that was deleted stays away
        except (UserError, StoreError, *DISCORD_FAULTS) as error:
            log.warning("prompt %s could not lead to what others said: %s", prompt_id, fault_name(error))
            return False
        return True

    async def _set_right(self, prompt: Prompt) -> None:
        if prompt.state is not PromptState.OPEN or prompt.gone_at is not None or prompt.thread_id is None:
            return
        in_forum = isinstance(self.bot.get_channel(prompt.channel_id), discord.ForumChannel)
        place = prompt.thread_id if in_forum else prompt.channel_id
        view = await current_card(self.bot, prompt)
        await show_card(self.bot, prompt.guild_id, place, prompt.message_id or 0, view)
        if prompt.shows_others and prompt.others_id is None:
            await self._tell(prompt, prompt.thread_id)

    async def _tell(self, prompt: Prompt, thread_id: int) -> None:
        """Post the line once, without a notification."""
        thread = self.bot.get_partial_messageable(thread_id, guild_id=prompt.guild_id)
        mark = f"'{custom_id('others', prompt.claim)}'"

        async def send(nonce: str) -> discord.Message:
            return await send_card(self.bot, prompt.guild_id, thread_id, line_card(prompt), nonce)

        line_id = await post_once(
            self.bot,
            thread,
            lambda message: message.id != prompt.message_id and contains_text(message, mark),
            send,
            make_nonce("others", thread_id, prompt.claim),
            since=prompt.claimed_at,
        )
        await self.bot.store.prompts.note_others(prompt, line_id)


def line_card(prompt: Prompt) -> ui.LayoutView:
    """Tell of what others said, with the button that leads there."""
    return card(LINE, Row(button(OTHERS, "others", prompt.claim)), framed=False)
