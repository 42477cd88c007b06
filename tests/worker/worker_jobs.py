"""Jobs for the worker that import nothing, for the tests that look at a fresh process."""

from __future__ import annotations

import json
import os
import pickle
import socket
import sys
from multiprocessing.connection import Connection
from pathlib import Path


def own_pid() -> int:
    return os.getpid()


def loaded_modules() -> list[str]:
    return [name for name in ("discord", "sqlalchemy") if name in sys.modules]


def fail_with_file(data: bytes, filename: str) -> None:
    raise ValueError(data.decode() + filename)


class Payload:
    """Makes a file in whatever process unpickles it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path(self.path),)


def read_secrets() -> str:
    """All that can be read of environments: its own, and its parent's."""
    try:
        return repr(dict(os.environ)) + Path(f"/proc/{os.getppid()}/environ").read_text()
    except OSError:
        return repr(dict(os.environ))


def own_network() -> str:
    return str(Path("/proc/self/ns/net").readlink())


def connect_to(port: int) -> str:
    """Open a connection on this machine; the name of the error."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as error:
        return type(error).__name__
    return "connected"


def gain_rights() -> str:
    return next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("NoNewPrivs"))


def own_pipe() -> Connection:
    return Connection(json.loads(sys.orig_argv[-1])["fd"])


def send_pickle(path: str) -> None:
    """Answer as multiprocessing would, with something to be run by whoever unpickles it."""
    own_pipe().send_bytes(pickle.dumps(Payload(path)))


def return_payload(path: str) -> object:
    return Payload(path)


def send_pickled_result(path: str) -> None:
    """Give a pickle out as a result, in the form that the bot reads."""
    own_pipe().send_bytes(json.dumps(["result", pickle.dumps(Payload(path)).hex()]).encode())


def send_beginning_only() -> None:
    """Begin an answer of a million bytes, and never end it."""
    os.write(json.loads(sys.orig_argv[-1])["fd"], (1_000_000).to_bytes(4, "big") + b"[")
    while True:
        pass


def return_words() -> int:
    return "words that a person wrote"  # type: ignore[return-value]  # that is the attack
