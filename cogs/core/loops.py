"""How a cog declares its rounds of work, which begin when it is loaded and end when it is unloaded.

class Clock(PeriodicCog):
    @periodic(every=timedelta(hours=6), retry=timedelta(minutes=5))
    async def tick(self) -> datetime | bool: ...
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Generic, TypeVar, overload

from discord.ext import commands

from bot.client import Bot
from cogs.core.rounds import NOW, Outcome, Rounds, ServerRounds

C = TypeVar("C", bound="PeriodicCog")


class Periodic(Generic[C]):
    """A cog's method that is taken in rounds; on the cog, its name is that of the rounds."""

    def __init__(self, take: Callable[[C], Awaitable[Outcome]], **times: Any) -> None:
        self._take, self._times = take, times

    @overload
    def __get__(self, cog: None, owner: type[C]) -> Periodic[C]: ...

    @overload
    def __get__(self, cog: C, owner: type[C]) -> Rounds: ...

    def __get__(self, cog: C | None, owner: type[C]) -> Periodic[C] | Rounds:
        if cog is None:
            return self
        name = self._take.__name__
        rounds = Rounds(cog.bot, self._take.__get__(cog), f"{owner.__name__}.{name}", **self._times)
        cog.__dict__[name] = rounds
        return rounds


def periodic(
    *,
    retry: timedelta,
    every: timedelta | None = None,
    longest_retry: timedelta | None = None,
    apart: timedelta = NOW,
) -> Callable[[Callable[[C], Awaitable[Outcome]]], Periodic[C]]:
    """Let a cog's method be taken in rounds, as ``Rounds`` says. Its result is an ``Outcome``."""

    def mark(take: Callable[[C], Awaitable[Outcome]]) -> Periodic[C]:
        return Periodic(take, every=every, retry=retry, longest_retry=longest_retry, apart=apart)

    return mark


class PeriodicCog(commands.Cog):
    """A cog with rounds. They begin when it is loaded and end when it is unloaded.

    Those of servers are kept as attributes.
    """

    bot: Bot

    async def cog_load(self) -> None:
        """Begin the rounds."""
        for rounds in self._every_rounds():
            rounds.begin()

    @commands.Cog.listener()
    async def on_servers_taken(self) -> None:
        """Hear that servers of another shard were taken (an event of the bot's own): what is regular begins there."""
        for rounds in self._every_rounds():
            rounds.begin()

    async def cog_unload(self) -> None:
        """End them."""
        for rounds in self._every_rounds():
            rounds.end()
        for kept in vars(self).values():
            if isinstance(kept, ServerRounds):
                kept.end()

    def _every_rounds(self) -> list[Rounds]:
        return [getattr(self, name) for name in dir(type(self)) if isinstance(getattr(type(self), name), Periodic)]
