"""Finds and changes messages of the bot's own, wherever they stand, also in an archived thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import discord
from discord import ui

from bot.client import Bot

THREAD_IS_ARCHIVED = 50083
MAY_NOT = 50013
P = TypeVar("P")
T = TypeVar("T")


async def own_messages(bot: Bot, guild_id: int, channel_id: int, after: int) -> AsyncIterator[discord.Message]:
    """What the bot posted in a channel after a message's id, the newest first. Discord's ids grow across channels."""
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    async for message in channel.history(limit=None):
        if message.id <= after:
            return
        if bot.user is not None and message.author.id == bot.user.id:
            yield message


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
