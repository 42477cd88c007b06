"""Reads the history of a thread or a channel to its end, or says why it could not be read so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import discord
from discord.abc import Messageable

from bot.client import Bot
from bot.models.prompts import WatchedPrompt
from bot.models.replies import Held, ReplyKind
from bot.replies.reconcile import HistoryReading, SeenMessage
from bot.text.words import human_join
from cogs.core.channel_permissions import POSTING, list_missing_permissions
from cogs.replies.messages import find_answered_id, is_posted_by_webhook, list_names, read_history_message

NEEDED = {field: POSTING[field] for field in ("view_channel", "read_message_history")}
UNKNOWN_MESSAGE = 10008
"""Discord's code for a message that is not there, where its channel is."""


class UnreadableError(Exception):
    """The bot may not read a history; the text names what it lacks."""


@dataclass(slots=True)
class History:
    """What was met: messages, and those with reactions, which are needed to ask who reacted.

    ``by_webhook`` says that a webhook posted some of them, as bots do that speak for people.
    """

    seen: list[SeenMessage] = field(default_factory=list)
    reacted: list[discord.Message] = field(default_factory=list)
    by_webhook: bool = False
    names: set[str] = field(default_factory=set)

    def meet(self, message: discord.Message) -> None:
        """Take in one message."""
        self.seen.append(read_history_message(message))
        self.names.update(list_names(message))
        self.by_webhook |= is_posted_by_webhook(message)
        if message.reactions:
            self.reacted.append(message)

    def reading(self, bot: Bot, kind: ReplyKind, held: Iterable[Held]) -> HistoryReading:
        """Turn the whole history into a reading.

        It may prove the deletion of what was held before it began, and of nothing that came while it went on.
        """
        up_to = max((reply.message_id or 0 for reply in held), default=0)
        return HistoryReading(tuple(self.seen), complete=True, with_content=bot.message_content, up_to=up_to, kind=kind)


async def find_thread(bot: Bot, prompt: WatchedPrompt) -> discord.Thread:
    """Find a prompt's thread, also an archived one. Raises discord.NotFound if it was deleted, and UnreadableError."""
    channel = bot.get_channel(prompt.thread_id or 0)
    if channel is None:
        try:
            channel = await bot.fetch_channel(prompt.thread_id or 0)
        except discord.Forbidden:
            raise UnreadableError(NEEDED["view_channel"]) from None
    if not isinstance(channel, discord.Thread):
        raise UnreadableError(NEEDED["view_channel"])
    return channel


async def read_thread(thread: discord.Thread) -> History:
    """Read the whole history of a thread, newest first. Raises UnreadableError if it could not be read to its end."""
    history = History()
    place = thread.parent
    _require_readable(place)
    try:
        async for message in thread.history(limit=None):
            history.meet(message)
    except discord.Forbidden:
        raise UnreadableError(human_join(list(NEEDED.values()))) from None
    # Discord answers with an empty page where the permission went meanwhile.
    _require_readable(place)
    return history


async def read_channel(channel: discord.TextChannel, prompts: Sequence[WatchedPrompt]) -> Mapping[int, History]:
    """Read the replies to prompts in a channel itself, by the prompt's id, back to the oldest card.

    Raises UnreadableError where it could not be read so far.
    """
    histories = {prompt.id: History() for prompt in prompts}
    posts = {post: prompt.id for prompt in prompts for post in (prompt.message_id, prompt.notice_id) if post}
    oldest = min(posts, default=0)
    _require_readable(channel)
    try:
        async for message in channel.history(limit=None):
            if message.id <= oldest:
                break
            answered = posts.get(find_answered_id(message) or 0)
            if answered is not None:
                histories[answered].meet(message)
    except discord.Forbidden:
        raise UnreadableError(human_join(list(NEEDED.values()))) from None
    _require_readable(channel)
    return histories


async def is_deleted(place: Messageable, message_id: int) -> bool:
    """Ask for a message by its id, and say whether Discord no longer has it.

    A permission that was lost half-way shows here, since Discord refuses then, and says that a message is not found
    only where it is so. Raises UnreadableError where it refuses, and discord.NotFound where the place itself is gone.
    """
    try:
        await place.fetch_message(message_id)
    except discord.NotFound as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
        return True
    except discord.Forbidden:
        raise UnreadableError(human_join(list(NEEDED.values()))) from None
    return False


def _require_readable(channel: discord.TextChannel | discord.ForumChannel | None) -> None:
    if channel is None:
        raise UnreadableError(NEEDED["view_channel"])
    lacking = list_missing_permissions(channel, channel.guild.me, needed=NEEDED)
    if lacking:
        raise UnreadableError(human_join(lacking))
