"""Closes prompts: in the database and the key file at once, and then in their threads, whenever Discord lets us.

A last line thanks people, and what comes later is marked late.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState
from bot.services.replies.private_replies import release_private_replies
from bot.text.words import count_people
from cogs.core.posts import make_nonce, post_once
from cogs.prompts.card import current_card
from cogs.replies.deleted_threads import note_gone
from cogs.ui.parts import button, buttons

CLOSED = "This question has closed."
CLOSED_BEFORE = "This prompt is closed."
"""What earlier versions of the program wrote."""
NOBODY_REPLIED = "Nobody has replied yet."
THANKS = "Thank you: {people} replied."
LATER = "You can still write here (we’ll mark it late)."
QUOTES = (
    "Can we quote you outside this server, such as to the board, without your name? Tap “You may quote me”. If you "
    "don’t, we still count your reply."
)
QUOTE_ME = "You may quote me", "my-quotes"
"""The button by which people let themselves be quoted outside the server; the cog of /my answers it."""
MAY_NOT = "give its role View Channels, Send Messages in Threads and Manage Threads there."


async def close_prompt(bot: Bot, prompt: Prompt, now: datetime) -> Prompt:
    """Close a prompt and post its last line once. Repeating it changes nothing.

    What people were promised for the closing is done first, whatever holds up the server's posts. Where the thread is
    gone, the prompt is closed and its replies are held back. Raises UserError where the bot may not write in the
    thread; the prompt is closed all the same.
    """
    await end_prompts(bot, (prompt,), now)
    async with bot.posting[prompt.guild_id]:
        # Its thread may have been told while this waited its turn.
        return await _tell(bot, await bot.store.prompts.get(prompt.guild_id, prompt.id), now)


async def end_prompts(bot: Bot, prompts: Iterable[Prompt], now: datetime) -> None:
    """Close prompts in the database, count what was tapped, destroy their keys and release what lay under them.

    It takes no lock and asks nothing of Discord, so that no server can hold up what another was promised. Where the
    keys cannot be destroyed, the rounds of private replies try again.
    """
    to_end = [prompt for prompt in prompts if prompt.state is not PromptState.CLOSED]
    if not to_end:
        return
    await bot.store.inbox.flush()
    for prompt in to_end:
        bot.watch.add(await bot.store.prompts.close(prompt, now))
    await release_private_replies(bot.store, now)
    for prompt in to_end:
        bot.dispatch("prompt_over", prompt.id)


async def _tell(bot: Bot, prompt: Prompt, now: datetime) -> Prompt:
    """Let the thread and the card of a closed prompt say so, looking first for what was done already."""
    if prompt.closing_id is not None or prompt.gone_at is not None or prompt.thread_id is None:
        return prompt
    thread = await _thread(bot, prompt.thread_id)
    if thread is None:
        await note_gone(bot, prompt, now)
        return await bot.store.prompts.get(prompt.guild_id, prompt.id)
    try:
        send = partial(_send, bot, thread, prompt)
        since, after = prompt.closed_at or now, prompt.message_id or 0
        nonce = make_nonce("closing", thread.id, prompt.claim)
        line_id = await post_once(bot, thread, _is_last_line, send, nonce, since=since, after=after)
        await _refresh_card(bot, thread, prompt)
    except discord.Forbidden:
        raise UserError(f"A prompt has closed, but the bot can’t say so in <#{thread.id}>: {MAY_NOT}") from None
    closed = await bot.store.prompts.note_closing(prompt, line_id)
    bot.dispatch("prompt_closed", prompt.id)  # here, so that a closing that was cut short is told when it is finished
    return closed


async def _send(bot: Bot, thread: discord.Thread, prompt: Prompt, nonce: str) -> discord.Message:
    if thread.archived and thread.locked:
        await thread.edit(archived=False)  # a message opens an archived thread, but not a locked one
    return await thread.send(f"{await _thanks(bot, prompt)}\n{QUOTES}", view=buttons(button(*QUOTE_ME)), nonce=nonce)


async def _refresh_card(bot: Bot, thread: discord.Thread, prompt: Prompt) -> None:
    """Let the card say that the prompt is closed. A card that was deleted stays away."""
    place = thread if isinstance(thread.parent, discord.ForumChannel) else thread.parent
    if isinstance(place, discord.TextChannel | discord.Thread):
        card = place.get_partial_message(prompt.message_id or 0)
        with contextlib.suppress(discord.NotFound):
            await card.edit(view=await current_card(bot, prompt))


async def _thread(bot: Bot, thread_id: int) -> discord.Thread | None:
    channel = bot.get_channel(thread_id)
    if channel is None:
        try:
            channel = await bot.fetch_channel(thread_id)
        except discord.NotFound:
            return None
    return channel if isinstance(channel, discord.Thread) else None


async def _thanks(bot: Bot, prompt: Prompt) -> str:
    count, _ = await bot.store.replies.count(prompt.id)
    if not count:
        return f"{CLOSED} {NOBODY_REPLIED} {LATER}"
    return f"{CLOSED} {THANKS.format(people=count_people(count))} {LATER}"


def _is_last_line(message: discord.Message) -> bool:
    return message.content.startswith((CLOSED, CLOSED_BEFORE))
