"""Messages that the bot has to post once, however it dies, and to keep true afterwards, also in archived threads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import discord
from discord import ui

from bot.client import Bot
from cogs.summaries.messages import THREAD_IS_ARCHIVED, change_message

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
