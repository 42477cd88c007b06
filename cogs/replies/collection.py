"""Collects replies as Discord delivers them: each event becomes one for the inbox, in order and without a wait.

Nothing here awaits anything before it has put its event, and discord.py starts the handlers in the order of the events.
A message is put no later than that (Bot.dispatch), so it is stored before whatever is said of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from functools import cache, partial

import discord
from discord.ext import commands

from bot.client import Bot
from bot.merged_events import EDITS_APART, ERASURES_APART
from bot.models.prompts import WatchedPrompt
from bot.models.replies import Arrival, Edit, Erasure, Reaction, ReactionsCleared
from bot.replies.sanitise import sanitise
from bot.store.replies.events import AppliedEvents
from bot.store.replies.inbox import Uncleared
from cogs.replies.message_checks import MOST_REMEMBERED, check_message, locate_message
from cogs.replies.messages import (
    emoji_key,
    find_prompt,
    is_long,
    is_posted_by_webhook,
    is_said_by_a_person,
    list_names,
    make_arrival,
)


class ReplyCollection(commands.Cog):
    """Listens to raw events and never to the cache of messages, which is switched off."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._watch = bot.watch
        self._known_words = bot.known_words
        self._inbox = bot.store.inbox
        self._newest_edits: OrderedDict[int, datetime] = OrderedDict()

    async def cog_load(self) -> None:
        """Watch every posted prompt, and start the writer."""
        async for prompt, _ in self.bot.store.prompts.iterate_watched():
            self._watch.add(prompt)
        self._inbox.on_applied = self._tell
        self._inbox.start()
        self.bot.take_message = self.take_message

    def take_message(self, message: discord.Message) -> None:
        """Store what somebody wrote."""
        answered = find_prompt(self._watch, message)
        if answered is None:
            return
        prompt, kind = answered
        self._watch.note_names(prompt.guild_id, list_names(message))
        if is_posted_by_webhook(message):
            self.bot.dispatch("webhook_met", prompt)
        if (reply := make_arrival(message, prompt, kind, self._known_words(prompt.guild_id))) is not None:
            self._put(prompt, message, reply)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Store a message that was changed. Discord also says so when a link's preview appears; that is no edit."""
        message = payload.message
        if message.edited_at is None or not self.bot.message_content or "content" not in payload.data:
            return
        answered = find_prompt(self._watch, message)
        if answered is None or not is_said_by_a_person(message) or not self._is_new_edit(message.id, message.edited_at):
            return
        prompt, kind = answered
        # It may say something for the first time, or be one that was written while the bot was away.
        reply = make_arrival(message, prompt, kind, self._known_words(prompt.guild_id))
        edit = Edit(message.id, "" if reply is None else reply.text, message.edited_at)
        self._put(prompt, message, *(() if reply is None else (reply,)), edit)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Erase a message that was deleted."""
        self._erase(payload.channel_id, (payload.message_id,))

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Erase messages that were deleted at once."""
        self._erase(payload.channel_id, payload.message_ids)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Store a reaction."""
        if payload.member is None or not payload.member.bot:
            self._react(payload, added=True)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Erase a reaction that was taken back."""
        self._react(payload, added=False)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, payload: discord.RawReactionClearEvent) -> None:
        """Erase all reactions of a message."""
        if self._watch.of_place(payload.channel_id) is not None:
            self._inbox.put(ReactionsCleared(payload.message_id))

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, payload: discord.RawReactionClearEmojiEvent) -> None:
        """Erase all reactions of a message with one emoji."""
        if self._watch.of_place(payload.channel_id) is not None:
            for is_super in (False, True):
                emoji = emoji_key(payload.emoji, is_super=is_super)
                self._inbox.put(ReactionsCleared(payload.message_id, emoji))

    def _put(self, prompt: WatchedPrompt, message: discord.Message, *events: Arrival | Edit) -> None:
        """Queue what a message brings, and check its words. Those of a long one are cleared once their turn comes."""
        check = partial(check_message, self.bot, message.content, who=lambda: locate_message(prompt, message))
        if not is_long(message):
            for event in events:
                self._inbox.put(event)
            check(events[-1].text)
            return
        own_words = self._known_words(prompt.guild_id)
        clear = cache(lambda: sanitise(message.content, own_words).text)
        for event in events:
            self._inbox.put(Uncleared(event, clear, check if event is events[-1] else None))

    def _is_new_edit(self, message_id: int, edited_at: datetime) -> bool:
        """Note an edit. False where Discord tells of it again, as for a link's preview in a message once edited."""
        if self._newest_edits.get(message_id) == edited_at:
            return False
        self._newest_edits[message_id] = edited_at
        if len(self._newest_edits) > MOST_REMEMBERED:
            self._newest_edits.popitem(last=False)
        return True

    def _erase(self, channel_id: int, message_ids: Iterable[int]) -> None:
        prompt = self._watch.of_place(channel_id)
        if prompt is not None:
            self._inbox.put(Erasure(prompt.id, tuple(message_ids)))

    def _react(self, payload: discord.RawReactionActionEvent, *, added: bool) -> None:
        prompt = self._watch.of_place(payload.channel_id)
        if prompt is not None:
            emoji = emoji_key(payload.emoji, is_super=payload.burst)
            self._inbox.put(Reaction(payload.message_id, prompt.guild_id, payload.user_id, emoji, added))

    async def _tell(self, applied: AppliedEvents) -> None:
        """Say what a commit changed: shared summaries must follow, and what was let go must be read again."""
        for prompt_id in sorted(applied.erased):
            self.bot.merged.apart(ERASURES_APART).dispatch("replies_erased", prompt_id)
        for prompt_id in sorted(applied.reworded - applied.erased):
            self.bot.merged.apart(EDITS_APART).dispatch("replies_erased", prompt_id)
        if applied.arrived:
            # Once a commit: once a message would cost more than storing it.
            self.bot.dispatch("replies_stored", applied.arrived)
        if self._inbox.gap:
            self._inbox.gap = False
            self.bot.dispatch("replies_missed")
