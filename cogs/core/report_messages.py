"""Reports as messages in the facilitators’ channel: sent once, in order, and found again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

import aiohttp
import discord
from discord.abc import Messageable

from bot.client import Bot
from bot.discord_errors import fault_name
from bot.models.reports import Button, NewReport, Report
from bot.prompts.retention import fill_in_days, is_told_in
from bot.store import StoreError
from cogs.core.posts import make_nonce
from cogs.ui.parts import button, buttons

log = logging.getLogger(__name__)

LOOK_BACK = 200
"""How many messages of the channel are searched for a report whose sending was cut short."""
SEARCHED = 1_000
"""How many are searched for one that has to be changed: what facilitators write in a month."""
BAD_REQUEST = 400


async def find_report(bot: Bot, guild_id: int, pressable: Button) -> discord.Message | None:
    """Find the newest report with a button in a server's facilitators' channel; None if it's gone or long ago.

    Raises Discord's faults.
    """
    channel = await _channel(bot, guild_id)
    if channel is None:
        return None
    async for message in channel.history(limit=SEARCHED):
        own = bot.user is not None and message.author.id == bot.user.id
        if own and pressable.custom_id in _custom_ids(message):
            return message
    return None


async def send_waiting(bot: Bot, guild_id: int, now: datetime) -> bool:
    """Send what waits for a server, and return whether nothing is left.

    A report that Discord refuses for what it says (400) holds up no other.
    """
    guild = bot.get_guild(guild_id)
    if guild is None or guild.unavailable:
        return False
    done = True
    async with bot.reporting[guild_id]:
        try:
            for waiting in await bot.store.reports.waiting(guild_id):
                channel = await _channel(bot, guild_id)
                if channel is None:
                    return False
                try:
                    await _tell(bot, channel, waiting, now)
                except discord.HTTPException as error:
                    log.warning("a report to guild %s failed: %s %s", guild_id, error.status, error.code)
                    if error.status != BAD_REQUEST:
                        return False
                    done = False
            return done and not await bot.store.reports.waiting(guild_id)
        except (StoreError, aiohttp.ClientError, OSError) as error:
            log.warning("a report to guild %s failed: %s", guild_id, fault_name(error))
            return False


async def _tell(bot: Bot, channel: Messageable, waiting: Report, now: datetime) -> None:
    """Send one report, unless it was sent before the bot died or Discord's answer got lost."""
    last_id = getattr(channel, "last_message_id", None) or 0
    begun = await bot.store.reports.begin(waiting, last_id)
    if begun is None:
        return  # what it said is over
    told_at = None if waiting.after_id is None else await _find_time_sent(bot, channel, waiting, waiting.after_id)
    if told_at is None:
        told_at = now
        zone = (await bot.store.settings.of(waiting.guild_id)).time_zone
        # Discord refuses a second message with the same nonce, should a request be repeated on a bad line.
        await _send(channel, fill_in_days(begun.text, told_at, zone), begun.buttons, begun.nonce)
    await bot.store.reports.note_told(begun, told_at)


async def _find_time_sent(bot: Bot, channel: Messageable, waiting: Report, after_id: int) -> datetime | None:
    """Return when a report was sent, by Discord's clock, if it was: it comes after what was there before."""
    ids = {button.custom_id for button in waiting.buttons}
    try:
        async for message in channel.history(limit=LOOK_BACK):
            if message.id <= after_id:
                return None
            own = bot.user is not None and message.author.id == bot.user.id
            if own and is_told_in(message.content, waiting.text) and _custom_ids(message) == ids:
                return message.created_at
    except discord.Forbidden:
        return None  # without Read Message History nobody knows; told twice is better than never
    return None


def _custom_ids(message: discord.Message) -> set[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return {str(part.custom_id) for row in rows for part in row.children}


async def _send(channel: Messageable, text: str, offered: Sequence[Button], nonce: str) -> None:
    if offered:
        view = buttons(*(button(each.label, each.custom_id) for each in offered))
        await channel.send(text, view=view, nonce=nonce)
    else:
        await channel.send(text, nonce=nonce)


async def _channel(bot: Bot, guild_id: int) -> Messageable | None:
    settings = await bot.store.settings.of(guild_id)
    channel = bot.get_channel(settings.facilitators_channel_id or 0)
    if isinstance(channel, Messageable):
        return channel
    log.warning("guild %s has no facilitators' channel for a report", guild_id)
    return None


async def tell_unkept(bot: Bot, new: NewReport) -> None:
    """Tell at once, and once per start, what the database can’t keep, which is mostly at fault itself."""
    try:
        channel = await _channel(bot, new.guild_id)
        if channel is not None:
            zone = (await bot.store.settings.of(new.guild_id)).time_zone
            nonce = make_nonce("unkept", new.guild_id, new.key, new.text)
            await _send(channel, fill_in_days(new.text, discord.utils.utcnow(), zone), new.buttons, nonce)
            bot.unkept_reports.add((new.guild_id, new.key))
    except (discord.HTTPException, StoreError, aiohttp.ClientError, OSError) as error:
        log.warning("a report to guild %s failed: %s", new.guild_id, fault_name(error))
