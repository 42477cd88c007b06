"""A server that answers with bytes as they are, below what a web framework would send."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Raw:
    """A server that answers each request with bytes as they are."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self.asked = 0
        self.url = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked += 1
        try:
            await self._serve(reader, writer)
        except OSError:  # the client went away, as it should
            pass
        finally:
            writer.close()


@asynccontextmanager
async def raw(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[Raw]:
    """Serve on a free port of loopback."""
    server = Raw(serve)
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0, ssl=tls)
    server.url = f"http{'s' if tls else ''}://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listening.close()


def sends(*parts: bytes) -> Serve:
    """Read the request, and send these bytes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"".join(parts))
        await writer.drain()

    return serve


def answers(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> Serve:
    """Send a whole answer."""
    length = b"Content-Length: %d" % len(body)
    return sends(b"HTTP/1.1 " + status + b"\r\n", b"\r\n".join((length, *headers)), b"\r\n\r\n", body)


def floods(start: bytes, then: bytes) -> Serve:
    """Send without end, as quickly as it is taken."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(then)
            await writer.drain()

    return serve


def drips(start: bytes, then: bytes) -> Serve:
    """Send a byte now and then, for ever."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(then)
            await writer.drain()
            await asyncio.sleep(0.02)

    return serve


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return head + await reader.readexactly(int(length.partition(b":")[2]))
