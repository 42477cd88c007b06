"""Finds the posts of a prompt in a forum, and keeps one: Discord may take the same request twice on a bad line.

discord.py repeats a request whose answer was a fault of Discord's, though Discord may have done it; a message is told
from its double by a nonce, but a forum's post has none.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.client import Bot
from bot.models.prompts import Prompt
from bot.text.markdown import escape_line
from cogs.core.history import CLOCKS_DIFFER, LOOK_BACK, contains_text, find_own
from cogs.core.reports import report
from cogs.prompts.card import current_card
from cogs.ui.cards import card

log = logging.getLogger(__name__)

NOT_HERE = "Discord posted this question twice. Please reply in the other post: <#{}>"
TWO_DISCUSSIONS = (
    "Discord posted the question “{}” twice, and people wrote in both posts: <#{}> and <#{}>. Replies are collected "
    "in both. The second is its own prompt, with its own summary."
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a forum: its first message, and its thread."""

    card: discord.Message
    thread: discord.Thread


async def find_posts(bot: Bot, channel: discord.ForumChannel, prompt: Prompt, *, with_archived: bool) -> list[Post]:
    """Find the bot's posts whose buttons carry a prompt's claim, the oldest first, without those of other prompts."""
    threads = [thread for thread in await channel.guild.active_threads() if thread.parent_id == channel.id]
    if with_archived:
        threads += await _list_archived(channel, prompt.claimed_at)
    posts = []
    for thread in sorted(threads, key=lambda thread: thread.id):
        if thread.owner_id != channel.guild.me.id:
            continue
        owner = await bot.store.prompts.by_thread(thread.id)
        if owner is None or owner.id == prompt.id:
            first = await find_own(bot, thread, lambda message: contains_text(message, prompt.claim), prompt.claimed_at)
            posts += [Post(first, thread)] if first is not None else []
    return posts


async def settle_doubles(bot: Bot, prompt: Prompt, posts: list[Post], now: datetime) -> Prompt:
    """Let one post of a prompt remain, the one that is noted. Returns the prompt as it is noted then.

    A double in which nobody wrote goes. Where people wrote only in the double, it takes the place of the other; where
    they wrote in both, it becomes a prompt of its own, so that every reply is collected.
    """
    kept = next((post for post in posts if post.thread.id == prompt.thread_id), None)
    if kept is None:
        return prompt
    for double in [post for post in posts if post is not kept]:
        if await _is_closed_off(double):
            await _remove(double, kept.thread.id)
        elif await _is_closed_off(kept):
            prompt, kept = await _move(bot, prompt, kept, double, now), double
        else:
            await _adopt(bot, prompt, double, now)
    return prompt


async def settle_late_post(bot: Bot, thread: discord.Thread, now: datetime) -> None:
    """Settle a post of the bot's that nothing is noted of: another process has taken over and made one meanwhile."""
    forum = thread.parent
    if not isinstance(forum, discord.ForumChannel) or thread.owner_id != thread.guild.me.id:
        return
    async with bot.posting[thread.guild.id]:  # what is being posted just now is noted by then
        if await bot.store.prompts.by_thread(thread.id) is not None:
            return
        for prompt in await bot.store.prompts.open_prompts():
            if prompt.channel_id == forum.id and prompt.thread_id is not None:
                posts = await find_posts(bot, forum, prompt, with_archived=False)
                await settle_doubles(bot, prompt, posts, now)


async def _list_archived(channel: discord.ForumChannel, since: datetime) -> list[discord.Thread]:
    threads: list[discord.Thread] = []
    async for thread in channel.archived_threads(limit=None):
        # They come by the time of archiving, by Discord's clock, and none is archived before it is made.
        if len(threads) >= LOOK_BACK and thread.archive_timestamp < since - CLOCKS_DIFFER:
            break
        threads.append(thread)
    return threads


async def _is_closed_off(post: Post) -> bool:
    """Lock a post in which nobody wrote. Returns False where somebody did; then it stays open."""
    with contextlib.suppress(discord.Forbidden):
        await post.thread.edit(archived=False, locked=True)  # first, so that nobody writes while this looks
    # The line with the question may be there already, from before the bot died.
    async for message in post.thread.history(limit=None):
        is_line = message.author.id == post.thread.guild.me.id and not message.components
        if message.id != post.card.id and not is_line:
            with contextlib.suppress(discord.Forbidden):
                await post.thread.edit(locked=False)
            return False
    return True


async def _remove(post: Post, kept_id: int) -> None:
    """Delete a post, or let it say where the discussion is."""
    try:
        await post.thread.delete()
    except discord.NotFound:
        return
    except discord.Forbidden:
        await post.card.edit(view=card(NOT_HERE.format(kept_id), framed=False))
        log.warning("a double of thread %s could not be deleted, so it says where the discussion is", kept_id)


async def _move(bot: Bot, prompt: Prompt, before: Post, after: Post, now: datetime) -> Prompt:
    """Let a prompt have its thread where people wrote; the other post goes."""
    bot.watch.drop(prompt)  # before its thread goes, lest the prompt be taken for gone
    prompt = await bot.store.prompts.confirm(prompt, message_id=after.card.id, thread_id=after.thread.id, now=now)
    bot.watch.add(prompt)
    await _remove(before, after.thread.id)
    return prompt


async def _adopt(bot: Bot, prompt: Prompt, double: Post, now: datetime) -> None:
    second = await bot.store.prompts.add_double(prompt, message_id=double.card.id, thread_id=double.thread.id, now=now)
    await double.card.edit(view=await current_card(bot, second))  # its buttons carry a claim of its own
    bot.watch.add(second)
    question = escape_line(prompt.wording.question, 120)
    places = prompt.thread_id, double.thread.id
    key = f"double:{prompt.id}:{double.thread.id}"
    await report(bot, prompt.guild_id, TWO_DISCUSSIONS.format(question, *places), key=key)
