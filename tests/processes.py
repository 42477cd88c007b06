"""Processes that tests may kill. They are forked from one that has imported everything, which spares seconds each."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.client import EXTENSIONS

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        *EXTENSIONS,
        "alembic.command",
        "alembic.config",
        "bot.cli.run",
        "tests.servers.fake_gateway",
        "tests.kills.child",
        "tests.chaos.machines",
    ]
)
PATIENCE_S = 120
"""After so long a test gives a process up. On a busy machine, the first one takes half a minute to start."""
_OWN = ("WARD_", "DISCORD_")


class Forked:
    """A process that runs a function, with all that it prints. Its ``code`` is negative where a signal ended it."""

    def __init__(self, target: Callable[..., object], *arguments: object, folder: Path | None = None) -> None:
        read, write = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=_run, args=(write, folder, target, arguments))
        self._process.start()
        write.close()
        self._output = os.fdopen(os.dup(read.fileno()), encoding="utf-8", errors="replace")
        read.close()

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.exitcode

    async def line(self) -> str:
        """The next line that it prints; empty at the end."""
        return await asyncio.wait_for(asyncio.to_thread(self._output.readline), PATIENCE_S)

    async def ended(self) -> tuple[int | None, str]:
        """Its exit code and the rest of what it printed, once it has ended by itself."""
        said = await asyncio.wait_for(asyncio.to_thread(self._output.read), PATIENCE_S)
        await asyncio.to_thread(self._process.join, PATIENCE_S)
        return self.code, said

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once, if it runs, and let go of it."""
        self._process.kill()
        self._process.join()
        self._output.close()


def run_cli(arguments: tuple[str, ...], environ: Mapping[str, str]) -> None:
    """What ``python -m bot`` does with these arguments, and these settings alone."""
    from bot.cli import main

    for name in [name for name in os.environ if name.startswith(_OWN)]:
        del os.environ[name]
    os.environ.update(environ)
    sys.argv = ["bot", *arguments]
    main()


def _run(write: Any, folder: Path | None, target: Callable[..., object], arguments: tuple[object, ...]) -> None:
    for stream in (1, 2):
        os.dup2(write.fileno(), stream)
    write.close()
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)
    if folder is not None:
        os.chdir(folder)
    target(*arguments)
