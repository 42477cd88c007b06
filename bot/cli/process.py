"""What the bot’s process does to itself: it hides its memory, ends its tasks, and ends for certain if it has to."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import threading
import time
from typing import Any

from bot.cli.program import START_AGAIN

CLOSING_S = 2.0
"""How long a connection to the database may take to be given back."""
LONGEST_END_S = 5.0
"""How long a process that lost its place may take to end. Its connection to Discord is closed first."""
PR_SET_DUMPABLE = 4
KEPT_TASKS = frozenset({"inbox", "operations"})
"""The tasks that outlive one bot of this process."""


def hide_memory() -> None:
    """Let no other process of the same user read this one's memory and environment, where the token and keys are."""
    with contextlib.suppress(OSError, AttributeError):  # not Linux
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def end_soon(running: asyncio.Task[None] | None) -> None:
    """Close the connection to Discord and end, for sure: another process takes over, and the next start stands by."""

    def end_for_sure() -> None:
        time.sleep(LONGEST_END_S)
        os._exit(START_AGAIN)

    threading.Thread(target=end_for_sure, name="the end", daemon=True).start()
    if running is not None:
        running.cancel()


async def end_tasks() -> None:
    """End what the bot's events still do, before the worker and the store close: they would only meet closed doors.

    What they began is undone or finished at the next start, as after a kill. The inbox is left to the store, which
    commits what waits there. Tasks of SQLAlchemy's own, which give back or close connections, are waited for: if they
    were cancelled, these would stay open. But not for ever: where whoever used a connection was cancelled twice, by its
    cog and by this, SQLAlchemy stops the connection's thread, and its own task waits for an answer that never comes.
    """
    every = asyncio.all_tasks() - {asyncio.current_task()}
    others = [task for task in every if task.get_name() not in KEPT_TASKS]
    closing = [task for task in others if _module_of(task).startswith("sqlalchemy.")]
    ended = [task for task in others if task not in closing]
    for task in ended:
        task.cancel()
    await asyncio.gather(*ended, return_exceptions=True)
    if closing:
        _, stuck = await asyncio.wait(closing, timeout=CLOSING_S)
        for task in stuck:
            task.cancel()
        await asyncio.gather(*closing, return_exceptions=True)


def _module_of(task: asyncio.Task[Any]) -> str:
    frame = getattr(task.get_coro(), "cr_frame", None)
    return "" if frame is None else str(frame.f_globals.get("__name__", ""))
