"""What goes over the wire between a process and the shared Discord, as discord.py writes and reads it."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping
from typing import Any

import discord
from aiohttp import web


async def read_body(request: web.Request) -> tuple[Any, list[discord.File]]:
    """Return what a request says, and the files that it carries."""
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else None), []
    form = await request.post()
    files = [part for part in form.values() if isinstance(part, web.FileField)]
    said = json.loads(str(form["payload_json"]))
    return said, [discord.File(io.BytesIO(file.file.read()), file.filename) for file in files]


def make_event(name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Make an event, with everything as it is at this moment."""
    return {"op": 0, "s": 1, "t": name, "d": json.loads(json.dumps(payload, default=str))}


async def send_all(socket: web.WebSocketResponse, outbox: asyncio.Queue[dict[str, Any]]) -> None:
    """Send what is put into a process's outbox."""
    while not socket.closed:
        try:
            await socket.send_json(await outbox.get())
        except ConnectionError:
            return


def make_answer(data: Any, status: int = 200) -> web.Response:
    """Answer a request."""
    # discord.py reads JSON only where the type is said without a character set.
    return web.Response(body=json.dumps(data, default=str).encode(), content_type="application/json", status=status)


def cut(request: web.Request) -> web.Response:
    """Let no answer come."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
