"""Two processes that run a series, how one of them is struck, and what has to be so afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.models.database_server import DatabaseServer
from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import NewSeries, Slot
from bot.models.settings import GuildSettings
from bot.store import Store, StoreError, open_store
from bot.store.postgres import lock_queries
from tests.chaos.keys import Keys, new_keys
from tests.chaos.machines import Machine, wait_a_little
from tests.chaos.shared_discord import Fate, SharedDiscord, shared_discord
from tests.engines import full_template
from tests.postgres_server import PostgresServer
from tests.store.postgres.proxy import Proxy, proxy_to
from tests.world import DATA_KEY

NAMES = ("left", "right")
AT_WORK_S = 10.0
"""How soon the other process has to be at work, and how long a key may outlast its date meanwhile."""
AWAY_S = 1.0
"""How long the line to the server of the keys stays cut."""
STANDING_BY = f"SELECT count(*) FROM pg_locks WHERE classid = {lock_queries.COUNT} AND granted"  # noqa: S608
HOLDERS = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE classid = {lock_queries.HELD}"  # noqa: S608
KINDS = ("slot", "posting", "burst", "closing", "release", "restart", "cut", "asleep", "clock", "outcome", "reminder")
"""What the leader dies of: killed before a slot comes, while it posts, while people write, while it closes, while it
releases private replies; the server started again, its connections cut, asleep until the other one has its place,
killed with a clock that was hours wrong, while it posts what was decided, and while it reminds people."""
KEY_KINDS = ("keys restart", "keys cut")
"""What nobody has to die of: the server of the keys started again, and the leader's line to it cut."""
REQUEST = b"a request"
POINTS = {
    "posting": (b"INSERT INTO prompts", b"UPDATE prompts", b"COMMIT", REQUEST, REQUEST),
    "burst": (b"INSERT INTO replies", b"COMMIT"),
    "closing": (b"UPDATE prompts", b"COMMIT", REQUEST, REQUEST),
    "release": (b"DELETE FROM private_replies", b"INSERT INTO private_batches", b"UPDATE private_replies", b"COMMIT"),
    "reminder": (b"UPDATE prompts", REQUEST),
    "outcome": (b"INSERT INTO outcomes", b"UPDATE outcome_posts", REQUEST, REQUEST),
}
"""Before or after what somebody is struck: what is sent to a database, or asked of Discord."""
KEY_POINTS = (b'DELETE FROM "prompt_keys"', b"VACUUM FULL", b"pg_switch_wal", b"CHECKPOINT", b"DELETE FROM about")
"""The same at the server of the keys, while a key is destroyed."""
ONCE = (b"INSERT INTO prompts", *POINTS["release"][:3], b"INSERT INTO outcomes", b"UPDATE outcome_posts", *KEY_POINTS)
"""What is sent once or twice in a phase; the rest is sent three times."""


def patience() -> float:
    """How long the takeover may take here: longer where more programs want the machine than it has processors."""
    return AT_WORK_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Chaos:
    """Two machines, one server of PostgreSQL, one Discord."""

    def __init__(self, random: Random, server: PostgresServer, place: DatabaseServer, keys: Keys) -> None:
        self.random, self.server, self.place, self.keys = random, server, place, keys
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
        self._mending: asyncio.Task[None] | None = None

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
                    prompts_channel_id=self.discord.prompts.id,
                    facilitators_channel_id=self.discord.office.id,
                    facilitator_role_id=self.discord.facilitators.id,
                    organiser_role_id=self.discord.organisers.id,
                    open_days=4,
                    reminders=True,
                    quiet_from="0:00",
                    quiet_to="0:00",
                )
            )
            source, _ = await store.library.add_source(
                guild, Document(SourceDetails("No more heroes"), passages, "f" * 64, "text")
            )
            ids = tuple(excerpt.id for excerpt in await store.library.excerpts(guild, source.id))
            slot = Slot(first.weekday(), first.time().replace(second=0, microsecond=0), "UTC", first.date())
            await store.series.create(NewSeries(guild, "Weekly", self.discord.prompts.id, slot, ids), self.now())

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """The database, as a command opens it beside the bot. It stays open until a server goes away."""
        if self._store is None:
            self._store = await open_store(self.place, DATA_KEY, prompt_keys=self.keys.place, beside=True)
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
                pass  # a server is away
            assert time.monotonic() - began < 6 * patience(), f"still waiting: {what}. {self.discord.unknown}"
            await wait_a_little()

    @property
    def leader(self) -> Machine:
        """The process that was told last that it is ready."""
        return self.machines[max(self.discord.ready_at, key=self.discord.ready_at.__getitem__)]

    async def taken_over(self, victim: Machine | None = None) -> None:
        """Wait until a process has taken over since the strike, and not the one that was struck. It has to be soon."""
        struck_at = self.struck_at
        assert struck_at is not None

        def ready() -> list[float]:
            moments = self.discord.ready_at.items()
            return [at for name, at in moments if at > struck_at and (victim is None or name != victim.name)]

        async def is_ready() -> bool:
            return bool(ready())

        await self.until(is_ready, "another process at work")
        self.takeovers.append(min(ready()) - struck_at)
        assert self.takeovers[-1] < patience()

    async def both(self) -> None:
        """Wait until one process works and the other stands by."""

        async def are_there() -> bool:
            ((count,),) = await asyncio.to_thread(self.server.execute, STANDING_BY, self.place.name)
            at_work = count == len(NAMES) and self.discord.ready_at
            return bool(at_work) and self.discord.is_connected(self.leader.name)

        await self.until(are_there, "two processes")

    def strike(self, machine: Machine, number: int = signal.SIGKILL) -> None:
        """Let a process die, or sleep, and note when."""
        if self.struck_at is None:
            machine.send(number)
            self.struck_at = time.monotonic()

    def strike_server(self, victim: Machine, kind: str, hows: tuple[str, ...] = ("fast", "immediate")) -> str:
        """Start a server again, or cut the victim's line to it. Returns how. It's mended a moment later."""
        of_keys, self.struck_at = kind in KEY_KINDS, time.monotonic()
        if kind.endswith("cut"):
            proxy = victim.key_proxy if of_keys else victim.proxy
            proxy.refuses = of_keys
            proxy.cut()
            self._mending = asyncio.create_task(_let_in_again(proxy))
            return kind
        server, how = self.keys.server if of_keys else self.server, self.random.choice(hows)
        assert server is not None
        self._mending = asyncio.create_task(asyncio.to_thread(_start_again, server, how))
        return f"{kind}, {how}"

    async def mended(self) -> None:
        """Wait until a server that was struck is there again."""
        if self._mending is not None:
            await self._mending

    def set_trap(self, phase: str, victim: Machine, kind: str) -> str:
        """Let a strike come at a point of a phase that chance chooses, before or after it; say which.

        A request may also be on its way for so long that the other process is at work when Discord gets it.
        """
        chosen = self.random.choice(KEY_POINTS if kind in KEY_KINDS else self._points(phase))
        fate = self.random.choice(list(Fate) if chosen == REQUEST else (Fate.LOST, Fate.UNANSWERED))
        number = self.random.randint(1, 1 if chosen in ONCE else 3)
        seen = 0

        def passes(*, is_it: bool) -> bool:
            """Strike at the point; say whether it is that."""
            nonlocal seen
            seen += is_it
            if not is_it or seen != number or self.struck_at is not None:
                return False
            if kind in KEY_KINDS:
                # One that is killed while it writes a table again leaves a file behind, which asks for an admin.
                self.strike_server(victim, kind, ("fast",))
            else:
                self.strike(victim)
            return True

        if chosen == REQUEST:
            self.discord.fate = lambda who: fate if passes(is_it=who == victim.name) else None
        for proxy in (victim.proxy, victim.key_proxy):
            if fate is Fate.LOST:
                proxy.before = lambda sent: passes(is_it=chosen in sent)
            else:
                proxy.after = lambda sent: passes(is_it=chosen in sent)
        return f"{chosen.decode()} {number}, {fate.value}"

    def _points(self, phase: str) -> tuple[bytes, ...]:
        of_keys = KEY_POINTS if phase == "release" and self.keys.server is not None else ()
        return POINTS[phase] + of_keys

    def clear_traps(self) -> None:
        """Let everything pass again, also what was long on its way."""
        for machine in self.machines.values():
            for proxy in (machine.proxy, machine.key_proxy):
                proxy.before, proxy.after = lambda _sent: False, lambda _sent: None
        self.discord.let_in()


async def _let_in_again(proxy: Proxy) -> None:
    await asyncio.sleep(AWAY_S)
    proxy.refuses = False


def _start_again(server: PostgresServer, how: str) -> None:
    server.stop(how=how)
    server.start()


@asynccontextmanager
async def chaos(
    random: Random, server: PostgresServer, key_server: PostgresServer | None, folder: Path, weeks: int
) -> AsyncIterator[Chaos]:
    """Two processes of the bot at work, and a series that has a passage for each of so many weeks.

    Their keys are on the second server, or in a file where there is none.
    """
    name, file = server.new_database(template=full_template()), folder / "keys" / "ward.db"
    place = DatabaseServer(server.url(name), file)
    async with AsyncExitStack() as stack:
        stack.callback(server.drop, name)
        keys = stack.enter_context(new_keys(key_server, file))
        made = Chaos(random, server, place, keys)
        made.discord = await stack.enter_async_context(shared_discord(made.now))
        stack.push_async_callback(made.close)
        await made.load(weeks)
        for each in NAMES:
            ports = server.port, (key_server or server).port
            proxies = [await stack.enter_async_context(proxy_to(port)) for port in ports]
            machine = made.machines[each] = Machine(each, folder, made.discord.url, *proxies)
            machine.configure(server, name, keys)
            stack.push_async_callback(machine.end)
            machine.start()
        yield made
