"""Brings the reactions that are held into line with those that Discord counts, by asking who reacted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import discord

from bot.client import Bot
from bot.models.prompts import WatchedPrompt
from bot.models.replies import Reaction, ReactionsCleared, ReplyEvent
from bot.slices import iterate_in_slices
from cogs.replies.history import History
from cogs.replies.messages import emoji_key

MOST_ASKED = 200
"""Messages whose reactions are asked for in one go; what is left is asked for later."""


class ReactionReader:
    """Asks about a message once in each catching-up, however the counts compare afterwards.

    They need not agree: Discord also counts bots, and people who have stopped.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        # Messages whose reactions changed live while a place is read: what was read of those may be out of date.
        self._touched: list[set[int]] = []
        self._asked: dict[tuple[int, int], dict[int, Mapping[str, int]]] = {}

    def touch(self, message_id: int) -> None:
        """Note that a message's reactions changed live."""
        for touched in self._touched:
            touched.add(message_id)

    @contextmanager
    def listening(self) -> Iterator[Collection[int]]:
        """Collect the messages that are touched from now on."""
        touched: set[int] = set()
        self._touched.append(touched)
        try:
            yield touched
        finally:
            self._touched = [other for other in self._touched if other is not touched]

    async def read(self, prompt: WatchedPrompt, place_id: int, history: History, touched: Collection[int]) -> bool:
        """Ask who reacted where the counts differ. Returns whether every difference was dealt with."""
        held = await self.bot.store.replies.reactions_held(prompt.id)
        if not held and not history.reacted:
            return True
        replies = {reply.message_id for reply in await self.bot.store.replies.held(prompt.id)}
        met = {message.message_id for message in history.seen} & replies
        reacted = {message.id for message in history.reacted}
        for message_id in sorted((held.keys() & met) - reacted - set(touched)):
            self.bot.store.inbox.put(ReactionsCleared(message_id))
        asked = self._asked.setdefault((place_id, prompt.id), {})
        differing: list[tuple[discord.Message, Mapping[str, int]]] = []
        async for message in iterate_in_slices(history.reacted):
            shown = count_reactions(message)
            if message.id in met and shown != held.get(message.id) and shown != asked.get(message.id):
                differing.append((message, shown))
        done = len(differing) <= MOST_ASKED
        for message, shown in differing[:MOST_ASKED]:
            if await self._ask(prompt, message, shown, held.get(message.id, {}), touched):
                asked[message.id] = shown
            else:
                done = False
        await self.bot.store.inbox.flush()
        if done:
            del self._asked[place_id, prompt.id]
        return done

    async def _ask(
        self,
        prompt: WatchedPrompt,
        message: discord.Message,
        shown: Mapping[str, int],
        held: Mapping[str, int],
        touched: Collection[int],
    ) -> bool:
        """Take over who reacted to a message. Returns whether nothing changed while it was asked for."""
        events: list[ReplyEvent] = [ReactionsCleared(message.id, emoji) for emoji in sorted(held.keys() - shown.keys())]
        for reaction in message.reactions:
            for kind in (discord.ReactionType.normal, discord.ReactionType.burst):
                emoji = emoji_key(reaction.emoji, is_super=kind is discord.ReactionType.burst)
                if held.get(emoji, 0) != shown.get(emoji, 0):
                    events.append(ReactionsCleared(message.id, emoji))
                    people = [user.id async for user in reaction.users(type=kind) if not user.bot]
                    events.extend(Reaction(message.id, prompt.guild_id, person, emoji) for person in people)
        if message.id in touched:
            return False
        for event in events:
            self.bot.store.inbox.put(event)
        return True


def count_reactions(message: discord.Message) -> Mapping[str, int]:
    """Count the reactions that Discord shows on a message, by the name of each emoji; super reactions are apart."""
    counts: Counter[str] = Counter()
    for reaction in message.reactions:
        counts[emoji_key(reaction.emoji, is_super=True)] += reaction.burst_count
        counts[emoji_key(reaction.emoji)] += reaction.count - reaction.burst_count
    return +counts
