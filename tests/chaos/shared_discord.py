"""One simulated Discord for several processes: simcord's model of a server behind a real API and a real gateway.

It outlives whoever uses it. Each process has an address of its own, so that it is known who asks.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import discord
from aiohttp import web
from simcord import Env
from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.http import router

THREAD_EXISTS = 160004
MADE = 0
"""The type of a message that somebody wrote, or the bot."""


class SharedDiscord:
    """A server with two channels and staff. ``now`` is its clock.

    ``before`` is asked before anything is changed at Discord, with who wants it: where it returns True, nothing is, and
    no answer comes. ``after`` is asked in the same way once it is done. ``told`` hears how many events were sent.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        env: Any = Env(
            discord.Client(intents=discord.Intents.default())
        )  # only to fill the backend: no client ever runs
        self.backend = env.backend
        self.backend.clock.now = now
        self.guild = env.create_guild("Riverside")
        roles = [self.guild.create_role(name) for name in ("Facilitators", "Organisers")]
        self.facilitators, self.organisers = (role.id for role in roles)
        self.prompts, self.office = (self.guild.create_text_channel(name).id for name in ("prompts", "office"))
        self.staff = [self.guild.add_member(env.create_user(name)).id for name in ("Ada", "Ben", "Cai", "Dee")]
        self.before: Callable[[str, str], bool] = _let_pass
        self.after: Callable[[str, str], bool] = _let_pass
        self.url = ""
        self.unknown: list[str] = []
        """What the bot asked that this Discord does not know: then nothing it showed is proof of anything."""
        self.ready_at: dict[str, float] = {}
        """When each process was last told that it is ready, by a clock that goes on."""
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._outbox: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._nonces: dict[tuple[str, str], Any] = {}
        self.backend.subscribers.append(self._tell)

    def is_connected(self, who: str) -> bool:
        """Say whether a process is connected to the gateway."""
        return who in self._sockets

    def posts(self, channel_id: int) -> list[Any]:
        """What the bot has posted in a channel or thread, oldest first."""
        kept = self.backend.messages.get(channel_id, {}).values()
        return [each for each in kept if each.type == MADE and each.author_id == self.backend.bot_user.id]

    def threads(self) -> list[int]:
        """The threads of the channel for prompts."""
        return [each.id for each in self.backend.channels.values() if each.parent_id == self.prompts]

    def replies(self, thread_id: int) -> dict[int, str]:
        """What staff have written in a thread, by the ids of their messages."""
        kept = self.backend.messages.get(thread_id, {}).values()
        return {each.id: each.content for each in kept if each.author_id in self.staff}

    def application(self) -> web.Application:
        """The API and the gateway, both below the name of who asks."""
        app = web.Application()
        app.router.add_get("/{who}/ws/", self._socket)
        app.router.add_route("*", "/{who}/{path:.*}", self._request)
        return app

    async def _request(self, request: web.Request) -> web.StreamResponse:
        who, path, text = request.match_info["who"], f"/{request.match_info['path']}", await request.text()
        if path.startswith("/gateway"):
            return _json({"url": self._gateway(who), "shards": 1})
        body = json.loads(text) if text else None
        is_change = request.method != "GET"
        if is_change and self.before(who, path):
            return _cut(request)
        try:
            answer = self._answer(request.method, path, body, dict(request.query))
        except (router.RouteNotImplemented, router.UnsupportedField) as error:
            self.unknown.append(str(error))
            return _json({"code": 0, "message": str(error)}, 501)
        except BackendError as error:
            return _json(error.to_json(), error.status)
        if is_change and self.after(who, path):
            return _cut(request)
        return web.Response(status=204) if answer is None else _json(answer)

    def _answer(self, method: str, path: str, body: Any, query: dict[str, str]) -> Any:
        """Do what is asked, with two rules of Discord's that simcord does not know."""
        nonce = (path, str(body["nonce"])) if isinstance(body, dict) and body.get("enforce_nonce") else None
        if nonce in self._nonces:
            return self._nonces[nonce]
        if path.endswith("/threads") and method == "POST" and int(path.split("/")[-2]) in self.backend.channels:
            raise BackendError(400, THREAD_EXISTS, "A thread has already been created for this message")
        answer = router.dispatch(self.backend, method, path, json=body, params=query)
        if nonce is not None:
            self._nonces[nonce] = answer
        return answer

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        who, socket = request.match_info["who"], web.WebSocketResponse()
        await socket.prepare(request)
        outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        sending = asyncio.create_task(_send(socket, outbox))
        outbox.put_nowait({"op": 10, "d": {"heartbeat_interval": 40_000}})
        try:
            async for message in socket:
                match json.loads(message.data)["op"]:
                    case 1:
                        outbox.put_nowait({"op": 11})
                    case 2:
                        self._identify(who, socket, outbox)
                    case 6:
                        outbox.put_nowait({"op": 9, "d": False})
        finally:
            sending.cancel()
            if self._sockets.get(who) is socket:
                del self._sockets[who], self._outbox[who]
        return socket

    def _identify(self, who: str, socket: web.WebSocketResponse, outbox: asyncio.Queue[dict[str, Any]]) -> None:
        self._sockets[who], self._outbox[who] = socket, outbox
        guilds = [serializers.guild_create_payload(self.backend, guild) for guild in self.backend.guilds.values()]
        ready = {
            "v": 10,
            "user": serializers.user_payload(self.backend.bot_user),
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "session_id": who,
            "resume_gateway_url": self._gateway(who),
            "application": {"id": str(self.backend.application_id), "flags": 0},
            "shard": [0, 1],
        }
        for name, payload in (("READY", ready), *(("GUILD_CREATE", guild) for guild in guilds)):
            outbox.put_nowait(_event(name, payload))
        self.ready_at[who] = time.monotonic()

    def _gateway(self, who: str) -> str:
        return f"{self.url.replace('http', 'ws')}/{who}/ws/"

    def _tell(self, name: str, payload: Mapping[str, Any]) -> None:
        for outbox in self._outbox.values():
            outbox.put_nowait(_event(name, payload))


def _let_pass(_who: str, _path: str) -> bool:
    return False


def _event(name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"op": 0, "s": 1, "t": name, "d": json.loads(json.dumps(payload, default=str))}  # as it is at this moment


async def _send(socket: web.WebSocketResponse, outbox: asyncio.Queue[dict[str, Any]]) -> None:
    while not socket.closed:
        try:
            await socket.send_json(await outbox.get())
        except ConnectionError:
            return


def _json(data: Any, status: int = 200) -> web.Response:
    # discord.py reads JSON only where the type is said without a character set.
    return web.Response(body=json.dumps(data, default=str).encode(), content_type="application/json", status=status)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def shared_discord(now: Callable[[], datetime]) -> AsyncIterator[SharedDiscord]:
    """Serve it on a free port of loopback."""
    made = SharedDiscord(now)
    runner = web.AppRunner(made.application(), shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()
