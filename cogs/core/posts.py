"""Messages that the bot has to post once, however it dies, and to keep true afterwards, also in archived threads."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

import discord
from discord import ui
from discord.abc import Messageable

from bot.client import Bot
from bot.discord_errors import is_unanswered
from cogs.core.history import IsWanted, find_own

NONCE_LENGTH = 24  # Discord takes 25 characters
THREAD_IS_ARCHIVED = 50083
MAY_NOT = 50013
REFUSED = (
    "The bot couldn’t post in <#{}>. Give its role View Channels and Send Messages there. A thread needs Send "
    "Messages in Threads too, and a locked thread needs Manage Threads."
)

REFUSED_FOR_NOW = f"{REFUSED} It tries again every hour."
UNANSWERED = "Discord didn’t answer, so it isn’t in <#{}> yet. The bot will post it there within minutes."

Files = Callable[[], list[discord.File]]
Post = Callable[[str], Awaitable[discord.Message]]
"""Sends a message with the nonce that it is given."""
P = TypeVar("P")
T = TypeVar("T")


def clear_files() -> list[discord.File]:
    """Return what a message without attachments holds."""
    return []


def explain_unposted(channel_id: int, error: BaseException) -> str:
    """Say why what is kept does not stand in a channel yet, and what comes next."""
    return (UNANSWERED if is_unanswered(error) else REFUSED_FOR_NOW).format(channel_id)


async def post_once(
    bot: Bot,
    place: Messageable,
    is_wanted: IsWanted,
    post: Post,
    nonce: str,
    *,
    since: datetime,
    after: int = 0,
    renew: Callable[[discord.Message], Awaitable[object]] | None = None,
) -> int:
    """Return the id of the message that is wanted: the one that was sent before the bot died, or else a new one.

    The caller notes the id, which ends all searching. ``since`` and ``after`` are as for ``find_own``, and ``nonce`` is
    from ``make_nonce``. ``renew`` lets a message that was there already say what is so now.
    """
    message = await find_own(bot, place, is_wanted, since, after=after)
    is_there = message is not None
    if message is None:
        message = await post(nonce)
        # Discord may give back what it has with this nonce: from minutes ago, and changed since.
        is_there = message.edited_at is not None
    if is_there and renew is not None:
        await renew(message)
    return message.id


def make_nonce(kind: str, channel_id: int, *row: object) -> str:
    """Make the nonce of a message that is to be in a channel once, from the row that it shows.

    Discord makes no second message with a nonce of the last few minutes. So a request that was repeated, or that was on
    its way for long, makes no double, even if another process has taken over and sent the same meanwhile. ``row`` has
    to differ for what is to be posted again.
    """
    return hashlib.sha256(repr((kind, channel_id, *row)).encode()).hexdigest()[:NONCE_LENGTH]


async def send_card(
    bot: Bot, guild_id: int, channel_id: int, view: ui.LayoutView, nonce: str, files: Files = clear_files
) -> discord.Message:
    """Post a card without a notification, also in an archived thread."""
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    try:
        return await channel.send(view=view, files=files(), silent=True, nonce=nonce)
    except discord.HTTPException as error:
        if error.code != THREAD_IS_ARCHIVED:
            raise
    async with _unarchive(bot, channel_id):
        return await channel.send(view=view, files=files(), silent=True, nonce=nonce)


async def show_card(bot: Bot, guild_id: int, channel_id: int, message_id: int, view: ui.LayoutView) -> None:
    """Let a message say what a card says. Its attachments stay. Raises discord.NotFound where it is gone."""
    if not await is_shown_already(bot, guild_id, channel_id, message_id, view):
        await change_message(bot, guild_id, channel_id, message_id, view)


async def is_shown_already(bot: Bot, guild_id: int, channel_id: int, message_id: int, view: ui.LayoutView) -> bool:
    """Tell whether a message says it already; an edit for nothing opens an archived thread in everybody's list.

    Raises discord.NotFound where the message is gone.
    """
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    try:
        message = await channel.fetch_message(message_id)
    except discord.Forbidden:
        return False  # without Read Message History nobody knows
    return _words(ui.LayoutView.from_message(message)) == _words(view)


async def change_message(
    bot: Bot, guild_id: int, channel_id: int, message_id: int, view: ui.LayoutView, files: Files | None = None
) -> None:
    """Show a new card in a message. Raises discord.NotFound where it is gone, and other errors of Discord's.

    ``files`` opens what the message carries from now on; without it, its attachments stay as they are.
    """
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    message = channel.get_partial_message(message_id)
    try:
        await _edit(message, view, files)
    except discord.HTTPException as error:
        if error.code != THREAD_IS_ARCHIVED:
            raise
        async with _unarchive(bot, channel_id):
            await _edit(message, view, files)


async def send_with_pictures(act: Callable[[P], Awaitable[T]], drawn: P, none: P) -> T:
    """Send or change a message with pictures; where the bot may not, as without Attach Files, with ``none`` of them.

    The words say all that pictures do. Raises discord.Forbidden where the words are refused as well.
    """
    try:
        return await act(drawn)
    except discord.Forbidden as error:
        if not drawn or error.code != MAY_NOT:
            raise
    return await act(none)


@asynccontextmanager
async def _unarchive(bot: Bot, channel_id: int) -> AsyncIterator[None]:
    """Open an archived thread for a moment."""
    thread = await bot.fetch_channel(channel_id)
    if isinstance(thread, discord.Thread):
        await thread.edit(archived=False)
    try:
        yield
    finally:
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=True)


async def _edit(message: discord.PartialMessage, view: ui.LayoutView, files: Files | None) -> None:
    if files is None:
        await message.edit(view=view)
    else:
        await message.edit(view=view, attachments=files())


def _words(view: ui.LayoutView) -> list[str]:
    """Return the words of a card and of its buttons."""
    parts = list(view.walk_children())
    texts = [part.content.strip() for part in parts if isinstance(part, ui.TextDisplay)]
    return texts + [str(part.label) for part in parts if isinstance(part, ui.Button)]
