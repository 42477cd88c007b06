"""One spawned process with limits of memory and time, for what is heavy or hostile: reading files, making summaries.

It starts with the first job, does one job at a time, and ends when it has had nothing to do for a while. (Pebble and
loky offer pools with time limits; neither limits memory, and both keep their processes.)
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import pickle
import resource
import select
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from bot.errors import UserError

P = ParamSpec("P")
T = TypeVar("T")

MIB = 1024 * 1024

TOO_LONG = "That took longer than {seconds:g} seconds, so it was stopped. Try a smaller file or a shorter thread."
TOO_LARGE = "That needed more memory than allowed, so it was stopped. Try a smaller file or a shorter thread."


class WorkerFailedError(RuntimeError):
    """A job failed in a way that nobody foresaw. The text tells where, and never what anybody wrote."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the process sends back.

    ``kind`` is "begun" for a job that it took, then "result", "user error", "too large" or "fault"; or it is "idle"
    where it ended by itself before a job came. "lost" stands for a process that died before it took the job.
    """

    kind: str
    value: Any = None


class Worker:
    """Runs functions of modules in the worker process; arguments and results are pickled.

    ``memory_mb`` limits the process's address space, ``seconds`` a job, ``idle_seconds`` the wait for the next one.
    """

    def __init__(self, *, memory_mb: int = 1024, seconds: float = 60, idle_seconds: float = 60) -> None:
        self._memory_mb = memory_mb
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        # One thread waits for the pipe: real time, and one job at a time, whatever the event loop's clock says.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._is_closed = False
        self._process: multiprocessing.process.BaseProcess | None = None
        self._waiter: threading.Thread | None = None
        self._pipe: Connection | None = None

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``function`` in the process.

        Raises its UserErrors as they are, a UserError past a limit, and WorkerFailedError for anything else.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._run, function, args, kwargs)

    async def close(self) -> None:
        """End the process, and with it a job that is still running."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()  # the thread that waits for its answer then sees the end of the pipe, and closes it itself
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)
        self._kill()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def _run(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        answer = self._ask(function, args, kwargs)
        if answer.kind == "lost" and not self._is_closed:
            answer = self._ask(function, args, kwargs)  # somebody killed it just then; once is enough to find out
        match answer.kind:
            case "result":
                result: T = answer.value
                return result
            case "user error":
                raise UserError(answer.value)
            case "too large" | "lost":
                raise UserError(TOO_LARGE)
        raise WorkerFailedError(answer.value)

    def _ask(self, *job: object) -> _Answer:
        answer = _Answer("idle")
        while answer.kind == "idle":  # it ended by itself just before the job reached it
            pipe = self._started()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                pipe.send(job)
            answer = self._answer(pipe)
            if answer.kind in ("idle", "too large"):
                self._kill()
        return answer

    def _answer(self, pipe: Connection) -> _Answer:
        answer = _Answer("lost")
        try:
            while answer.kind in ("lost", "begun"):  # at most two messages, each within the time
                if not _speaks(pipe, self._seconds):
                    self._kill()
                    raise UserError(TOO_LONG.format(seconds=self._seconds))
                answer = pipe.recv()
        except (EOFError, ConnectionResetError):
            return self._death(has_begun=answer.kind == "begun")
        return answer

    def _death(self, *, has_begun: bool) -> _Answer:
        """What it means that the process ended without an answer."""
        if self._waiter is not None:
            self._waiter.join(5)
        code = None if self._process is None else self._process.exitcode
        self._kill()
        if not has_begun:
            return _Answer("lost")
        if code is not None and code >= 0:
            return _Answer("fault", f"the process ended with code {code}")
        return _Answer("too large")  # the kernel or an allocator of a library ended it

    def _started(self) -> Connection:
        if self._pipe is None or self._pipe.closed or _speaks(self._pipe):
            self._kill()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            limits = (self._memory_mb * MIB, self._idle_seconds)
            process = context.Process(target=_serve, args=(theirs, *limits), name="worker", daemon=True)
            with theirs:
                process.start()
            self._process = process  # only now: what never started cannot be killed
            if self._is_closed:
                self._process.kill()
            # Whoever ends is waited for, or a dead entry would stay in the system's table of processes.
            self._waiter = threading.Thread(target=self._process.join, daemon=True)
            self._waiter.start()
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        if self._pipe is not None and not self._pipe.closed:
            self._pipe.close()
        self._process = self._pipe = None


def _speaks(pipe: Connection, seconds: float = 0) -> bool:
    """Say whether something comes through the pipe, or its other end closes, within a time.

    Unlike Connection.poll this is the kernel's time, whatever the interpreter's clock says.
    """
    look = select.poll()
    look.register(pipe, select.POLLIN)
    return bool(look.poll(seconds * 1000))


def _serve(pipe: Connection, memory: int, idle_seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process itself
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.putenv("OPENBLAS_NUM_THREADS", "1")  # each thread of it would reserve memory of its own
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(EOFError, OSError):
        while pipe.poll(idle_seconds):
            job = pipe.recv_bytes()
            pipe.send(_Answer("begun"))
            pipe.send_bytes(_do(job))
        pipe.send(_Answer("idle"))


def _do(job: bytes) -> bytes:
    """Run a pickled job; its pickled answer."""
    try:
        function, args, kwargs = pickle.loads(job)  # noqa: S301 - it comes from the parent
        return _pickle(_Answer("result", function(*args, **kwargs)))
    except UserError as error:
        return _pickle(_Answer("user error", str(error)))
    except MemoryError:
        return _pickle(_Answer("too large"))
    except BaseException as error:  # noqa: BLE001 - it is told to the parent, without the words that it may hold
        where = "".join(traceback.format_tb(error.__traceback__))
        return _pickle(_Answer("fault", f"{type(error).__name__}\n{where}"))


def _pickle(answer: _Answer) -> bytes:
    return bytes(ForkingPickler.dumps(answer))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
