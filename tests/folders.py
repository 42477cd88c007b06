"""Where tests keep their files: in memory if there is room, since every commit of SQLite would wait for a disk.

What a test kills it kills by a signal, after which a file in memory holds what one on a disk would.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of this user's own in it
ROOM = 2 * 1024**3
"""Far more than tests fill at one time: what a test that passed has written is deleted when it ends."""
OWN = "PYTEST_DEBUG_TEMPROOT"
"""By this name pytest is told where to make its folders."""


def keep_in_memory() -> None:
    """Let pytest make the folders of tests in memory, unless somebody has said where to, or there is no room."""
    if OWN not in os.environ and "TMPDIR" not in os.environ and _has_room(MEMORY):
        os.environ[OWN] = str(MEMORY)


def _has_room(folder: Path) -> bool:
    try:
        can_run = not os.statvfs(folder).f_flag & getattr(os, "ST_NOEXEC", 0)  # tests make programs, and run them
        return can_run and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= ROOM
    except (AttributeError, OSError):  # another system, which has no such folder
        return False
