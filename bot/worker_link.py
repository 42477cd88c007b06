"""The parent's end of one worker process: started with its first job, watched over, and killed past its limits.

What comes back is JSON, so that nothing of what the process says is run.
"""

from __future__ import annotations

import contextlib
import json
import select
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from bot.errors import UserError

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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the process sends back.

    ``kind`` is "begun" for a job that it took, then "result", "user error", "too large" or "fault"; or it is "idle"
    where it ended by itself before a job came. "lost" stands for a process that died before it took the job.
    ``value`` is the result as JSON, or the text of an error.
    """

    kind: str
    value: str = ""


class WorkerLink:
    """One process, which does one job at a time. Its functions block, and are called from one thread at a time.

    ``memory_mb`` limits the process's address space, ``idle_seconds`` is how long it waits for the next job.
    """

    def __init__(self, *, memory_mb: int, idle_seconds: float) -> None:
        self._memory_mb = memory_mb
        self._idle_seconds = idle_seconds
        self._is_closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._waiter: threading.Thread | None = None
        self._pipe: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def ask(self, job: bytes, seconds: float) -> Answer:
        """Let the process do a pickled job. Raises UserError if it takes longer than ``seconds``."""
        answer = self._ask(job, seconds)
        if answer.kind == "lost" and not self._is_closed:
            answer = self._ask(job, seconds)  # somebody killed it just then; once is enough to find out
        return answer

    def stop(self) -> None:
        """Kill the process, and start none again. It may be called while a job runs, which then ends."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()  # the thread that waits for its answer then sees the end of the pipe, and closes it itself

    def close(self) -> None:
        """Give back what a stopped process held, once no thread waits for it."""
        self._kill()

    def _ask(self, job: bytes, seconds: float) -> Answer:
        answer = Answer("idle")
        while answer.kind == "idle":  # it ended by itself just before the job reached it
            pipe = self._started()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                pipe.send_bytes(job)
            answer = self._answer(pipe, seconds)
            if answer.kind in ("idle", "too large"):
                self._kill()
        return answer

    def _answer(self, pipe: Connection, seconds: float) -> Answer:
        answer, late = Answer("lost"), threading.Event()
        try:
            while answer.kind in ("lost", "begun"):  # at most two messages, each within the time
                if not _speaks(pipe, seconds):
                    self._kill()
                    raise UserError(TOO_LONG.format(seconds=seconds))
                with self._stopping(seconds) as late:
                    answer = _read_answer(pipe.recv_bytes(LONGEST_ANSWER))
        except (EOFError, ConnectionResetError):
            return self._death(has_begun=answer.kind == "begun")
        except (OSError, ValueError, RecursionError):
            self._kill()
            if late.is_set():
                raise UserError(TOO_LONG.format(seconds=seconds)) from None
            return Answer("fault", "the process sent what is no answer")
        return answer

    @contextlib.contextmanager
    def _stopping(self, seconds: float) -> Iterator[threading.Event]:
        """Stop a process that begins an answer and does not end it, and say so."""
        process, late = self._process, threading.Event()

        def stop() -> None:
            late.set()
            if process is not None:
                process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()

    def _death(self, *, has_begun: bool) -> Answer:
        """What it means that the process ended without an answer."""
        if self._waiter is not None:
            self._waiter.join(5)
        code = None if self._process is None else self._process.poll()
        self._kill()
        if not has_begun:
            return Answer("lost")
        if code is not None and code >= 0:
            return Answer("fault", f"the process ended with code {code}")
        return Answer("too large")  # the kernel or an allocator of a library ended it

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


def _read_answer(data: bytes) -> Answer:
    """Raises ValueError if the process sent what is no answer."""
    answer = json.loads(data)
    if not (isinstance(answer, list) and len(answer) == 2 and all(isinstance(part, str) for part in answer)):
        raise ValueError
    kind, value = answer
    if kind not in KINDS:
        raise ValueError
    return Answer(kind, value if kind == "result" else value[:LONGEST_TEXT])
