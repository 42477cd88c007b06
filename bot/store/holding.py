"""What a process that runs the bot holds, so that no other one does the same work: a file's lock, or shards' locks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.models.database_server import DatabaseServer, Place, own_files
from bot.models.shards import Shards
from bot.store.faults import StoreError
from bot.store.fence import Fence
from bot.store.sqlite.lock import RUNNING, RunningError, hold_lock, is_held

if TYPE_CHECKING:
    from bot.store.postgres.shard_locks import ShardLocks


class Holding:
    """The shards that this process holds, which may become more. Made by ``hold_shards``.

    ``files`` is the place beside which this process's own files lie, such as its socket.
    """

    def __init__(self, files: Path, shards: Shards, locks: ShardLocks | None = None) -> None:
        self.files = files
        self._shards, self._locks = shards, locks

    @property
    def count(self) -> int:
        """Return how many shards there are."""
        return self._shards.count

    @property
    def held(self) -> frozenset[int]:
        """Return the shards that this process holds now."""
        return self._shards.held if self._locks is None else frozenset(self._locks.fence.epochs)

    @property
    def shards(self) -> Shards:
        """Return the same for the store. There is at least one once ``wait`` has returned."""
        return Shards(self.count, self.held)

    @property
    def fence(self) -> Fence | None:
        """Return what each transaction that writes has to prove; None where the file's lock is enough."""
        return None if self._locks is None else self._locks.fence

    @property
    def fault(self) -> str:
        """Say why this process may go on no longer; empty while it may."""
        return "" if self._locks is None else self._locks.fence.fault

    async def wait(self) -> None:
        """Wait until this process holds a shard: until then another one does the work, and this one stands by."""
        if self._locks is not None:
            await self._locks.any_held.wait()

    async def take_turn(self, number: int) -> None:
        """Wait until no process identifies at Discord's gateway in a bucket of shards."""
        if self._locks is not None:
            await self._locks.take_turn(number)

    async def give_turn_back(self, number: int) -> None:
        """Let others identify in it."""
        if self._locks is not None:
            await self._locks.give_turn_back(number)

    async def next_taken(self) -> int:
        """Wait for a shard that is taken later than the first, and return it. Of a file there never is one."""
        taken: asyncio.Queue[int] = asyncio.Queue() if self._locks is None else self._locks.taken
        return await taken.get()


@asynccontextmanager
async def hold_shards(
    place: Place, shards: Shards, on_lost: Callable[[], None], *, key_id: str = ""
) -> AsyncIterator[Holding]:
    """Hold a database's shards for this process: those of ``shards`` first, and others if nobody does for seconds.

    A file is one process's at a time, so RunningError is raised where another one has it. On a server, whoever comes
    second stands by. ``on_lost`` is called as soon as they are lost; ``fault`` then says why.
    ``key_id`` is of the data key that this process writes under, or will if it stands by: a change of the key asks.
    """
    if not isinstance(place, DatabaseServer):
        with hold_lock(place):
            yield Holding(place, shards)
        return
    from bot.store.postgres.shard_locks import ShardLocks

    with _hold_own_files(place) as files:
        locks = ShardLocks(place, shards, Fence(on_lost), key_id)
        try:
            await locks.open()
            yield Holding(files, shards, locks)
        finally:
            await locks.close()


def is_running(place: Place) -> bool:
    """Tell whether a bot runs with a database: on this machine where it is in a file, on any where it is on a server.

    Raises StoreError where the server cannot be asked.
    """
    if not isinstance(place, DatabaseServer):
        return is_held(place)
    return bool(list_held(place))


def list_held(server: DatabaseServer) -> list[int]:
    """Return the shards that processes hold, on any machine. Raises StoreError where the server cannot be asked."""
    from bot.store.postgres import lock_connection

    return lock_connection.list_held(server)


def look_at_address(server: DatabaseServer) -> None:
    """Raise StoreError where no process could hold shards at the address of a database."""
    from bot.store.postgres import lock_connection

    lock_connection.look_at_address(server)


@contextmanager
def _hold_own_files(server: DatabaseServer) -> Iterator[Path]:
    """Find a place for this process's own files that no other process of this machine has."""
    with ExitStack() as stack:
        for path in own_files(server):
            try:
                stack.enter_context(hold_lock(path))
            except RunningError:
                continue
            yield path
            return
        raise StoreError(RUNNING, server)
