"""What runs in the worker process. It has no environment, no network where the system allows, and no secrets.

It takes pickled jobs from its parent, which trusts itself; it answers in JSON, so that nothing from here is run there.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pickle
import resource
import select
import signal
import threading
import traceback
from multiprocessing.connection import Connection

from bot.errors import UserError
from bot.plain_data import to_json

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_NO_NEW_PRIVS = 38
M_ARENA_MAX = -8


def serve(fd: int, memory: int, idle_seconds: float) -> None:
    """Do jobs that come through a pipe until none came for a while, or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process itself
    leave_network()  # before any thread begins: a process with threads may not
    threading.Thread(target=_end_with_parent, args=(fd,), daemon=True).start()
    os.putenv("OPENBLAS_NUM_THREADS", "1")  # each thread of it would reserve memory of its own
    _share_one_arena()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    pipe = Connection(fd)
    with contextlib.suppress(EOFError, OSError):
        while pipe.poll(idle_seconds):
            job = pipe.recv_bytes()
            pipe.send_bytes(_answer("begun"))
            pipe.send_bytes(_do(job))
        pipe.send_bytes(_answer("idle"))


def leave_network() -> bool:
    """Enter a network of its own, with nothing in it, and give up ever gaining rights. False if that is refused."""
    try:
        system = ctypes.CDLL(None, use_errno=True)
        is_apart: bool = system.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
        return system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and is_apart
    except (OSError, AttributeError):  # not Linux
        return False


def _share_one_arena() -> None:
    """Let all threads of the process share one heap: each of their own would count 64 MB towards the limit."""
    with contextlib.suppress(OSError, AttributeError):  # not glibc
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def _do(job: bytes) -> bytes:
    """Run a pickled job; its answer."""
    try:
        function, args, kwargs = pickle.loads(job)  # noqa: S301 - it comes from the parent
        return _answer("result", to_json(function(*args, **kwargs)))
    except UserError as error:
        return _answer("user error", str(error))
    except MemoryError:
        return _answer("too large")
    except BaseException as error:  # noqa: BLE001 - it is told to the parent, without the words that it may hold
        where = "".join(traceback.format_tb(error.__traceback__))
        return _answer("fault", f"{type(error).__name__}\n{where}")


def _answer(kind: str, value: str = "") -> bytes:
    return json.dumps([kind, value]).encode()


def _end_with_parent(fd: int) -> None:
    look = select.poll()
    look.register(fd, 0)  # of no event but the end of the line
    look.poll()
    os._exit(1)
