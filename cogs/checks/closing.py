"""Ends checks on time, counts and shows what was tapped; also after the bot was away."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import is_unanswered
from bot.errors import UserError
from bot.models.checks import Check, CheckState
from bot.services.check_rounds import follow_check
from bot.services.checks import end_due_checks, release_checks
from bot.store import StoreError
from cogs.checks.posts import CheckPoster
from cogs.core.loops import PeriodicCog, periodic

log = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(hours=24)
RETRY = timedelta(minutes=5)
RETRY_SHOWING = timedelta(hours=1)


class CheckClosing(PeriodicCog):
    """Takes a step at the start, when a check was started or ended, when one is due, and while something failed."""

    def __init__(self, bot: Bot, poster: CheckPoster) -> None:
        self.bot = bot
        self._poster = poster
        self._is_first = True
        self._unshown: set[int] = set()
        """The checks whose messages could not be changed to what is so now."""

    @periodic(every=LONGEST_SLEEP, retry=RETRY)
    async def look(self) -> datetime:
        """End what is due, release what ended, show what is not shown; return when the next is due."""
        now = discord.utils.utcnow()
        moment = await self._round(now, everything=self._is_first)
        self._is_first = False
        return moment

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
            log.warning("checks of prompt %s could not be shown: %s", prompt_id, type(error).__name__)
        if self._unshown:
            self.look.wake()

    async def _round(self, now: datetime, *, everything: bool) -> datetime:
        store = self.bot.store.checks
        await end_due_checks(self.bot.store, now)
        released = await release_checks(self.bot.store, now)
        for prompt_id in released.prompt_ids:
            self.bot.dispatch("prompt_over", prompt_id)  # what is missing can be read from now on
        waits = [await self._show(check) for check in await self._to_show(everything=everything)]
        waits += [LONGEST_SLEEP if released.is_complete else RETRY]
        due = [check.ends_at for check in await store.open_checks()]
        return min([*due, now + min(waits)])

    async def _to_show(self, *, everything: bool) -> list[Check]:
        """Find the checks that are not shown as they are; with ``everything``, all.

        Their words may have changed while the bot was away.
        """
        checks = [check for guild in self.bot.guilds for check in await self.bot.store.checks.of_guild(guild.id)]
        unshown, self._unshown = self._unshown, set()
        return [check for check in checks if everything or check.id in unshown or _is_pending(check)]

    async def _show(self, check: Check) -> timedelta:
        """Show a check. Returns after how long to look again, which is soon where it could not be shown."""
        error: Exception | None
        try:
            error = await self._poster.show(check.guild_id, check.id)
        except StoreError as fault:
            log.warning("check %s is not shown yet: %s", check.id, fault)
            error = fault
        except (UserError, ValueError) as fault:
            log.warning("check %s could not be shown: %s", check.id, type(fault).__name__)
            return LONGEST_SLEEP
        if error is None:
            return LONGEST_SLEEP
        self._unshown.add(check.id)
        return RETRY if is_unanswered(error) or isinstance(error, StoreError) else RETRY_SHOWING


def _is_pending(check: Check) -> bool:
    """Say whether its card or its results were not posted yet, or its card was not told that it ended."""
    return check.message_id is None or (check.state is CheckState.ENDED and check.result_id is None)
