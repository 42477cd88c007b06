"""Two machines that run a series: their clocks, the database, and how long anything may take."""

from __future__ import annotations

import asyncio
import os
import time
from collections import defaultdict
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
from tests.chaos.shared_discord import SharedDiscord, shared_discord
from tests.engines import full_template
from tests.servers.postgres import PostgresServer
from tests.store.postgres.proxy import proxy_to
from tests.world import DATA_KEY

NAMES = ("left", "right")
AT_WORK_S = 10.0
"""How soon the other process has to be at work, and how long a key may outlast its date meanwhile."""
STANDING_BY = f"SELECT count(*) FROM pg_locks WHERE classid = {lock_queries.COUNT} AND granted"  # noqa: S608


def patience() -> float:
    """How long the takeover may take here: longer where more programs want the machine than it has processors."""
    return AT_WORK_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Chaos:
    """Two machines, one server of PostgreSQL, one Discord."""

    def __init__(self, random: Random, server: PostgresServer, place: DatabaseServer, keys: Keys) -> None:
        self.random, self.server, self.place, self.keys = random, server, place, keys
        self.discord: SharedDiscord
        self.machines: dict[str, Machine] = {}
        self.measured: defaultdict[str, list[float]] = defaultdict(list)
        """In seconds, by what was waited for."""
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

    async def both(self) -> None:
        """Wait until one process works and the other stands by."""

        async def are_there() -> bool:
            ((count,),) = await asyncio.to_thread(self.server.execute, STANDING_BY, self.place.name)
            at_work = count == len(NAMES) and self.discord.ready_at
            return bool(at_work) and self.discord.is_connected(self.leader.name)

        await self.until(are_there, "two processes")


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
