"""Reminds the threads of prompts, each once: claimed before it is sent, and looked for where it was cut short."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import discord

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.models.prompts import Prompt, PromptState
from bot.prompts.reminders import START, remind_at, reminder_text
from bot.text.dates import format_local_date
from bot.text.markdown import escape
from cogs.core.history import find_own
from cogs.core.posts import make_nonce

log = logging.getLogger(__name__)

RETRY_AFTER = timedelta(minutes=30)


async def remind_all(bot: Bot, guild_id: int, now: datetime) -> datetime | None:
    """Post the reminders that are due in a server. Returns when the next one is; None where none is in sight."""
    moments = []
    for prompt in await bot.store.reminders.to_remind(guild_id):
        try:
            moments.append(await _remind(bot, prompt, now))
        except DISCORD_FAULTS as error:
            log.warning("prompt %s could not be reminded: %s", prompt.id, fault_name(error))
            moments.append(now + RETRY_AFTER)
    return min((moment for moment in moments if moment is not None), default=None)


async def _remind(bot: Bot, prompt: Prompt, now: datetime) -> datetime | None:
    thread = bot.get_channel(prompt.thread_id or 0)
    if not isinstance(thread, discord.Thread):
        # One that Discord archived is kept nowhere at hand. Nobody wrote there for long, so it matters most.
        thread = await _fetch_thread(bot, prompt)
    if thread is None:
        return None
    if prompt.reminded_at is not None:
        sent = await find_own(bot, thread, _is_reminder, prompt.reminded_at, after=prompt.message_id or 0)
        if sent is not None:
            await bot.store.reminders.note_sent(prompt, sent.id)
            return None
    settings = await bot.store.settings.of(prompt.guild_id)
    last = None if thread.last_message_id is None else discord.utils.snowflake_time(thread.last_message_id)
    due = remind_at(prompt, settings, last)
    if due is None or due > now:
        return due
    await _send(bot, thread, prompt, settings.time_zone, now)
    return None


async def _send(bot: Bot, thread: discord.Thread, prompt: Prompt, time_zone: str, now: datetime) -> None:
    async with bot.posting[prompt.guild_id]:  # so that the thread is not told meanwhile that it is closed
        if prompt.reminded_at is None and not await bot.store.reminders.claim(prompt, now):
            return
        if (await bot.store.prompts.get(prompt.guild_id, prompt.id)).state is not PromptState.OPEN:
            return
        count, _ = await bot.store.replies.count(prompt.id)
        text = reminder_text(prompt, count, format_local_date(prompt.closes_at, time_zone))
        sent = await thread.send(escape(text), nonce=make_nonce("reminder", thread.id, prompt.claim))
        await bot.store.reminders.note_sent(prompt, sent.id)


async def _fetch_thread(bot: Bot, prompt: Prompt) -> discord.Thread | None:
    guild = bot.get_guild(prompt.guild_id)
    if guild is None or guild.unavailable or prompt.thread_id is None:
        return None
    try:
        channel = await bot.fetch_channel(prompt.thread_id)
    except (discord.NotFound, discord.Forbidden):
        return None
    return channel if isinstance(channel, discord.Thread) else None


def _is_reminder(message: discord.Message) -> bool:
    return message.content.startswith(START)
