"""Sleeps until a reminder or a weekly line is due, and sends it. Each step finds by itself what is due."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable
from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.store import StoreError
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.rounds import ServerRounds
from cogs.reminders.thread_reminders import remind_all
from cogs.reminders.weekly_digest import tell_week

log = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(hours=6)
"""No prompt is reminded earlier than a day after it was posted, so a new one is found in time."""
RETRY_AFTER = timedelta(minutes=30)
APART = timedelta(seconds=1)


class ReminderClock(PeriodicCog):
    """One round at the start, and one whenever a setting was changed; each server's own rounds send what is due."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._servers = ServerRounds(bot, self._serve, retry=RETRY_AFTER)

    @periodic(every=LONGEST_SLEEP, retry=RETRY_AFTER, apart=APART)
    async def tick(self) -> bool:
        """Let each server look at what is due there."""
        for guild_id in await self.bot.store.reminders.weeks_told():
            self._servers.wake(guild_id)
        return True

    @commands.Cog.listener()
    async def on_reminders_changed(self) -> None:
        """Look again after reminders were switched on or off, or quiet hours changed (an event of the bot's own)."""
        self.tick.wake()

    @commands.Cog.listener()
    async def on_guild_available(self, _guild: discord.Guild) -> None:
        """Look again at a server that came late, or came back: its reminders may be due."""
        self.tick.wake()

    async def _serve(self, guild_id: int) -> datetime:
        """Send what is due in a server; return when something is due next."""
        now = discord.utils.utcnow()
        reminded = await self._step(remind_all(self.bot, guild_id, now), now)
        return min(reminded, await self._step(tell_week(self.bot, guild_id, now), now))

    async def _step(self, step: Awaitable[datetime | None], now: datetime) -> datetime:
        """Take a step, and return when to look again. A fault in one holds the other up no longer than it takes."""
        try:
            return await step or now + LONGEST_SLEEP
        except (*DISCORD_FAULTS, StoreError) as error:
            log.warning("a round of reminders failed: %s", fault_name(error))
        except Exception as error:  # noqa: BLE001 - the loop would end for good
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("a round of reminders failed: %s\n%s", fault_name(error), where)  # noqa: TRY400 - no texts
        return now + RETRY_AFTER
