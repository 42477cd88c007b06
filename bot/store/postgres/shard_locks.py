"""Holds shards by session advisory locks, on one connection to the server that is kept for the life of the process.

While it lives, nobody else gets them. It asks the server every second whether it does. A connection that is cut
silently is noticed within five seconds here and within seven at the server, which then lets others have the shards.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import psycopg

from bot.models.database_server import DatabaseServer
from bot.models.shards import Shards
from bot.store.faults import StoreError, UnreachableError
from bot.store.fence import CUT_OFF, NEWER, TAKEN_OVER, Fence
from bot.store.postgres.connecting import WRITERS
from bot.store.postgres.faults import NOT_REACHED, translate_faults
from bot.store.postgres.lock_connection import ELSEWHERE, connect, cut, is_seen, run
from bot.store.postgres.lock_queries import (
    COUNT,
    COUNTING,
    END_SILENT,
    HELD,
    IDENTIFY,
    LOOK,
    OTHER_COUNTS,
    RAISE_EPOCH,
    SEEN,
    WRITES,
    number_of_key,
)

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
TURN_LOOK_S = 0.2
PATIENCE_S = 4.0
TURN_S = 20.0
"""How long the writer's turn may take to come."""
TURN_LOCK_S = 1.0
"""How long it is waited for, before whoever has it and is silent is looked for."""
COUNT_PATIENCE_S = 10.0
"""How long a process with another number of shards may take to be gone."""
LEFT_FOR_S = 3.0
"""How long nobody has to hold a shard of another process before this one takes it: a new start takes less."""
OTHER_COUNT = (
    "A process that has the database at {path} open has WARD_SHARDS={other}, and this one has {own}. Stop every "
    "process, set the same number for all of them, then start them again."
)


class ShardLocks:
    """One connection and the shards that it holds, with their epochs in ``fence``."""

    def __init__(self, server: DatabaseServer, shards: Shards, fence: Fence, key_id: str = "") -> None:
        self._server, self._shards, self.fence, self._key_id = server, shards, fence, key_id
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._turn = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._free_since: dict[int, float] = {}
        self.any_held = asyncio.Event()
        self.taken: asyncio.Queue[int] = asyncio.Queue()
        """Shards that were taken after those of the first look."""

    async def open(self) -> None:
        """Connect, refuse another number of shards, and look for the first time; then go on looking.

        Raises StoreError where the server cannot be used.
        """
        try:
            with translate_faults(self._server):
                self._connection = await connect(self._server)
                await self._refuse_elsewhere()
                await self._agree_on_count()
                if self._key_id:
                    await self._ask("SELECT pg_advisory_lock_shared(%s, %s)", (WRITES, number_of_key(self._key_id)))
                await self._look()
        except TimeoutError:
            raise UnreachableError(NOT_REACHED, self._server) from None
        self._task = asyncio.create_task(self._go_on(), name="operations")

    async def close(self) -> None:
        """Let everything go."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._connection is not None:
            cut(self._connection)
            await self._connection.close()

    async def take_turn(self, number: int) -> None:
        """Wait for a turn that one process has at a time."""
        while True:
            ((is_ours,),) = await self._ask("SELECT pg_try_advisory_lock(%s, %s)", (IDENTIFY, number))
            if is_ours:
                return
            await asyncio.sleep(TURN_LOOK_S)

    async def give_turn_back(self, number: int) -> None:
        """Let the next process have it."""
        with suppress(psycopg.Error, OSError):  # it ends with the connection
            await self._ask("SELECT pg_advisory_unlock(%s, %s)", (IDENTIFY, number))

    async def _go_on(self) -> None:
        while not self.fence.fault:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self._look()
            except (psycopg.Error, OSError, TimeoutError) as error:
                log.error("the shards of this process are lost: %s", type(error).__name__)  # noqa: TRY400 - no texts
                self.fence.lose(CUT_OFF)

    async def _look(self) -> None:
        """Ask whether what is held still is, and take what is free."""
        (is_same_version, own, others), *_ = await self._ask(LOOK)
        held = set(self.fence.epochs)
        if not is_same_version:
            self.fence.lose(NEWER)
        elif not held <= set(own):
            self.fence.lose(TAKEN_OVER)
        else:
            for shard in self._choose(held | set(others)):
                await self._take(shard)

    def _choose(self, taken: Iterable[int]) -> list[int]:
        """Return the shards to take now: its own that are free, and others that were left alone for a while."""
        now, free = time.monotonic(), set(range(self._shards.count)) - set(taken)
        self._free_since = {shard: self._free_since.get(shard, now) for shard in free}
        left = {shard for shard, since in self._free_since.items() if now - since >= LEFT_FOR_S}
        return sorted(free & self._shards.held) + sorted(left - self._shards.held)

    async def _take(self, shard: int) -> None:
        """Take a shard, unless another process is first, and raise its epoch within the same session.

        With another connection, the epoch could be raised for a process that has lost the shard meanwhile.
        """
        ((is_taken,),) = await self._ask("SELECT pg_try_advisory_lock(%s, %s)", (HELD, shard))
        if not is_taken:
            return
        await self._begin_in_turn()
        ((epoch,),) = await self._ask(RAISE_EPOCH, (shard,))
        await self._ask("COMMIT")
        self.fence.hold(shard, epoch)
        log.info("this process holds shard %d of %d", shard, self._shards.count)
        if self.any_held.is_set():
            self.taken.put_nowait(shard)
        self.any_held.set()

    async def _begin_in_turn(self) -> None:
        """Begin a transaction in the writer's turn.

        A process that sleeps within a write keeps the turn, and so does one whose machine is gone, until the server
        notices. So whoever has the turn and has asked nothing for a while is cut off, and its write is undone.
        """
        until = time.monotonic() + TURN_S
        while True:
            await self._ask(f"BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {TURN_LOCK_S * 1000:.0f}")
            try:
                await self._ask(f"SELECT pg_advisory_xact_lock({WRITERS})", patience=TURN_LOCK_S + PATIENCE_S)
            except psycopg.errors.LockNotAvailable:
                await self._ask("ROLLBACK")
                if time.monotonic() > until:
                    raise
                for (pid,) in await self._ask(END_SILENT):
                    log.warning("a write that nobody goes on with was ended: its connection was %d", pid)
            else:
                return

    async def _refuse_elsewhere(self) -> None:
        """Refuse a direct address of another database: locks there would keep nobody out of this one."""
        if not self._server.direct:
            return
        number = secrets.randbelow(2**31)
        await self._ask("SELECT pg_advisory_lock(%s, %s)", (SEEN, number))
        if not await asyncio.to_thread(is_seen, self._server, number):
            raise StoreError(ELSEWHERE, self._server)
        await self._ask("SELECT pg_advisory_unlock(%s, %s)", (SEEN, number))

    async def _agree_on_count(self) -> None:
        """Refuse to run beside processes that part the servers in another way. The lock ends with the connection."""
        own, until = self._shards.count, time.monotonic() + COUNT_PATIENCE_S
        while True:
            await self._ask("BEGIN")
            await self._ask("SELECT pg_advisory_xact_lock(%s, 0)", (COUNTING,))
            others = await self._ask(OTHER_COUNTS, (own,))
            if not others:
                await self._ask("SELECT pg_advisory_lock_shared(%s, %s)", (COUNT, own))
            await self._ask("COMMIT")
            if not others:
                return
            if time.monotonic() > until:
                ((other,), *_) = others
                raise StoreError(OTHER_COUNT.format(path="{path}", other=other, own=own), self._server)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _ask(
        self, statement: str, values: tuple[object, ...] | None = None, patience: float = PATIENCE_S
    ) -> list[tuple[Any, ...]]:
        """Run a statement. Raises TimeoutError where no answer comes, unless this process itself was late.

        Whoever asks may be cancelled meanwhile: the statement ends by itself, so that the connection stays whole.
        """
        asking = asyncio.create_task(self._ask_now(statement, values, patience), name="operations")
        asking.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(asking)

    async def _ask_now(
        self, statement: str, values: tuple[object, ...] | None, patience: float
    ) -> list[tuple[Any, ...]]:
        connection = self._connection
        if connection is None:
            raise TimeoutError
        async with self._turn:
            asking = asyncio.create_task(run(connection, statement, values), name="operations")
            try:
                if not (await asyncio.wait({asking}, timeout=patience))[0]:
                    # The answer may lie here since, if the loop was held up.
                    await asyncio.wait({asking}, timeout=LOOK_EVERY_S)
            finally:
                if not asking.done():  # if it was cancelled, the driver would first ask the server to stop it
                    cut(connection)
                    await asyncio.wait({asking}, timeout=LOOK_EVERY_S)
            if not asking.done():
                raise TimeoutError
            return asking.result()
