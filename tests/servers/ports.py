"""Ports for the servers that tests start, which name them before they listen."""

from __future__ import annotations

import os
import socket
from itertools import count

FIRST, COUNT = 10_000, 20_000
"""Every system gives higher ports to connections, so none takes one of these, even while its server starts again."""

_numbers = count(os.getpid() * 20)  # processes that run at the same time begin at different ones


def free_port() -> int:
    """Return a port of this machine that nobody listens on, and that is given once only."""
    while True:
        port = FIRST + next(_numbers) % COUNT
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
