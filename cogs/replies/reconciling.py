"""Brings what is held of a prompt's replies into line with Discord's history; repeating it changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import discord

from bot.client import Bot
from bot.models.prompts import Prompt
from bot.models.replies import Arrival, Edit, Erasure, Held, Reaction, ReactionsCleared, ReplyEvent, ReplyKind
from bot.replies.reconciling import Changes, Reading, Seen, changes
from bot.store.inbox import GROUP
from cogs.replies.heeding import Heard, heed
from cogs.replies.messages import emoji_key
from cogs.replies.reading import History, are_deleted, find_thread, read_channel, read_thread

log = logging.getLogger(__name__)

MOST_ASKED = 200
"""Requests for who reacted, in one go; what is left is asked for later."""


class Reconciler:
    """Reads, compares, and puts what differs into the inbox behind the live events. It reads one place at a time."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        # Messages whose reactions changed live while a place is read: what was read of those may be out of date.
        self._touched: set[int] = set()
        self._is_reading = False

    def touch(self, message_id: int) -> None:
        """Note that a message's reactions changed live."""
        if self._is_reading:
            self._touched.add(message_id)

    async def thread(self, prompt: Prompt) -> bool:
        """Catch up with a prompt's thread. Returns whether nothing is left to do.

        Raises discord.NotFound where the thread was deleted, and UnreadableError.
        """
        if prompt.gone_at is not None and not (await self.bot.store.replies.count(prompt.id))[1]:
            return True
        held = (await self._held([prompt]))[prompt.id]
        thread = await find_thread(self.bot, prompt)
        history = await read_thread(thread, self.bot.own_words.get(prompt.guild_id, ()))
        if prompt.gone_at is not None:
            self.bot.watch.add(await self.bot.store.prompts.note_back(prompt))
        return await self._apply(thread, prompt, ReplyKind.THREAD, held, history)

    async def channel(self, channel_id: int, prompts: Sequence[Prompt]) -> bool:
        """Catch up with the replies to cards in a channel itself. Raises UnreadableError."""
        channel = self.bot.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            return True
        held = await self._held(prompts)
        done = True
        own_words = self.bot.own_words.get(channel.guild.id, ())
        for prompt_id, history in (await read_channel(channel, prompts, own_words)).items():
            prompt = next(each for each in prompts if each.id == prompt_id)
            done &= await self._apply(channel, prompt, ReplyKind.CHANNEL, held[prompt_id], history)
        return done

    async def _held(self, prompts: Sequence[Prompt]) -> Mapping[int, tuple[Held, ...]]:
        """What is held of prompts before a reading begins, with everything that Discord said until now."""
        self._touched.clear()
        self._is_reading = True
        await self.bot.store.inbox.flush()
        return {prompt.id: await self.bot.store.replies.held(prompt.id) for prompt in prompts}

    async def _apply(
        self,
        place: discord.Thread | discord.TextChannel,
        prompt: Prompt,
        kind: ReplyKind,
        held: tuple[Held, ...],
        history: History,
    ) -> bool:
        reading = history.reading(self.bot, kind, held)
        known = {reply.message_id for reply in held}
        new = [each.message_id for each in reading.seen if each.message_id not in known]
        found = changes(held, reading, await self.bot.store.replies.erased(new))
        absent = tuple(reply.message_id or 0 for reply in held if reply.id in set(found.erase))
        is_sure = await are_deleted(place, absent)
        await self._put(_events(prompt, reading, found, absent if is_sure else ()))
        for each in (*found.add, *found.edit):
            heed(self.bot, "", each.text, partial(Heard, prompt, place.id, each.message_id, each.author_id))
        return await self._reactions(prompt, history) and is_sure

    async def _put(self, events: Iterable[ReplyEvent]) -> None:
        """Put events in groups that leave room for the live ones."""
        for number, event in enumerate(events, 1):
            self.bot.store.inbox.put(event)
            if number % GROUP == 0:
                await self.bot.store.inbox.flush()
        await self.bot.store.inbox.flush()

    async def _reactions(self, prompt: Prompt, history: History) -> bool:
        """Ask who reacted where the counts differ. Returns whether every difference was dealt with."""
        replies = {reply.message_id for reply in await self.bot.store.replies.held(prompt.id)}
        held = await self.bot.store.replies.reactions_held(prompt.id)
        shown = history.reactions()
        met = {each.message_id for each in history.seen} & replies
        for message_id in sorted((held.keys() & met) - shown.keys() - self._touched):
            self.bot.store.inbox.put(ReactionsCleared(message_id))
        differing = [m for m in history.reacted if m.id in met and shown[m.id] != held.get(m.id)]
        asked = [await self._ask(prompt, message, held.get(message.id, {})) for message in differing[:MOST_ASKED]]
        await self.bot.store.inbox.flush()
        return all(asked) and len(differing) <= MOST_ASKED

    async def _ask(self, prompt: Prompt, message: discord.Message, held: Mapping[str, int]) -> bool:
        """Take over who reacted to a message. Returns whether nothing changed while it was asked for."""
        shown = {emoji_key(reaction.emoji): reaction for reaction in message.reactions}
        events: list[ReplyEvent] = [ReactionsCleared(message.id, emoji) for emoji in sorted(held.keys() - shown.keys())]
        for emoji, reaction in shown.items():
            if held.get(emoji, 0) != reaction.count:
                events.append(ReactionsCleared(message.id, emoji))
                people = [user.id async for user in reaction.users() if not user.bot]
                events.extend(Reaction(message.id, prompt.guild_id, person, emoji) for person in people)
        if message.id in self._touched:
            return False
        for event in events:
            self.bot.store.inbox.put(event)
        return True


def _events(prompt: Prompt, reading: Reading, found: Changes, absent: tuple[int, ...]) -> Iterable[ReplyEvent]:
    for each in found.add:
        yield _arrival(prompt, each, reading.kind)
    for each in found.edit:
        yield Edit(each.message_id, each.text, each.edited_at or each.created_at)
    if absent:
        yield Erasure(prompt.id, absent)


def _arrival(prompt: Prompt, each: Seen, kind: ReplyKind) -> Arrival:
    return Arrival(
        id=each.message_id,
        guild_id=prompt.guild_id,
        prompt_id=prompt.id,
        author_id=each.author_id,
        text=each.text,
        created_at=each.created_at,
        kind=kind,
        message_id=each.message_id,
        reply_to=each.reply_to,
        edited_at=each.edited_at,
        attachments=each.attachments,
    )
