"""Weeks of a series that two processes run, of which one is struck, and what has to be so afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from bot.models.database_server import DatabaseServer
from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import NewSeries, Slot
from bot.models.settings import GuildSettings
from bot.store import Store, StoreError, open_store
from bot.store.postgres import lock_queries
from tests.chaos.machines import Machine, wait_a_little
from tests.chaos.shared_discord import SharedDiscord, shared_discord
from tests.engines import full_template
from tests.postgres_server import PostgresServer
from tests.store.postgres.proxy import proxy_to
from tests.world import DATA_KEY

NAMES = ("left", "right")
AT_WORK_S = 10.0
"""How soon the other process has to be at work, and how long a key may outlast its date meanwhile."""
STANDING_BY = f"SELECT count(*) FROM pg_locks WHERE classid = {lock_queries.COUNT} AND granted"  # noqa: S608
HOLDERS = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE classid = {lock_queries.HELD}"  # noqa: S608
KINDS = ("slot", "posting", "burst", "closing", "release", "restart", "cut", "asleep", "clock")
"""What the leader dies of: killed before a slot comes, while it posts, while people write, while it closes, while it
releases private replies; the server started again, its connections cut, asleep until the other one has its place, and
killed with a clock that was hours wrong."""
REQUEST = b"a request"
POINTS = {
    "posting": (b"INSERT INTO prompts", b"UPDATE prompts", b"COMMIT", REQUEST, REQUEST),
    "burst": (b"INSERT INTO replies", b"COMMIT"),
    "closing": (b"UPDATE prompts", b"COMMIT", REQUEST, REQUEST),
    "release": (b"DELETE FROM private_replies", b"INSERT INTO private_batches", b"UPDATE private_replies", b"COMMIT"),
}
"""Before or after what somebody is killed: what is sent to the database, or asked of Discord."""
ONCE = (b"INSERT INTO prompts", *POINTS["release"][:3])
"""What is sent once in a phase; the rest is sent three times."""


def patience() -> float:
    """How long the takeover may take here: longer where more programs want the machine than it has processors."""
    return AT_WORK_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Chaos:
    """Two machines, one server of PostgreSQL, one Discord."""

    def __init__(self, random: Random, server: PostgresServer, place: DatabaseServer) -> None:
        self.random, self.server, self.place = random, server, place
        self.discord: SharedDiscord
        self.machines: dict[str, Machine] = {}
        self.struck_at: float | None = None
        self.takeovers: list[float] = []
        """Seconds from a strike until the other process was ready."""
        self.posted_after: list[float] = []
        """Seconds from the death of a leader, at whose slot nothing was posted yet, until the prompt was there."""
        self.key_outlasted: list[float] = []
        """Seconds from the date of a key until no byte of it was left."""
        self._moved = timedelta()
        self._store: Store | None = None

    def now(self) -> datetime:
        """Discord's time, and that of everybody whose clock is right."""
        return datetime.now(UTC) + self._moved

    def leap(self, moment: datetime) -> None:
        """Let time pass at once."""
        self._moved = max(self._moved, moment - datetime.now(UTC))
        self._set_clocks()

    def set_wrong(self, machine: Machine, hours: int) -> None:
        """Let a machine's clock go wrong by so many hours."""
        machine.hours_wrong = hours
        self._set_clocks()

    def _set_clocks(self) -> None:
        for machine in self.machines.values():
            machine.set_clock(self._moved.total_seconds() + machine.hours_wrong * 3600)

    async def load(self, weeks: int) -> None:
        """Set the server up, with a series whose first slot comes within the hour."""
        first, guild = self.now() + timedelta(hours=1), self.discord.guild.id
        passages = tuple(Passage(f"Leaders exist at level {n}.", question=f"What of level {n}?") for n in range(weeks))
        async with self.store() as store:
            await store.settings.join([guild])
            await store.settings.save(
                GuildSettings(
                    guild,
                    prompts_channel_id=self.discord.prompts,
                    facilitators_channel_id=self.discord.office,
                    facilitator_role_id=self.discord.facilitators,
                    organiser_role_id=self.discord.organisers,
                    open_days=1,
                )
            )
            source, _ = await store.library.add_source(
                guild, Document(SourceDetails("No more heroes"), passages, "f" * 64, "text")
            )
            ids = tuple(excerpt.id for excerpt in await store.library.excerpts(guild, source.id))
            slot = Slot(first.weekday(), first.time().replace(second=0, microsecond=0), "UTC", first.date())
            await store.series.create(NewSeries(guild, "Weekly", self.discord.prompts, slot, ids), self.now())

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """The database, as a command opens it beside the bot. It stays open until the server goes away."""
        if self._store is None:
            self._store = await open_store(self.place, DATA_KEY, prompt_keys=self.place.files, beside=True)
        try:
            yield self._store
        except StoreError:
            await self.close()
            raise

    async def close(self) -> None:
        """Close what is open of it here."""
        store, self._store = self._store, None
        if store is not None:
            await store.close()

    async def until(self, is_so: Callable[[], Awaitable[bool]], what: str) -> float:
        """Wait until something is so, and return for how many seconds. Whoever has ended is started again meanwhile."""
        began = time.monotonic()
        while True:
            for machine in self.machines.values():
                await machine.mind()
            try:
                if await is_so():
                    return time.monotonic() - began
            except StoreError:
                pass  # the server is away
            assert time.monotonic() - began < 6 * patience(), f"still waiting: {what}. {self.discord.unknown}"
            await wait_a_little()

    @property
    def leader(self) -> Machine:
        """The process that was told last that it is ready."""
        return self.machines[max(self.discord.ready_at, key=self.discord.ready_at.__getitem__)]

    async def taken_over(self, victim: Machine) -> None:
        """Wait until the other process has taken over from one that was struck, which has to be soon."""
        struck_at = self.struck_at
        assert struck_at is not None

        async def is_ready() -> bool:
            return any(
                each is not victim and self.discord.ready_at.get(name, 0) > struck_at
                for name, each in self.machines.items()
            )

        await self.until(is_ready, "another process at work")
        self.takeovers.append(max(self.discord.ready_at.values()) - struck_at)
        assert self.takeovers[-1] < patience()

    async def until_at_work(self) -> None:
        """Wait until one process, whichever, has taken over since the strike."""
        struck_at = self.struck_at or 0.0

        async def is_ready() -> bool:
            return max(self.discord.ready_at.values()) > struck_at

        await self.until(is_ready, "a process at work")
        self.takeovers.append(max(self.discord.ready_at.values()) - struck_at)
        assert self.takeovers[-1] < patience()

    def key_bytes(self) -> bytes:
        """Every byte of the file of keys and of its log."""
        parts = []
        for name in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                parts.append(self.place.files.with_name(f"{self.place.files.name}{name}").read_bytes())
        return b"".join(parts)

    async def both(self) -> None:
        """Wait until one process works and the other stands by."""

        async def are_there() -> bool:
            ((count,),) = await asyncio.to_thread(self.server.execute, STANDING_BY, self.place.name)
            at_work = count == len(NAMES) and self.discord.ready_at
            return bool(at_work) and self.discord.is_connected(self.leader.name)

        await self.until(are_there, "two processes")

    def note_strike(self) -> None:
        """Note that somebody was struck just now."""
        if self.struck_at is None:
            self.struck_at = time.monotonic()

    def strike(self, machine: Machine, number: int = signal.SIGKILL) -> None:
        """Let a process die, or sleep, and note when."""
        if self.struck_at is None:
            machine.send(number)
            self.note_strike()

    def set_trap(self, phase: str, victim: Machine) -> str:
        """Let a process be killed at a point of a phase that chance chooses, before or after it; say which."""
        chosen, is_after = self.random.choice(POINTS[phase]), self.random.random() < 0.5
        number = 1 if chosen in ONCE else self.random.randint(1, 3)
        seen = 0

        def pass_by(*, is_it: bool) -> bool:
            nonlocal seen
            seen += is_it
            if not is_it or seen != number or self.struck_at is not None:
                return False
            self.strike(victim)
            return True

        if chosen == REQUEST:
            trap = partial(_is_asked_by, victim.name, pass_by)
            self.discord.before, self.discord.after = (_let_pass, trap) if is_after else (trap, _let_pass)
        elif is_after:
            victim.proxy.after = lambda sent: pass_by(is_it=chosen in sent)
        else:
            victim.proxy.before = lambda sent: pass_by(is_it=chosen in sent)
        return f"{'after' if is_after else 'before'} {chosen.decode()} {number}"

    def clear_traps(self) -> None:
        """Let everything pass again."""
        for machine in self.machines.values():
            machine.proxy.before = lambda _sent: False
            machine.proxy.after = lambda _sent: None
        self.discord.before = self.discord.after = _let_pass


def _let_pass(_who: str, _path: str) -> bool:
    return False


def _is_asked_by(victim: str, pass_by: Callable[..., bool], who: str, _path: str) -> bool:
    return pass_by(is_it=who == victim)


@asynccontextmanager
async def chaos(random: Random, server: PostgresServer, folder: Path, weeks: int) -> AsyncIterator[Chaos]:
    """Two processes of the bot at work, and a series that has a passage for each of so many weeks."""
    name = server.new_database(template=full_template())
    place = DatabaseServer(server.url(name), folder / "keys" / "ward.db")
    async with AsyncExitStack() as stack:
        stack.callback(server.drop, name)
        made = Chaos(random, server, place)
        made.discord = await stack.enter_async_context(shared_discord(made.now))
        stack.push_async_callback(made.close)
        await made.load(weeks)
        for each in NAMES:
            proxy = await stack.enter_async_context(proxy_to(server.port))
            machine = made.machines[each] = Machine(each, folder, made.discord.url, proxy)
            machine.configure(server, name, place.files)
            stack.push_async_callback(machine.end)
            machine.start()
        yield made
