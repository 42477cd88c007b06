"""A server on loopback that answers like an OpenAI endpoint: well, slowly, with a fault, cut off, or as an attacker."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FakeModel:
    """What was asked, and what is answered: each next one of ``answers``, the last of them from then on."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return len(self.bodies)

    def words(self) -> str:
        """Everything that was sent, as one text."""
        return json.dumps([self.bodies, self.headers], ensure_ascii=False)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        self.bodies.append(await request.json())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return await answer(request)


def completion(text: object, **message: object) -> dict[str, Any]:
    """The body of a chat completion."""
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": text, **message}}]}


def says(text: object, **message: object) -> Answer:
    """Answer with a text."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(completion(text, **message))

    return answer


def fails(status: int, body: object = None, **headers: str) -> Answer:
    """Answer with a status that is no success. Underscores in the names of headers are dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=named)

    return answer


def sends(body: bytes) -> Answer:
    """Answer with these bytes."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type="application/json")

    return answer


async def cut_off(request: web.Request) -> web.StreamResponse:
    """Close the connection in the middle of an answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"choices": [{"mess')
    assert request.transport is not None
    request.transport.close()
    return response


async def never_end(request: web.Request) -> web.StreamResponse:
    """Send a byte now and then, for ever."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


async def flood(request: web.Request) -> web.StreamResponse:
    """Send without end, as quickly as it is taken."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b'{"choices":' + b" " * 65_536)


@asynccontextmanager
async def fake_model(*answers: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[FakeModel]:
    """Serve on a free port of loopback."""
    model = FakeModel(answers=list(answers) or [says('{"well": true}')])
    app = web.Application(client_max_size=20_000_000)
    app.router.add_route("*", "/{rest:.*}", model.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    port = runner.addresses[0][1]
    model.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{port}/v1"
    try:
        yield model
    finally:
        await runner.cleanup()
