"""Messages that the bot has to post once, however it dies, and to keep true afterwards, also in archived threads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import discord
from discord import ui

from bot.client import Bot

Files = Callable[[], list[discord.File]]
REFUSED = (
    "I could not post in <#{}>. Give my role View Channels and Send Messages there; in a thread it takes Send Messages "
    "in Threads too, and in a locked one Manage Threads."
)


def no_files() -> list[discord.File]:
    """What a message without attachments bears."""
    return []


async def send(bot: Bot, guild_id: int, channel_id: int, view: ui.LayoutView, files: Files = no_files) -> int:
    """Post a card without a notification, also in an archived thread. Returns the message's id."""
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    try:
        return (await channel.send(view=view, files=files(), silent=True)).id
    except discord.HTTPException as error:
        if error.code != THREAD_IS_ARCHIVED:
            raise
    async with _unarchived(bot, channel_id):
        return (await channel.send(view=view, files=files(), silent=True)).id


async def show(bot: Bot, guild_id: int, channel_id: int, message_id: int, view: ui.LayoutView) -> None:
    """Let a message say what a card says. Its attachments stay. Raises discord.NotFound where it is gone."""
    if not await says(bot, guild_id, channel_id, message_id, view):
        await change_message(bot, guild_id, channel_id, message_id, view)


async def says(bot: Bot, guild_id: int, channel_id: int, message_id: int, view: ui.LayoutView) -> bool:
    """Whether a message says it already; an edit for nothing would open an archived thread in everybody's list.

    Raises discord.NotFound where the message is gone.
    """
    channel = bot.get_partial_messageable(channel_id, guild_id=guild_id)
    try:
        message = await channel.fetch_message(message_id)
    except discord.Forbidden:
        return False  # without Read Message History nobody knows
    return _said(ui.LayoutView.from_message(message)) == _said(view)


@asynccontextmanager
async def _unarchived(bot: Bot, channel_id: int) -> AsyncIterator[None]:
    thread = await bot.fetch_channel(channel_id)
    if isinstance(thread, discord.Thread):
        await thread.edit(archived=False)
    try:
        yield
    finally:
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=True)


def _said(view: ui.LayoutView) -> list[str]:
    """The words of a card and of its buttons."""
    parts = list(view.walk_children())
    texts = [part.content.strip() for part in parts if isinstance(part, ui.TextDisplay)]
    return texts + [str(part.label) for part in parts if isinstance(part, ui.Button)]


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
