"""Sockets that count what comes in, so that a server can't keep the bot busy with what is no answer.

aiohttp bounds headers, and the client bounds the body. Between these a server may send for ever: interim answers, parts
of a body of one byte each, and notes on such parts. Each costs time, and none of it is ever given to the client.
"""

from __future__ import annotations

import socket
from typing import Any

MOST_AT_ONCE = 32_768
"""Bytes between two turns of the event loop: what is cut into thousands of pieces takes time to read."""


class Received:
    """How much one request brought in. ``make_socket`` makes its sockets, which break off past ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0

    @property
    def is_too_much(self) -> bool:
        """Whether a socket broke off."""
        return self._bytes > self._most

    def count(self, size: int) -> None:
        """Count bytes that came in. Raises OSError past the bound."""
        self._bytes += size
        if self.is_too_much:
            raise ConnectionAbortedError

    def make_socket(self, address: tuple[Any, ...]) -> socket.socket:
        """Make a socket for an address as ``getaddrinfo`` gives it, for aiohttp."""
        family, kind, protocol, *_ = address
        return _CountingSocket(self, family, kind, protocol)


class _CountingSocket(socket.socket):
    """A socket that counts. asyncio reads with these two, also below TLS."""

    def __init__(self, received: Received, family: int, kind: int, protocol: int) -> None:
        super().__init__(family, kind, protocol)
        self._received = received

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Read bytes, and count them."""
        data = super().recv(min(size, MOST_AT_ONCE), flags)
        self._received.count(len(data))
        return data

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0, /) -> int:
        """Read bytes into a buffer, and count them."""
        read = super().recv_into(buffer, min(size or len(buffer), MOST_AT_ONCE), flags)
        self._received.count(read)
        return read
