"""Shows a form's reply in the thread, changes it there, takes it away, and finds it again after a restart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import discord

from bot.client import Bot
from bot.models.prompts import WatchedPrompt
from bot.models.replies import Reply
from cogs.replies.views import LONGEST_MESSAGE, card_view, format_posted, plain_view
from cogs.ui.parts import custom_id

THREAD_IS_ARCHIVED = 50083
T = TypeVar("T")


async def post_reply(bot: Bot, prompt: WatchedPrompt, reply: Reply, name: str) -> int:
    """Post a form's reply under its author's name in plain text. Returns the message's id.

    Raises discord.HTTPException. Sending it twice within minutes posts it once, since Discord compares the nonce.
    """
    thread = _thread(bot, prompt)
    text = format_posted(name, reply.text)
    if len(text) <= LONGEST_MESSAGE:
        view = plain_view(reply.id)
        send = partial(thread.send, text, view=view, suppress_embeds=True, nonce=reply.id)
    else:
        send = partial(thread.send, view=card_view(reply.id, text), nonce=reply.id)
    message: discord.Message = await _in_open_thread(bot, prompt, send, stay_open=True)
    return message.id


async def change_posted(bot: Bot, prompt: WatchedPrompt, reply: Reply, name: str, message_id: int) -> None:
    """Show the new words in the reply's message. Raises discord.HTTPException."""
    message = await _thread(bot, prompt).fetch_message(message_id)
    text = format_posted(name, reply.text)
    changes: dict[str, Any] = {"content": text, "view": plain_view(reply.id)}
    # A message that has become a card stays one.
    if message.flags.components_v2 or len(text) > LONGEST_MESSAGE:
        changes = {"content": None, "view": card_view(reply.id, text)}
    await _in_open_thread(bot, prompt, partial(message.edit, **changes))


async def delete_posted(bot: Bot, prompt: WatchedPrompt, message_id: int) -> None:
    """Delete the reply's message; one that is gone already is well. Raises other kinds of discord.HTTPException."""
    message = _thread(bot, prompt).get_partial_message(message_id)
    try:
        await _in_open_thread(bot, prompt, message.delete)
    except discord.NotFound:
        return


async def find_posted(bot: Bot, prompt: WatchedPrompt, reply: Reply) -> int | None:
    """Find the message in which a reply was posted before the bot died: its buttons carry the reply's id."""
    since = reply.created_at - timedelta(minutes=1)
    route = custom_id("reply-edit", reply.id)
    async for message in _thread(bot, prompt).history(limit=None):
        if message.created_at < since:
            return None
        if any(route == button for button in _routes(message)):
            return message.id
    return None


def _thread(bot: Bot, prompt: WatchedPrompt) -> discord.PartialMessageable:
    return bot.get_partial_messageable(prompt.thread_id or 0, guild_id=prompt.guild_id)


async def _in_open_thread(
    bot: Bot, prompt: WatchedPrompt, act: Callable[[], Awaitable[T]], *, stay_open: bool = False
) -> T:
    """Act in a thread; one that is archived, and so lets nothing be changed, is opened for it."""
    try:
        return await act()
    except discord.HTTPException as error:
        if error.code != THREAD_IS_ARCHIVED:
            raise
    thread = await bot.fetch_channel(prompt.thread_id or 0)
    if not isinstance(thread, discord.Thread):
        raise TypeError("a prompt's thread is no thread")
    await thread.edit(archived=False)
    try:
        return await act()
    finally:
        if not stay_open:
            await thread.edit(archived=True)


def _routes(message: discord.Message) -> list[str]:
    rows = [part for part in message.components if isinstance(part, discord.ActionRow)]
    return [button.custom_id for row in rows for button in row.children if button.custom_id is not None]
