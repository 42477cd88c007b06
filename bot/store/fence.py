"""What a process holds of a database on a server, as each of its transactions that write has to prove.

A process that lost its shards may not know it yet: it was asleep, or its connection was cut. Whoever takes a shard
raises the shard's epoch, in the writer's turn. Each writer looks at the epochs in the same turn, before it writes. So
it either commits before the epoch was raised, or sees that it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.store.faults import StoreError

TAKEN_OVER = "Another process has taken over from this one. It does what was asked here; try again."
NEWER = "A newer version of the program has changed the database. This one stops. Install the new version here too."
CUT_OFF = "The connection that says that this process runs the bot was lost. It stops, and has to be started again."


class FencedError(StoreError):
    """This process may no longer write, since another one has taken over, or has changed the tables."""


class Fence:
    """The shards that a process holds, each with its epoch. A command holds none: only the tables have to fit."""

    def __init__(self, on_lost: Callable[[], None] | None = None) -> None:
        self._epochs: dict[int, int] = {}
        self._on_lost = on_lost
        self.fault = ""
        """Why this process may no longer write; empty while it may."""

    @property
    def epochs(self) -> Mapping[int, int]:
        """Return the epoch of each shard that is held."""
        return self._epochs

    def hold(self, shard: int, epoch: int) -> None:
        """Note that a shard was taken."""
        self._epochs[shard] = epoch

    def lose(self, fault: str) -> None:
        """Refuse all writes from now on. What was lost first counts."""
        if not self.fault:
            self.fault = fault
            if self._on_lost is not None:
                self._on_lost()

    def refuse_lost(self) -> None:
        """Raise FencedError where this process may no longer write."""
        if self.fault:
            raise FencedError(self.fault)

    def compare(self, *, is_held: bool, is_same_version: bool) -> None:
        """Take in what the database says. Raises FencedError, also from then on.

        ``is_held`` is about the epochs that were held when it was asked. More may have been taken since.
        """
        if not is_same_version:
            self.lose(NEWER)
        elif not is_held:
            self.lose(TAKEN_OVER)
        self.refuse_lost()
