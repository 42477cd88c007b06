"""A few processes with limits of memory and time, for what is heavy or hostile: reading files, making summaries.

Each starts when there is a job and no process free, does one job at a time, and ends when it has had nothing to do for
a while. Servers take turns (``bot.worker_turns``). (Pebble and loky offer pools with time limits; neither limits
memory, and both keep their processes and unpickle what they send.)

They are trusted with nothing: their environment is empty, and what they send back is JSON, read by the type that the
job's function says it returns.
"""

from __future__ import annotations

import asyncio
import os
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, get_type_hints

from bot.errors import UserError
from bot.plain_data import from_json
from bot.worker_link import WorkerLink
from bot.worker_turns import JobKind, JobQueue, Turn

P = ParamSpec("P")
T = TypeVar("T")

FILE_SECONDS = 15
"""The longest that a file may take which somebody sent; a report of a thousand pages takes less."""
FEWEST_PROCESSES = 2
"""Also on a machine with one core or two: a summary need not wait for another server's slow file."""

TOO_LARGE = "That needed more memory than allowed, so it was stopped. Try a smaller file or a shorter thread."


class WorkerFailedError(RuntimeError):
    """A job failed in a way that nobody foresaw. The text tells where, and never what anybody wrote."""


def count_processes() -> int:
    """Return how many processes may run at once: as many as the cores that this one may use, less one for itself."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(FEWEST_PROCESSES, cores - 1)


class Worker:
    """Runs functions of modules in worker processes; results are what ``bot.plain_data`` can read again.

    ``memory_mb`` limits a process's address space, ``seconds`` a job, ``idle_seconds`` the wait for the next one.
    ``processes`` is how many may run at once.
    """

    def __init__(
        self, *, memory_mb: int = 1024, seconds: float = 60, idle_seconds: float = 60, processes: int | None = None
    ) -> None:
        processes = processes or count_processes()
        self._memory_mb, self._seconds, self._idle_seconds = memory_mb, seconds, idle_seconds
        self._line = JobQueue(processes)
        # A thread for each waits for its pipe: real time, whatever the event loop's clock says.
        self._threads = ThreadPoolExecutor(max_workers=processes, thread_name_prefix="worker")
        self._is_closed = False
        self._links: list[WorkerLink] = []
        self._free: list[WorkerLink] = []  # the last one that was used comes first: the others may end

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that no server asked for, such as the command line's, however long others wait already.

        Raises as ``call_for`` does.
        """
        return await self.call_for(Turn(waits=True), function, *args, **kwargs)

    async def call_for(self, turn: Turn, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``function`` in a process when it is its turn. A file that somebody sent has FILE_SECONDS at most.

        Raises UserError if too many jobs wait for the server already, its own UserErrors as they are, a UserError
        past a limit, and WorkerFailedError for anything else.
        """
        seconds = min(self._seconds, FILE_SECONDS) if turn.kind is JobKind.FILE else self._seconds
        async with self._line.place(turn):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._run, seconds, function, args, kwargs)

    async def close(self) -> None:
        """End the processes, and with them jobs that are still running. Who waits for a turn is sent away."""
        self._is_closed = True
        self._line.close()
        for link in tuple(self._links):
            link.stop()
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        for link in self._links:
            link.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def jobs_waiting(self) -> int:
        """How many jobs wait for a process."""
        return self._line.waiting

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that run."""
        return [pid for link in tuple(self._links) if (pid := link.pid) is not None]

    def _run(self, seconds: float, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        job = pickle.dumps((function, args, kwargs))
        link = self._take_link()
        try:
            answer = link.ask(job, seconds)
        finally:
            self._free.append(link)
        match answer.kind:
            case "result":
                return _read_result(function, answer.value)
            case "user error":
                raise UserError(answer.value)
            case "too large" | "lost":
                raise UserError(TOO_LARGE)
        raise WorkerFailedError(answer.value)

    def _take_link(self) -> WorkerLink:
        """Take a process that has nothing to do, or one that will start: there are as many as threads at most."""
        try:
            return self._free.pop()
        except IndexError:
            link = WorkerLink(memory_mb=self._memory_mb, idle_seconds=self._idle_seconds)
            self._links.append(link)
            if self._is_closed:
                link.stop()
            return link


def _read_result(function: Callable[..., T], text: str) -> T:
    """Read a result by the type that a function says it returns; of a builtin, which says none, as it is."""
    try:
        wanted = get_type_hints(function).get("return", Any) if hasattr(function, "__annotations__") else Any
        result: T = from_json(text, wanted)
    except ValueError:
        raise WorkerFailedError(f"{function.__name__} returned what isn’t of its type") from None
    return result
