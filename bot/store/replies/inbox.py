"""The grouped writer: commits whatever is queued when its last commit ends, in order, and loses nothing of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.models.replies import Arrival, Edit, ReplyEvent
from bot.store.database import StoreError
from bot.store.fence import FencedError
from bot.store.replies.events import AppliedEvents
from bot.store.replies.replies import ReplyStore

log = logging.getLogger(__name__)

GROUP = 2_000
MOST_WAITING = 50_000
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
TOO_MANY = (
    "%d events of replies wait for the database, which is as many as fit in memory. What comes now is read again from "
    "the threads once the database can be written"
)


@dataclass(frozen=True, slots=True)
class Uncleared:
    """An event without its words, which are so long that they are cleared of identifiers beside the event loop.

    ``clear`` returns the words as they are stored. It is called in a thread when the event's turn has come, so that the
    order stays. ``tell`` hears them then, on the loop.
    """

    event: Arrival | Edit
    clear: Callable[[], str]
    tell: Callable[[str], object] | None = None


class Inbox:
    """Events of replies on their way to the database.

    While the database cannot be written (a full disk, a server that is away), events wait here and are tried again.
    Past MOST_WAITING the newest are let go and ``gap`` is set: the threads have to be read again, once writing works.
    """

    def __init__(self, replies: ReplyStore) -> None:
        self._replies = replies
        self._waiting: list[ReplyEvent | Uncleared] = []
        self._put = 0
        self._done = 0
        self._is_open = False
        self._progress = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self.gap = False
        self.fault: StoreError | None = None
        self.on_applied: Callable[[AppliedEvents], Awaitable[None]] | None = None

    def put(self, event: ReplyEvent | Uncleared) -> None:
        """Queue an event. It counts as collected only after its commit (see flush)."""
        if len(self._waiting) >= MOST_WAITING:
            if not self.gap:
                log.warning(TOO_MANY, MOST_WAITING)
            self.gap = True
            return
        self._waiting.append(event)
        self._put += 1
        if self._task is None:
            self._go()

    @property
    def waiting(self) -> int:
        """How many events wait to be committed."""
        return self._put - self._done

    def start(self) -> None:
        """Begin to write; what was queued before is written first."""
        self._is_open = True
        self._go()

    async def flush(self) -> None:
        """Wait until everything queued so far is committed. Raises FencedError where this process never can."""
        until = self._put
        async with self._progress:
            await self._progress.wait_for(lambda: self._done >= until or self._is_fenced)
        if self._done < until and self.fault is not None:
            raise self.fault

    @property
    def _is_fenced(self) -> bool:
        return isinstance(self.fault, FencedError)

    async def close(self) -> None:
        """Commit what is queued, then stop. What cannot be written is caught up from the threads at the next start."""
        if self.fault is None and self._is_open:
            with contextlib.suppress(TimeoutError, FencedError):
                await asyncio.wait_for(self.flush(), 10)
        self._is_open = False
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def _go(self) -> None:
        """Write in a task that ends when nothing waits."""
        if self._is_open and self._waiting and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="inbox")

    async def _run(self) -> None:
        try:
            await self._write_all()
        finally:
            self._task = None

    async def _write_all(self) -> None:
        pause = FIRST_PAUSE_S
        while self._waiting:
            group = await self._take()
            try:
                applied = await self._apply(group)
            except StoreError as error:
                if self.fault is None:
                    log.warning("replies wait: %s", error)
                self.fault = error
                if self._is_fenced:  # whoever has taken over reads it again from the threads
                    async with self._progress:
                        self._progress.notify_all()
                    return
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
                continue
            self.fault, pause = None, FIRST_PAUSE_S
            del self._waiting[: len(group)]
            self._done += len(group)
            async with self._progress:
                self._progress.notify_all()
            await self._tell(applied)

    async def _take(self) -> list[ReplyEvent]:
        """Return the group whose turn has come, all of it cleared. It goes on waiting until it is committed."""
        waiting = self._waiting[:GROUP]
        if any(isinstance(event, Uncleared) for event in waiting):
            group = await asyncio.to_thread(_clear, waiting)
            self._waiting[: len(group)] = group
        else:
            group = [event for event in waiting if not isinstance(event, Uncleared)]
        for before, event in zip(waiting, group, strict=True):
            if isinstance(before, Uncleared) and before.tell is not None and isinstance(event, Arrival | Edit):
                _tell_words(before.tell, event.text)
        return group

    async def _tell(self, applied: AppliedEvents) -> None:
        if self.on_applied is None:
            return
        try:
            await self.on_applied(applied)
        except Exception as error:  # noqa: BLE001 - whoever listens must not end the collecting
            log.error("those who depend on replies could not be told: %s", type(error).__name__)  # noqa: TRY400 - no texts

    async def _apply(self, group: list[ReplyEvent]) -> AppliedEvents:
        """Apply a group; if one event in it cannot be stored, apply the others."""
        try:
            return await self._replies.apply(group)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad event must not end the collecting of all others
            if len(group) == 1:
                log.error("an event of a reply was left out: %s", type(error).__name__)  # noqa: TRY400 - no texts
                return AppliedEvents(0, frozenset())
        parts = [await self._apply([event]) for event in group]
        erased = frozenset[int]().union(*(part.erased for part in parts))
        reworded = frozenset[int]().union(*(part.reworded for part in parts))
        arrived = frozenset[int]().union(*(part.arrived for part in parts))
        return AppliedEvents(sum(part.stored for part in parts), erased, reworded, arrived)


def _tell_words(tell: Callable[[str], object], text: str) -> None:
    try:
        tell(text)
    except Exception as error:  # noqa: BLE001 - whoever listens must not end the collecting
        log.error("the words of a reply could not be checked: %s", type(error).__name__)  # noqa: TRY400 - no texts


def _clear(waiting: Sequence[ReplyEvent | Uncleared]) -> list[ReplyEvent]:
    return [_cleared(event) if isinstance(event, Uncleared) else event for event in waiting]


def _cleared(uncleared: Uncleared) -> ReplyEvent:
    try:
        text = uncleared.clear()
    except Exception as error:  # noqa: BLE001 - words that cannot be cleared are not kept; all others are
        log.error("the words of a reply were left out: %s", type(error).__name__)  # noqa: TRY400 - no texts
        text = ""
    event = uncleared.event
    return event._replace(text=text) if isinstance(event, Arrival) else replace(event, text=text)
