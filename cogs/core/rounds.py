"""Rounds of work: they sleep until something is due, wake early, try again what failed, and outlive faults."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import discord
from discord.ext import tasks

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import UserError

log = logging.getLogger(__name__)

Outcome = datetime | bool
"""What a round returns: True where all is done, False where something is to be tried again, or when to look again."""

NOW = timedelta(0)
SHORTEST = timedelta(seconds=1)
"""How long is slept at least between two rounds for which nobody asked."""
MOST_DOUBLINGS = 10


class Rounds:
    """The rounds of one cog, one after the other, from when the session is ready until the cog is unloaded.

    A round is taken at the start and ``every`` so often; without ``every``, only when somebody asks for one, until all
    is done. After a fault, or where a round returns False, the next comes after ``retry``, and after twice as long each
    time in a row, up to ``longest_retry``. ``apart`` is the shortest time from the beginning of one round to the next.
    """

    def __init__(
        self,
        bot: Bot,
        take: Callable[[], Awaitable[Outcome]],
        name: str,
        *,
        every: timedelta | None,
        retry: timedelta,
        longest_retry: timedelta | None,
        apart: timedelta = NOW,
    ) -> None:
        self._bot, self._take, self._name = bot, take, name
        self._every, self._retry, self._apart = every, retry, apart
        self._longest_retry = longest_retry or retry
        self._failures = 0  # in a row
        self._due_at: datetime | None = None
        self._asked_at: datetime | None = None  # while a round goes on, which may have passed by what is asked for
        self._woke_at: datetime | None = None
        self._in_round = self._is_over = False
        self._loop = tasks.loop(name=name)(self._turn)
        self._loop.before_loop(self._wait_until_ready)

    def is_running(self) -> bool:
        """Tell whether a round goes on or is to come."""
        return self._loop.is_running()

    def begin(self) -> None:
        """Begin the rounds where the cog has some at any time."""
        if self._every is not None:
            self.wake()

    def end(self) -> None:
        """End them for good, also in the midst of a round."""
        self._is_over = True
        self._loop.cancel()

    def wake(self, after: timedelta = NOW) -> None:
        """Ask for a round, now or after a while, unless one comes earlier. Waits after faults are short again."""
        now = discord.utils.utcnow()
        moment = now + after
        self._failures = 0
        if self._in_round:
            self._asked_at = min(moment, self._asked_at or moment)
        elif self.is_running():
            self._sleep_until(min(moment, self._due_at or now), now)
        elif not self._is_over:
            self._due_at, self._woke_at = (moment if after else None), None
            self._loop.start()

    def keep_going(self) -> None:
        """Ask for a round now where none is to come; where they go on, for one when what failed is tried again."""
        self.wake(self._retry if self.is_running() else NOW)

    async def _wait_until_ready(self) -> None:
        await self._bot.wait_until_ready()
        if self._is_over:
            self._loop.stop()

    async def _turn(self) -> None:
        """Take a round if it is time for it; it is not, where the loop woke early or the machine slept."""
        now = self._woke_at = discord.utils.utcnow()
        if self._due_at is not None and now < self._due_at:
            self._sleep_until(self._due_at, now)
            return
        self._asked_at, self._in_round = None, True
        try:
            outcome = await self._guarded()
        finally:
            self._in_round = False
        after = discord.utils.utcnow()
        due_at = self._next(outcome, now, after)
        if due_at is None:
            self._due_at = None
            self._loop.stop()
        else:
            self._sleep_until(due_at, after)

    async def _guarded(self) -> Outcome:
        """Take a round; a fault is logged without its text, which may hold what people wrote."""
        try:
            outcome = await self._take()
        except (UserError, *DISCORD_FAULTS) as error:
            log.warning("a round of %s failed: %s", self._name, fault_name(error))
        except Exception as error:  # noqa: BLE001 - the rounds would end for good
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("a round of %s failed: %s\n%s", self._name, fault_name(error), where)  # noqa: TRY400 - no texts
        else:
            if self._every is not None:
                self._bot.last_rounds[self._name] = discord.utils.utcnow()
            return outcome
        return False

    def _next(self, outcome: Outcome, began: datetime, now: datetime) -> datetime | None:
        """Return when the next round comes; None where there is no need of one."""
        moments = [] if self._asked_at is None else [self._asked_at]
        if outcome is False:
            doubled = self._retry * 2 ** min(self._failures, MOST_DOUBLINGS)
            moments.append(max(began + min(doubled, self._longest_retry), now + SHORTEST))
            self._failures += 1
        else:
            self._failures = 0
            if isinstance(outcome, datetime):
                moments.append(max(outcome, now + SHORTEST))
        if self._every is not None:
            moments.append(max(began + self._every, now + SHORTEST))
        return min(moments, default=None)

    def _sleep_until(self, moment: datetime, now: datetime) -> None:
        """Let the loop sleep until a moment. discord.py counts from when it was to wake last, hence from there."""
        if self._woke_at is None:
            self._due_at = moment  # it begins just now, and looks at this first
            return
        self._due_at = max(moment, self._woke_at + self._apart)
        if self._due_at > now:
            self._loop.change_interval(seconds=(self._due_at - self._woke_at).total_seconds())
        else:
            self._woke_at = None
            self._loop.restart()  # it sleeps, so that nothing is cut short


class ServerRounds:
    """Rounds of each server, side by side, when somebody asks: one that Discord holds up holds up no other.

    What a round returns, and ``retry``, are as for ``Rounds``.
    """

    def __init__(self, bot: Bot, take: Callable[[int], Awaitable[Outcome]], *, retry: timedelta) -> None:
        self._bot, self._take, self._retry = bot, take, retry
        self._rounds: dict[int, Rounds] = {}
        self._is_over = False

    def wake(self, guild_id: int, after: timedelta = NOW) -> None:
        """Ask for a round of a server, now or after a while, unless one comes earlier."""
        if self._is_over:
            return
        if guild_id not in self._rounds:
            name = f"{self._take.__qualname__} of guild {guild_id}"
            take = partial(self._take, guild_id)
            self._rounds[guild_id] = Rounds(
                self._bot, take, name, every=None, retry=self._retry, longest_retry=self._retry
            )
        self._rounds[guild_id].wake(after)

    def end(self) -> None:
        """End them for good, also in the midst of a round."""
        self._is_over = True
        for rounds in self._rounds.values():
            rounds.end()
