"""Ends checks on time, counts and shows what was tapped; also after the bot was away."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import fault_name, is_unanswered
from bot.errors import UserError
from bot.models.checks import Check, CheckState
from bot.services.check_rounds import follow_check
from bot.services.checks import end_due_checks, release_checks
from bot.services.closing import follow_key_dates
from bot.store import StoreError
from cogs.checks.posts import CheckPoster
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.rounds import ServerRounds

log = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(hours=24)
RETRY = timedelta(minutes=5)
RETRY_RELEASE = timedelta(seconds=1)
"""After how long a key is destroyed that could not be: at first, and twice as long each time, up to RETRY."""
RETRY_SHOWING = timedelta(hours=1)


class CheckClosing(PeriodicCog):
    """Takes a step at the start, when a check was started or ended, when one is due, and while something failed."""

    def __init__(self, bot: Bot, poster: CheckPoster) -> None:
        self.bot = bot
        self._poster = poster
        self._servers = ServerRounds(bot, self._show_all, retry=RETRY)
        self._wait = RETRY_RELEASE
        self._seen: set[int] = set()
        """The servers of which every check was shown since the start."""
        self._unshown: set[int] = set()
        """The checks whose messages could not be changed to what is so now."""

    @periodic(every=LONGEST_SLEEP, retry=RETRY)
    async def look(self) -> datetime:
        """End what is due and release what ended, without Discord; let servers show it. Return when the next is due."""
        now, store = discord.utils.utcnow(), self.bot.store
        await follow_key_dates(store, now)
        await end_due_checks(store, now)
        released = await release_checks(store, now)
        for prompt_id in released.prompt_ids:
            self.bot.dispatch("prompt_over", prompt_id)  # what is missing can be read from now on
        for guild in self.bot.guilds:
            if await self._to_show(guild.id):
                self._servers.wake(guild.id)
        due = [check.ends_at for check in await store.checks.open_checks()]
        if released.is_complete:
            self._wait = RETRY_RELEASE
            return min([*due, now + LONGEST_SLEEP])
        wait, self._wait = self._wait, min(2 * self._wait, RETRY)
        return min([*due, now + wait])

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Show the checks of every server: their words may have changed while the bot was away."""
        self.look.wake()

    @commands.Cog.listener()
    async def on_check_changed(self) -> None:
        """Follow a check that was started, or ended by hand (an event of the bot's own)."""
        self.look.wake()

    @commands.Cog.listener()
    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """Show in a server that the bot is back in what ended meanwhile."""
        self.look.wake()

    @commands.Cog.listener()
    async def on_replies_erased(self, prompt_id: int) -> None:
        """Follow replies that were erased, perhaps by their date, which changes no summary now."""
        await self.on_summary_changed(prompt_id)

    @commands.Cog.listener()
    async def on_summary_changed(self, prompt_id: int) -> None:
        """Let the checks of a prompt show the same points as its summaries, which lost words or got some."""
        try:
            for check in await self.bot.store.checks.of_prompt(prompt_id):
                await follow_check(self.bot.store, check)
                if await self._poster.show(check.guild_id, check.id) is not None:
                    self._unshown.add(check.id)
        except (UserError, StoreError, ValueError) as error:
            log.warning("checks of prompt %s could not be shown: %s", prompt_id, fault_name(error))
        if self._unshown:
            self.look.wake()

    async def _show_all(self, guild_id: int) -> datetime | bool:
        """Show what is not shown in a server. Return when to look again; True where all is shown."""
        now = discord.utils.utcnow()
        waits = [await self._show(check) for check in await self._to_show(guild_id)]
        self._seen.add(guild_id)
        again = [wait for wait in waits if wait is not None]
        return now + min(again) if again else True

    async def _to_show(self, guild_id: int) -> list[Check]:
        """Find the checks of a server that are not shown as they are; at first all."""
        checks = await self.bot.store.checks.of_guild(guild_id)
        is_new = guild_id not in self._seen
        return [check for check in checks if is_new or check.id in self._unshown or _is_pending(check)]

    async def _show(self, check: Check) -> timedelta | None:
        """Show a check. Returns after how long to try again; None where it is shown, or never can be."""
        self._unshown.discard(check.id)
        error: Exception | None
        try:
            error = await self._poster.show(check.guild_id, check.id)
        except StoreError as fault:
            log.warning("check %s is not shown yet: %s", check.id, fault)
            error = fault
        except (UserError, ValueError) as fault:
            log.warning("check %s could not be shown: %s", check.id, fault_name(fault))
            return None
        if error is None:
            return None
        self._unshown.add(check.id)
        return RETRY if is_unanswered(error) or isinstance(error, StoreError) else RETRY_SHOWING


def _is_pending(check: Check) -> bool:
    """Say whether its card or its results were not posted yet, or its card was not told that it ended."""
    return check.message_id is None or (check.state is CheckState.ENDED and check.result_id is None)
