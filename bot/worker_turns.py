"""Whose job the worker takes next: servers take turns, and summaries go before files. It knows no process.

At most two jobs that people asked for wait for a server, so that no server can fill the line. A summary takes the place
of a waiting file of its own server, so that one person's files never get a summary refused.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum

from bot.errors import UserError


class JobKind(Enum):
    """What a job works on."""

    SUMMARY = "summary"
    """What is stored: a summary, its picture, its files."""
    FILE = "file"
    """A file that somebody sent, which may be hostile."""


NO_SERVER = 0
MOST_WAITING = 2
"""Jobs of a server that may wait, files and summaries together."""
MOST_AT_WORK = 2
"""Jobs of a server that are done at once, where there are so many places and one more."""
SUMMARIES_BEFORE_A_FILE = 4
"""A file that waits is passed by so many summaries at most: otherwise it might wait for ever."""

BUSY = "The bot is still busy with other requests from your server. Please try again in a minute."


@dataclass(frozen=True, slots=True)
class Turn:
    """For which server a job is, of which kind, and whether it waits however many wait already.

    ``waits`` is for what a round makes by itself, since nobody is there to try again, and for the later steps of what
    was let in before.
    """

    guild_id: int = NO_SERVER
    kind: JobKind = JobKind.SUMMARY
    waits: bool = False


@dataclass(eq=False, slots=True)
class _Place:
    """One job's place in the line. ``called`` is done when its turn has come."""

    turn: Turn
    called: asyncio.Future[None]


class JobQueue:
    """The jobs that wait for one of ``places``, and those that have one.

    Where there are two places or more, neither files nor one server ever take the last of them, so that another
    server's summary need not wait for a slow file.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._most_files = max(1, places - 1)
        self._most_at_work = min(MOST_AT_WORK, self._most_files)
        # By kind and server; the server whose turn is next comes first.
        self._waiting: dict[JobKind, dict[int, deque[_Place]]] = {kind: {} for kind in JobKind}
        self._at_work: set[_Place] = set()
        self._passed = 0  # summaries taken in a row while a file waited

    @asynccontextmanager
    async def place(self, turn: Turn) -> AsyncIterator[None]:
        """Wait for a turn, and hold a place meanwhile.

        Raises UserError where too many wait for the server already, and where a file had to make room for a summary.
        """
        place = self._join(turn)
        try:
            self._call_next()
            await place.called
            yield
        finally:
            self._leave(place)
            self._call_next()

    @property
    def waiting(self) -> int:
        """How many jobs wait for a place."""
        return sum(len(places) for by_server in self._waiting.values() for places in by_server.values())

    def close(self) -> None:
        """Send everybody away who waits."""
        for by_server in self._waiting.values():
            for places in by_server.values():
                for place in places:
                    if not place.called.get_loop().is_closed():
                        place.called.cancel()
            by_server.clear()

    def _join(self, turn: Turn) -> _Place:
        if not turn.waits:
            self._make_room(turn)
        place = _Place(turn, asyncio.get_running_loop().create_future())
        self._waiting[turn.kind].setdefault(turn.guild_id, deque()).append(place)
        return place

    def _make_room(self, turn: Turn) -> None:
        """Send a file away for a summary, the one that came last. Raises UserError where there is no room without."""
        waiting = {
            kind: [place for place in by_server.get(turn.guild_id, ()) if not place.turn.waits]
            for kind, by_server in self._waiting.items()
        }
        if sum(map(len, waiting.values())) < MOST_WAITING:
            return
        if turn.kind is JobKind.FILE or not waiting[JobKind.FILE]:
            raise UserError(BUSY)
        file = waiting[JobKind.FILE][-1]
        self._drop(file)
        if not file.called.done():
            file.called.set_exception(UserError(BUSY))

    def _leave(self, place: _Place) -> None:
        self._at_work.discard(place)
        self._drop(place)

    def _drop(self, place: _Place) -> None:
        by_server, guild_id = self._waiting[place.turn.kind], place.turn.guild_id
        if place in by_server.get(guild_id, ()):  # its caller was cancelled before its turn
            by_server[guild_id].remove(place)
            if not by_server[guild_id]:
                del by_server[guild_id]

    def _call_next(self) -> None:
        while len(self._at_work) < self._places and (place := self._take()) is not None:
            if place.called.done() or place.called.get_loop().is_closed():
                continue
            self._at_work.add(place)
            place.called.set_result(None)

    def _take(self) -> _Place | None:
        """Take the next place out of the line; None where nobody may come now."""
        order = [JobKind.SUMMARY, JobKind.FILE]
        if self._passed >= SUMMARIES_BEFORE_A_FILE:
            order.reverse()
        at_work = Counter(place.turn.guild_id for place in self._at_work)
        files = sum(place.turn.kind is JobKind.FILE for place in self._at_work)
        for kind in order:
            if kind is JobKind.FILE and files >= self._most_files:
                continue
            for guild_id in self._waiting[kind]:
                if at_work[guild_id] < self._most_at_work:
                    self._passed = self._passed + 1 if kind is JobKind.SUMMARY and self._waiting[JobKind.FILE] else 0
                    return self._take_of(kind, guild_id)
        return None

    def _take_of(self, kind: JobKind, guild_id: int) -> _Place:
        """Take a server's first place, and let the server stand behind the others."""
        by_server = self._waiting[kind]
        places = by_server.pop(guild_id)
        place = places.popleft()
        if places:
            by_server[guild_id] = places
        return place
