"""Whose turn it is to be read: the newest prompt first, and what failed after a pause of its own that grows."""

from __future__ import annotations

from collections.abc import Hashable
from heapq import heappop, heappush
from typing import Generic, TypeVar

FIRST_PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0

Rank = tuple[int, int]
"""The higher comes first: how pressing it is, then how new (a prompt's id)."""
Place = TypeVar("Place", bound=Hashable)


class ReadingQueue(Generic[Place]):
    """A queue of places. Each waits once at most, and is read by one reader at a time."""

    def __init__(self) -> None:
        self._due: dict[Place, Rank] = {}
        self._heap: list[tuple[int, int, int, Place]] = []
        self._queued = 0
        self._read: dict[Place, Rank] = {}
        self._later: dict[Place, Rank] = {}
        self._faults: dict[Place, int] = {}

    def queue(self, place: Place, rank: Rank) -> None:
        """Let a place wait for its turn; one that is being read just now gets another turn afterwards."""
        self._later.pop(place, None)
        if self._due.get(place, (-1, -1)) >= rank:
            return
        self._due[place] = rank
        if place not in self._read:
            self._push(place, rank)

    def take(self) -> Place | None:
        """Return the place whose turn it is, or None. Say afterwards with end or put_off how it went."""
        while self._heap:
            urgency, newness, _, place = heappop(self._heap)
            rank = (-urgency, -newness)
            if place not in self._read and self._due.get(place) == rank:  # what else is found here was replaced
                del self._due[place]
                self._read[place] = rank
                return place
        return None

    def end(self, place: Place) -> None:
        """Note that a place was read."""
        self._faults.pop(place, None)
        self._free(place)

    def put_off(self, place: Place, *, is_fault: bool) -> float:
        """Note that a place could not be read (a fault), or not to its end.

        Returns after how many seconds to call retry: the pause grows with each fault.
        """
        faults = self._faults[place] = self._faults.get(place, 0) + 1 if is_fault else 0
        self._later[place] = self._free(place)
        return float(min(FIRST_PAUSE_S * 2 ** min(max(faults - 1, 0), 10), LONGEST_PAUSE_S))

    def retry(self, place: Place) -> None:
        """Let a place that failed wait for its turn again, unless it got one meanwhile."""
        rank = self._later.pop(place, None)
        if rank is not None:
            self.queue(place, rank)

    def __bool__(self) -> bool:
        return any(place not in self._read for place in self._due)

    def _free(self, place: Place) -> Rank:
        rank = self._read.pop(place)
        if place in self._due:
            self._push(place, self._due[place])
        return rank

    def _push(self, place: Place, rank: Rank) -> None:
        self._queued += 1  # so that places, which have no order, are never compared
        heappush(self._heap, (-rank[0], -rank[1], self._queued, place))
