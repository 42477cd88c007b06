"""How the bot reports to facilitators: one line in the channel that /setup names."""

from __future__ import annotations

import logging

import discord
from discord.abc import Messageable

from bot.client import DISCORD_FAULTS, Bot
from bot.store import StoreError

log = logging.getLogger(__name__)


async def report(bot: Bot, guild_id: int, text: str, *, view: discord.ui.View | None = None) -> bool:
    """Tell a server's facilitators. Returns whether it could be sent; where not, the log says so without the text."""
    try:
        settings = await bot.store.settings.of(guild_id)
        channel = bot.get_channel(settings.facilitators_channel_id or 0)
        if not isinstance(channel, Messageable):
            log.warning("guild %s has no facilitators' channel for a report", guild_id)
            return False
        if view is None:
            await channel.send(text)
        else:
            await channel.send(text, view=view)
    except (*DISCORD_FAULTS, StoreError) as error:
        log.warning("a report to guild %s failed: %s", guild_id, type(error).__name__)
        return False
    return True
