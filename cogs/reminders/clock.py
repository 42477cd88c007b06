"""Sleeps until a reminder or a weekly line is due, and sends it. Each step finds by itself what is due."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable
from datetime import datetime, timedelta

import discord
from discord.ext import commands, tasks

from bot.client import DISCORD_FAULTS, Bot
from bot.store import StoreError
from cogs.reminders.thread_reminders import remind_all
from cogs.reminders.weekly_digest import tell_weeks

log = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(hours=6)
"""No prompt is reminded earlier than a day after it was posted, so a new one is found in time."""
RETRY_AFTER = timedelta(minutes=30)
SHORTEST_SLEEP_S = 1.0


class ReminderClock(commands.Cog):
    """One round at the start, and one whenever something is due or a setting was changed."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._due_at: datetime | None = None
        self._changed = False

    async def cog_load(self) -> None:
        """Start the rounds."""
        self.tick.start()

    async def cog_unload(self) -> None:
        """Stop them."""
        self.tick.cancel()

    @tasks.loop(seconds=SHORTEST_SLEEP_S)
    async def tick(self) -> None:
        """One round, if anything is due; then sleep until the next."""
        now = discord.utils.utcnow()
        if self._due_at is None or now >= self._due_at:
            self._changed = False
            found = [await self._step(remind_all(self.bot, now), now), await self._step(tell_weeks(self.bot, now), now)]
            # What was changed meanwhile asks for another round.
            self._due_at = now if self._changed else min(now + LONGEST_SLEEP, *found)
        self.tick.change_interval(seconds=max(SHORTEST_SLEEP_S, (self._due_at - now).total_seconds()))

    @tick.before_loop
    async def _ready(self) -> None:
        await self.bot.wait_until_ready()

    @commands.Cog.listener()
    async def on_reminders_changed(self) -> None:
        """Look again after reminders were switched on or off, or quiet hours changed (an event of the bot's own)."""
        self._look_again()

    @commands.Cog.listener()
    async def on_guild_available(self, _guild: discord.Guild) -> None:
        """Look again at a server that came late, or came back: its reminders may be due."""
        self._look_again()

    def _look_again(self) -> None:
        self._due_at, self._changed = None, True
        if self.tick.is_running() and self.bot.is_ready():
            self.tick.change_interval(seconds=SHORTEST_SLEEP_S)

    async def _step(self, step: Awaitable[datetime | None], now: datetime) -> datetime:
        """Take a step, and return when to look again. A fault in one holds the other up no longer than it takes."""
        try:
            return await step or now + LONGEST_SLEEP
        except (*DISCORD_FAULTS, StoreError) as error:
            log.warning("a round of reminders failed: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the loop would end for good
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("a round of reminders failed: %s\n%s", type(error).__name__, where)  # noqa: TRY400 - no texts
        return now + RETRY_AFTER
