"""Finds and changes messages of the bot's own, wherever they stand, also in an archived thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import aiohttp
import discord
from discord import ui

from bot.client import Bot

THREAD_IS_ARCHIVED = 50083
MAY_NOT = 50013
SERVER_FAULT, TOO_MANY = 500, 429
FAILED = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What a request to Discord raises: a refusal, a fault of its own, or a line that was cut."""
CLOCKS_DIFFER = timedelta(days=1)
"""More than the machine's clock differs from Discord's; with more, no certificate would be valid."""
P = TypeVar("P")
T = TypeVar("T")


def is_unanswered(error: Exception) -> bool:
    """Whether Discord failed or did not answer: it may be done all the same, and is to be tried again."""
    if isinstance(error, discord.HTTPException):
        return error.status >= SERVER_FAULT or error.status == TOO_MANY
    return isinstance(error, FAILED)


def long_before(moment: datetime) -> int:
    """An id that Discord gave before a moment of ours, however far its clock and ours differ."""
    return discord.utils.time_snowflake(moment - CLOCKS_DIFFER)


async def own_messages(bot: Bot, guild_id: int, channel_id: int, after: int) -> AsyncIterator[discord.Message]:
    """What the bot posted in a channel after a message's id, the newest first. Discord's ids grow across channels."""
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    async for message in channel.history(limit=None):
        if message.id <= after:
            return
        if bot.user is not None and message.author.id == bot.user.id:
            yield message


async def sent_before(bot: Bot, guild_id: int, channel_id: int, mark: str, after: int) -> int | None:
    """The message that was sent, later than one with the id ``after``, before the bot died: it bears the mark.

    The mark is a custom_id of its own.
    """
    async for message in own_messages(bot, guild_id, channel_id, after):
        if any(f"'{mark}'" in str(part.to_dict()) for part in message.components):
            return message.id
    return None


async def change_message(
    bot: Bot,
    guild_id: int,
    channel_id: int,
    message_id: int,
    view: ui.LayoutView,
    files: Callable[[], list[discord.File]] | None = None,
) -> None:
    """Show a new card in a message. Raises discord.NotFound where it is gone, and other errors of Discord's.

    ``files`` opens what the message bears from now on; without it, its attachments stay as they are.
    """
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    message = channel.get_partial_message(message_id)
    try:
        await _edit(message, view, files)
    except discord.HTTPException as error:
        if error.code != THREAD_IS_ARCHIVED:
            raise
        thread = await bot.fetch_channel(channel_id)
        if not isinstance(thread, discord.Thread):
            raise
        await thread.edit(archived=False)
        try:
            await _edit(message, view, files)
        finally:
            await thread.edit(archived=True)


async def with_pictures(act: Callable[[P], Awaitable[T]], drawn: P, none: P) -> T:
    """Send or change a message with pictures; where the bot may not, as without Attach Files, with ``none`` of them.

    The words say all that pictures do. Raises discord.Forbidden where the words are refused as well.
    """
    try:
        return await act(drawn)
    except discord.Forbidden as error:
        if not drawn or error.code != MAY_NOT:
            raise
    return await act(none)


async def _edit(
    message: discord.PartialMessage, view: ui.LayoutView, files: Callable[[], list[discord.File]] | None
) -> None:
    if files is None:
        await message.edit(view=view)
    else:
        await message.edit(view=view, attachments=files())
