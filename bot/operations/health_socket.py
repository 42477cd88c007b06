"""A running bot's answer to whoever asks how it does: a Unix socket beside the database, for its own user alone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.operations.health import socket_address, socket_path
from bot.operations.vitals import Monitor

log = logging.getLogger(__name__)


@asynccontextmanager
async def serve_health(database: Path, monitor: Monitor) -> AsyncIterator[None]:
    """Tell whoever asks on the socket how the bot does. Where there can be no socket, the log says so.

    The caller holds the lock of that place, so no living bot has a socket that lies there.
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


def _listen(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(socket_address(path))
        path.chmod(0o600)  # nobody can connect before it listens
        listening.listen()
    except BaseException:
        listening.close()
        raise
    return listening
