"""One process with limits of memory and time, for what is heavy or hostile: reading files, making summaries.

It starts with the first job, does one job at a time, and ends when it has had nothing to do for a while. (Pebble and
loky offer pools with time limits; neither limits memory, and both keep their processes and unpickle what they send.)

It is trusted with nothing: its environment is empty, and what it sends back is JSON, read by the type that the job's
function says it returns.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import pickle
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, get_type_hints

from bot.errors import UserError
from bot.plain_data import from_json

P = ParamSpec("P")
T = TypeVar("T")

MIB = 1024 * 1024
LONGEST_ANSWER = 256 * MIB
LONGEST_TEXT = 20_000
"""Of an error: the process may say anything."""
KINDS = ("begun", "result", "user error", "too large", "fault", "idle")
START = (
    "import json, sys; given = json.loads(sys.argv[1]); sys.path[:] = given.pop('path'); "
    "from bot.worker_process import serve; serve(**given)"
)

TOO_LONG = "That took longer than {seconds:g} seconds, so it was stopped. Try a smaller file or a shorter thread."
TOO_LARGE = "That needed more memory than allowed, so it was stopped. Try a smaller file or a shorter thread."


class WorkerFailedError(RuntimeError):
    """A job failed in a way that nobody foresaw. The text tells where, and never what anybody wrote."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the process sends back.

    ``kind`` is "begun" for a job that it took, then "result", "user error", "too large" or "fault"; or it is "idle"
    where it ended by itself before a job came. "lost" stands for a process that died before it took the job.
    ``value`` is the result as JSON, or the text of an error.
    """

    kind: str
    value: str = ""


class Worker:
    """Runs functions of modules in the worker process; results are what ``bot.plain_data`` can read again.

    ``memory_mb`` limits the process's address space, ``seconds`` a job, ``idle_seconds`` the wait for the next one.
    """

    def __init__(self, *, memory_mb: int = 1024, seconds: float = 60, idle_seconds: float = 60) -> None:
        self._memory_mb = memory_mb
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        # One thread waits for the pipe: real time, and one job at a time, whatever the event loop's clock says.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._is_closed = False
        self._process: subprocess.Popen[bytes] | None = None
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
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def _run(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        job = pickle.dumps((function, args, kwargs))
        answer = self._ask(job)
        if answer.kind == "lost" and not self._is_closed:
            answer = self._ask(job)  # somebody killed it just then; once is enough to find out
        match answer.kind:
            case "result":
                return _read_result(function, answer.value)
            case "user error":
                raise UserError(answer.value)
            case "too large" | "lost":
                raise UserError(TOO_LARGE)
        raise WorkerFailedError(answer.value)

    def _ask(self, job: bytes) -> _Answer:
        answer = _Answer("idle")
        while answer.kind == "idle":  # it ended by itself just before the job reached it
            pipe = self._started()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                pipe.send_bytes(job)
            answer = self._answer(pipe)
            if answer.kind in ("idle", "too large"):
                self._kill()
        return answer

    def _answer(self, pipe: Connection) -> _Answer:
        answer, late = _Answer("lost"), threading.Event()
        try:
            while answer.kind in ("lost", "begun"):  # at most two messages, each within the time
                if not _speaks(pipe, self._seconds):
                    self._kill()
                    raise UserError(TOO_LONG.format(seconds=self._seconds))
                with self._stopping() as late:
                    answer = _read_answer(pipe.recv_bytes(LONGEST_ANSWER))
        except (EOFError, ConnectionResetError):
            return self._death(has_begun=answer.kind == "begun")
        except (OSError, ValueError, RecursionError):
            self._kill()
            if late.is_set():
                raise UserError(TOO_LONG.format(seconds=self._seconds)) from None
            return _Answer("fault", "the process sent what is no answer")
        return answer

    @contextlib.contextmanager
    def _stopping(self) -> Iterator[threading.Event]:
        """Stop a process that begins an answer and does not end it, and say so."""
        process, late = self._process, threading.Event()

        def stop() -> None:
            late.set()
            if process is not None:
                process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()

    def _death(self, *, has_begun: bool) -> _Answer:
        """What it means that the process ended without an answer."""
        if self._waiter is not None:
            self._waiter.join(5)
        code = None if self._process is None else self._process.poll()
        self._kill()
        if not has_begun:
            return _Answer("lost")
        if code is not None and code >= 0:
            return _Answer("fault", f"the process ended with code {code}")
        return _Answer("too large")  # the kernel or an allocator of a library ended it

    def _started(self) -> Connection:
        if self._pipe is None or self._pipe.closed or _speaks(self._pipe):
            self._kill()
            self._pipe, theirs = Pipe()
            given = {
                "path": [str(Path(place).absolute()) for place in sys.path],
                "fd": theirs.fileno(),
                "memory": self._memory_mb * MIB,
                "idle_seconds": self._idle_seconds,
            }
            with theirs:
                process = subprocess.Popen(  # noqa: S603 - it is this Python
                    [sys.executable, "-I", "-c", START, json.dumps(given)],
                    env={},
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                )
            self._process = process  # only now: what never started cannot be killed
            if self._is_closed:
                self._process.kill()
            # Whoever ends is waited for, or a dead entry would stay in the system's table of processes.
            self._waiter = threading.Thread(target=self._process.wait, daemon=True)
            self._waiter.start()
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
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


def _read_answer(data: bytes) -> _Answer:
    """Raises ValueError where the process sent what is no answer."""
    answer = json.loads(data)
    if not (isinstance(answer, list) and len(answer) == 2 and all(isinstance(part, str) for part in answer)):
        raise ValueError
    kind, value = answer
    if kind not in KINDS:
        raise ValueError
    return _Answer(kind, value if kind == "result" else value[:LONGEST_TEXT])


def _read_result(function: Callable[..., T], text: str) -> T:
    """Read a result by the type that a function says it returns; of a builtin, which says none, as it is."""
    try:
        wanted = get_type_hints(function).get("return", Any) if hasattr(function, "__annotations__") else Any
        result: T = from_json(text, wanted)
    except ValueError:
        raise WorkerFailedError(f"{function.__name__} returned what is not of its type") from None
    return result
