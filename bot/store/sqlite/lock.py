"""The lock that a running bot holds on its database: a file beside it, so that a restore never swaps it underneath.

The system lets it go when the process ends, however it ends. The file itself stays, and holds nothing.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.database import StoreError

LOCK_END = ".lock"
RUNNING = (
    "A bot is running with the database at {path}, or a restore is under way. Stop it, then try again. A second bot "
    "needs a database of its own."
)
NO_LOCK = (
    "The lock beside the database at {path} can’t be taken. Point WARD_DATABASE at a file on a disk of this machine, "
    "in a folder that the bot's user may write."
)


class RunningError(StoreError):
    """Another process holds the database for itself."""


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the database at ``path`` for this process alone. Raises RunningError where another one does."""
    path = path.resolve()
    descriptor = _open(path)
    try:
        _take(descriptor, path)
        yield
    finally:
        os.close(descriptor)  # it lets the lock go


def is_held(path: Path) -> bool:
    """Tell whether a process holds the database at ``path``, such as a bot that runs."""
    if not _lock_of(path.resolve()).exists():  # none is made just to look
        return False
    try:
        with hold_lock(path):
            return False
    except RunningError:
        return True


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{LOCK_END}")


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(_lock_of(path), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        give_to_owner(_lock_of(path))
    except OSError:
        raise StoreError(NO_LOCK, path) from None
    return descriptor


def give_to_owner(file: Path) -> None:
    """Give a file to whom its folder belongs, where root made it: else the bot's own user could not use it."""
    if os.geteuid() == 0:
        folder = file.parent.stat()
        os.chown(file, folder.st_uid, folder.st_gid)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RunningError(RUNNING, path) from None
    except OSError:
        raise StoreError(NO_LOCK, path) from None
