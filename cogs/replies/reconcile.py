"""Brings what is held of a prompt's replies into line with Discord's history; repeating it changes nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import islice

import aiohttp
import discord

from bot.client import Bot
from bot.models.prompts import PromptState, WatchedPrompt
from bot.models.replies import Arrival, Edit, Erasure, Held, ReplyEvent, ReplyKind
from bot.replies.reconcile import Changes, SeenMessage, find_changes
from bot.replies.redaction.word_list import KnownWords
from bot.replies.rereading import ThreadRead, mark_thread
from bot.replies.sanitise import sanitise
from bot.slices import iterate_in_slices
from cogs.replies.history import History, find_thread, is_deleted, read_channel, read_thread
from cogs.replies.message_checks import HeardMessage, check_message
from cogs.replies.reactions import ReactionReader

GROUP = 250
"""How much is stored in one go: few enough that the loop is held for a few milliseconds alone."""
MOST_CONFIRMED = 100
"""Messages that are asked for by their ids in one go; then others have their turn, since each is a request."""


class Reconciler:
    """Reads, compares, and puts what differs into the inbox behind the live events. It may read several places at once.

    What a history left out is erased only once Discord says of each message that it is not there: see confirm.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._reactions = ReactionReader(bot)
        # By thread or channel: messages that its newest reading did not meet, each with its prompt's id.
        self._absent: dict[int, dict[int, int]] = {}

    def touch(self, message_id: int) -> None:
        """Note that a message's reactions changed live."""
        self._reactions.touch(message_id)

    def misses(self, channel_id: int) -> bool:
        """Say whether messages are held that a history left out, and that have to be asked for one by one."""
        return bool(self._absent.get(channel_id))

    async def thread(self, prompt: WatchedPrompt) -> bool:
        """Catch up with a prompt's thread. Returns whether nothing is left to read.

        Raises discord.NotFound where the thread was deleted, and UnreadableError.
        """
        if prompt.gone_at is not None and not (await self.bot.store.replies.count(prompt.id))[1]:
            return True
        with self._reactions.listening() as touched:
            held = await self._held(prompt)
            thread = await find_thread(self.bot, prompt)
            read = ThreadRead(mark_of(prompt, thread), discord.utils.utcnow())
            history = await read_thread(thread)
            if prompt.gone_at is not None:
                self.bot.watch.add(await self.bot.store.prompts.note_back(prompt))
            self._absent.pop(thread.id, None)
            done = await self._apply(thread, prompt, ReplyKind.THREAD, held, history, touched)
            if done and prompt.state is PromptState.CLOSED and not self.misses(thread.id):
                await self.bot.store.prompts.note_read(prompt.id, read)
            return done

    async def channel(self, channel_id: int, prompts: Sequence[WatchedPrompt]) -> bool:
        """Catch up with the replies to cards in a channel itself. Raises UnreadableError."""
        channel = self.bot.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            return True
        done = True
        with self._reactions.listening() as touched:
            held = {prompt.id: await self._held(prompt) for prompt in prompts}
            histories = await read_channel(channel, prompts)
            own = {prompt.id for prompt in prompts}
            absent = self._absent.pop(channel_id, {})
            others = {message: prompt_id for message, prompt_id in absent.items() if prompt_id not in own}
            if others:
                self._absent[channel_id] = others
            for prompt in prompts:
                history = histories[prompt.id]
                done &= await self._apply(channel, prompt, ReplyKind.CHANNEL, held.pop(prompt.id), history, touched)
        return done

    async def confirm(self, prompt: WatchedPrompt, channel_id: int) -> None:
        """Ask for some of the messages that a history left out, and erase those that are gone.

        Raises discord.NotFound where the thread was deleted, and UnreadableError; then nothing is erased. Where Discord
        fails on one message, those before it are erased, and it comes last the next time.
        """
        absent = self._absent.get(channel_id, {})
        place = self.bot.get_partial_messageable(channel_id, guild_id=prompt.guild_id)
        gone: dict[int, list[int]] = defaultdict(list)
        done: list[int] = []
        fault: Exception | None = None
        for message_id, prompt_id in list(islice(absent.items(), MOST_CONFIRMED)):
            try:
                if await is_deleted(place, message_id):
                    gone[prompt_id].append(message_id)
            except (discord.DiscordServerError, aiohttp.ClientError, OSError) as error:
                absent[message_id] = absent.pop(message_id)
                fault = error
                break
            done.append(message_id)
        for prompt_id, message_ids in gone.items():
            self.bot.store.inbox.put(Erasure(prompt_id, tuple(message_ids)))
        await self.bot.store.inbox.flush()
        for message_id in done:
            absent.pop(message_id, None)
        if fault is not None:
            raise fault

    def forget(self, channel_id: int) -> None:
        """Ask for nothing more of a thread that is gone."""
        self._absent.pop(channel_id, None)

    async def _held(self, prompt: WatchedPrompt) -> tuple[Held, ...]:
        """Read what is held of a prompt before a reading begins, with everything that Discord said until now."""
        await self.bot.store.inbox.flush()
        return await self.bot.store.replies.held(prompt.id)

    async def _apply(
        self,
        place: discord.Thread | discord.TextChannel,
        prompt: WatchedPrompt,
        kind: ReplyKind,
        held: tuple[Held, ...],
        history: History,
        touched: Collection[int],
    ) -> bool:
        reading = history.reading(self.bot, kind, held)
        known = {reply.message_id for reply in held}
        new = [message.message_id for message in reading.seen if message.message_id not in known]
        marked = await self.bot.store.replies.erased(new)
        differences = await asyncio.to_thread(find_changes, held, reading, marked)
        if differences.absent:
            self._absent.setdefault(place.id, {}).update(dict.fromkeys(differences.absent, prompt.id))
        self.bot.watch.note_names(prompt.guild_id, history.names)
        await self._store(prompt, kind, place.id, differences)
        left = [seen.message_id for seen in reading.seen if seen.message_id in marked and self._is_own(seen)]
        if left:
            self.bot.dispatch("posts_left", prompt, left)
        if history.by_webhook:
            self.bot.dispatch("webhook_met", prompt)
        return await self._reactions.read(prompt, place.id, history, touched)

    def _is_own(self, seen: SeenMessage) -> bool:
        return self.bot.user is not None and seen.author_id == self.bot.user.id

    async def _store(self, prompt: WatchedPrompt, kind: ReplyKind, place_id: int, differences: Changes) -> None:
        """Put what is new or was changed, in groups that leave room for the live events."""
        own_words = self.bot.known_words(prompt.guild_id)
        parts: tuple[tuple[Sequence[SeenMessage], Callable[[SeenMessage, str], ReplyEvent]], ...] = (
            (differences.add, partial(_make_arrival, prompt, kind)),
            (differences.edit, _make_edit),
        )
        for messages, event_of in parts:
            for start in range(0, len(messages), GROUP):
                group = messages[start : start + GROUP]
                # Texts full of identifiers would keep the loop.
                texts = await asyncio.to_thread(_redact, group, own_words)
                async for message, text in iterate_in_slices(zip(group, texts, strict=True)):
                    self.bot.store.inbox.put(event_of(message, text))
                    check_message(self.bot, message.text, text, partial(_locate, prompt, place_id, message))
                await self.bot.store.inbox.flush()


def mark_of(prompt: WatchedPrompt, thread: discord.Thread) -> str:
    """Return a mark of what a prompt's thread has now, as Discord said when the bot got to see it, or since."""
    return mark_thread(prompt.id, thread.last_message_id, thread.message_count, thread.total_message_sent)


def _redact(messages: Sequence[SeenMessage], own_words: KnownWords) -> list[str]:
    return [sanitise(message.text, own_words).text for message in messages]


def _make_edit(message: SeenMessage, text: str) -> Edit:
    return Edit(message.message_id, text, message.edited_at or message.created_at)


def _locate(prompt: WatchedPrompt, place_id: int, message: SeenMessage) -> HeardMessage:
    return HeardMessage(prompt, place_id, message.message_id, message.author_id)


def _make_arrival(prompt: WatchedPrompt, kind: ReplyKind, message: SeenMessage, text: str) -> Arrival:
    return Arrival(
        id=message.message_id,
        guild_id=prompt.guild_id,
        prompt_id=prompt.id,
        author_id=message.author_id,
        text=text,
        created_at=message.created_at,
        kind=kind,
        message_id=message.message_id,
        reply_to=message.reply_to,
        edited_at=message.edited_at,
        attachments=message.attachments,
    )
