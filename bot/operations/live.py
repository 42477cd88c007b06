"""Ask a running bot how it does: a Unix socket beside the database, which its own user alone can use."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.operations.vitals import Monitor

log = logging.getLogger(__name__)

SOCKET_END = ".live"
LONGEST_ADDRESS = 100  # bytes; Linux takes 107, macOS 103
PATIENCE_S = 10.0
MOST_BYTES = 1_000_000

NOT_RUNNING = "No bot is running with this database on this machine. Start it with: python -m bot run"
NO_ANSWER = "The bot does not answer. It hangs, or is very busy: look into its log, and start it again if this stays."


class NotLiveError(UserError):
    """No bot runs with this database, or it does not answer."""


def socket_path(database: Path) -> Path:
    """Return where the bot of a database listens."""
    database = database.resolve()
    return database.with_name(f"{database.name}{SOCKET_END}")


@asynccontextmanager
async def answer_questions(database: Path, monitor: Monitor) -> AsyncIterator[None]:
    """Tell whoever asks on the socket how the bot does. Where there can be no socket, the log says so.

    The caller holds the lock of the database, so that a socket which lies there is nobody's.
    """
    path = socket_path(database)
    try:
        listening = _listen(path)
    except OSError as error:
        log.warning("nobody can ask how the bot does (doctor --live): %s", type(error).__name__)
        yield
        return

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            writer.write(json.dumps((await monitor.look()).to_plain()).encode())
            await writer.drain()
        writer.close()

    server = await asyncio.start_unix_server(answer, sock=listening)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


def ask(database: Path) -> dict[str, Any]:
    """Return what the bot of a database says of itself. Raises NotLiveError where none runs, or it does not answer."""
    asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    asking.settimeout(PATIENCE_S)
    with contextlib.closing(asking):
        try:
            asking.connect(_address(socket_path(database)))
        except OSError:
            raise NotLiveError(NOT_RUNNING) from None
        try:
            told = b"".join(iter(lambda: asking.recv(65_536), b""))[:MOST_BYTES]
            answer: dict[str, Any] = json.loads(told)
        except (OSError, ValueError):
            raise NotLiveError(NO_ANSWER) from None
    return answer


def _listen(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(_address(path))
        path.chmod(0o600)  # nobody can connect before it listens
        listening.listen()
    except BaseException:
        listening.close()
        raise
    return listening


def _address(path: Path) -> str:
    """Return the path in the shorter of its two forms, since addresses of sockets may not be long."""
    relative = os.path.relpath(path)
    address = min(str(path), relative, key=lambda each: len(os.fsencode(each)))
    if len(os.fsencode(address)) > LONGEST_ADDRESS:
        raise OSError("the path is too long for a socket")
    return address
