"""Two processes that run the bot as ``python -m bot run`` does, each with a clock and a way to the database of its own.

Whoever ends is started again, as a service manager would do.
"""

from __future__ import annotations

import asyncio
import datetime as real
import mmap
import signal
import struct
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import discord
from discord.ext import tasks

import bot.cli.run
from bot.cli.program import START_AGAIN
from cogs.core.rounds import Rounds
from tests.bot_process import run_at, settings
from tests.chaos.keys import Keys
from tests.processes import Forked
from tests.servers.postgres import PostgresServer
from tests.store.postgres.proxy import Proxy

LOOK_EVERY_S = 1.0
"""How often a process looks whether a round is due: its clock is moved by days, and it would sleep for hours."""
_SLEEP_UNTIL = Rounds._sleep_until
STARTED_AGAIN_AFTER_S = 3.0
"""How long the service manager waits: else whoever was killed would be back before the other one looks."""


def run_with_clock(address: str, clock: str) -> None:
    """Start the bot with a clock that goes wrong by as many seconds as a file says at that moment."""
    with Path(clock).open("rb") as file:
        seconds = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)

    class Moved(real.datetime):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> Any:
            return real.datetime.now(tz) + real.timedelta(seconds=struct.unpack("d", seconds)[0])

        @classmethod
        def fromtimestamp(cls, timestamp: float, tz: real.tzinfo | None = None) -> Any:
            return real.datetime.fromtimestamp(timestamp, tz)

        @classmethod
        def fromisoformat(cls, text: str) -> Any:
            return real.datetime.fromisoformat(text)

    moved = ModuleType("datetime")
    vars(moved).update(vars(real), datetime=Moved)
    for module in (discord.utils, tasks):
        vars(module)["datetime"] = moved
    vars(bot.cli.run)["datetime"] = Moved
    Rounds._sleep_until = _sleep_a_little  # type: ignore[method-assign, assignment]
    run_at(address)


def _sleep_a_little(rounds: Rounds, moment: real.datetime, now: real.datetime) -> None:
    """Sleep as rounds do, but look soon whether it is time."""
    _SLEEP_UNTIL(rounds, moment, now)
    if rounds._woke_at is not None and rounds._due_at is not None:
        rounds._loop._last_iteration = now  # or discord.py would make up for each second of a week
        rounds._loop.change_interval(seconds=min((rounds._due_at - now).total_seconds(), LOOK_EVERY_S))


class Machine:
    """One of the machines: its process, its clock, its ways to the database and to the keys."""

    def __init__(self, name: str, folder: Path, url: str, proxy: Proxy, key_proxy: Proxy) -> None:
        self.name, self.proxy, self.key_proxy, self._url = name, proxy, key_proxy, url
        self._folder = folder / name
        self._folder.mkdir()
        self._clock = self._folder / "clock"
        self._clock.write_bytes(bytes(8))
        self.hours_wrong = 0
        self.process: Forked | None = None
        self.starts = 0
        self._ended_at = 0.0

    def configure(self, server: PostgresServer, database: str, keys: Keys) -> None:
        """Write its settings."""
        url = server.url_over_tcp(database, self.proxy.port)
        of_keys = keys.settings(self._folder, self.key_proxy.port)
        settings(self._folder, WARD_DATABASE=url, WARD_LOG_LEVEL="WARNING", **of_keys)

    def set_clock(self, seconds: float) -> None:
        """Let its clock go wrong by so much, from now on."""
        with self._clock.open("r+b") as file:  # in its place: the process has it open
            file.write(struct.pack("d", seconds))

    def start(self) -> None:
        """Start its process."""
        self.process = Forked(run_with_clock, f"{self._url}/{self.name}", str(self._clock), folder=self._folder)
        self.starts += 1

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.process is not None
        return self.process.pid

    def send(self, number: int) -> None:
        """Send its process a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    async def mind(self) -> None:
        """Start it again if its process has ended: killed, or by itself with the code that asks for that."""
        process = self.process
        if process is not None and process.code is not None:
            self.process, self._ended_at = None, time.monotonic()  # at once: several may mind it
            code, said = await process.ended()
            process.kill()
            self._show(said)
            assert code in (-signal.SIGKILL, START_AGAIN), f"{self.name} ended with {code}: {said}"
        elif process is None and time.monotonic() - self._ended_at > STARTED_AGAIN_AFTER_S:
            self.start()

    async def end(self) -> None:
        """End its process for good, and show what it said: that is read where the test fails."""
        if self.process is not None:
            if self.process.code is None:
                self.send(signal.SIGKILL)
            _, said = await self.process.ended()
            self.process.kill()
            self._show(said)

    def _show(self, said: str) -> None:
        print(f"{self.name}, from its start {self.starts} on: {said}")  # noqa: T201


async def wait_a_little() -> None:
    """Let the processes work."""
    await asyncio.sleep(0.02)
