"""A connection to the server that fails as networks do: it is cut, or refused, or cut before an answer arrives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

COMMIT = b"COMMIT"


class Proxy:
    """Passes on bytes between the program and a server's port, until it is told to fail."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._open: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.refuses = False
        self.is_frozen = False
        """Whether nothing gets through, and nobody hears that it does not."""
        self.cuts_commits = 0
        """So many of the next commits reach the server, and their answer nobody."""
        self.before: Callable[[bytes], bool] = lambda _sent: False
        """Asked of what the program sends, before it goes on: where it says True, the server never gets it."""
        self.after: Callable[[bytes], object] = lambda _sent: None
        """Told of what the program sent, once it went on."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one connection on."""
        if self.refuses:
            writer.close()
            return
        try:
            there, out = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:  # the server is stopped
            writer.close()
            return
        pair = {writer, out}
        self._open |= pair
        state = {"is_cut": False}
        try:
            forth = self._pass(reader, out, state, pair)
            await asyncio.gather(forth, self._pass(there, writer, state, pair, back=True))
        finally:
            self._close(pair)

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        state: dict[str, bool],
        pair: set[asyncio.StreamWriter],
        *,
        back: bool = False,
    ) -> None:
        with suppress(ConnectionError, OSError):
            while data := await reader.read(65_536):
                if back and state["is_cut"]:
                    break
                while self.is_frozen:
                    await asyncio.sleep(0.05)
                if not back and self.cuts_commits and COMMIT in data:
                    self.cuts_commits -= 1
                    state["is_cut"] = True
                if not back and self.before(data):
                    break
                writer.write(data)
                await writer.drain()
                if not back:
                    self.after(data)
        self._close(pair)

    def cut(self) -> None:
        """Cut every connection that is open."""
        self._close(set(self._open))

    def _close(self, writers: set[asyncio.StreamWriter]) -> None:
        for writer in writers:
            self._open.discard(writer)
            if writer.transport is not None:
                writer.transport.abort()


@asynccontextmanager
async def proxy_to(port: int) -> AsyncIterator[Proxy]:
    """Listen on a free port, and pass what comes on to another one of this machine."""
    proxy = Proxy(port)
    listening = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = listening.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listening.close()
        proxy.cut()
