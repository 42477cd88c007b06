"""A stand-in for Discord's API and gateway on loopback, just enough for a bot to log in, be refused, or be ready."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

GOOD_TOKEN = f"{base64.b64encode(b'100000000000000077').decode()}.made-u.{'p-for-tests' * 3}"
"""In the shape of Discord's tokens: an id, a time and a signature."""
MESSAGE_CONTENT = 1 << 15
MESSAGE_CONTENT_FLAG = 1 << 19
"""Said of an application in fewer than a hundred servers."""
USER: dict[str, Any] = {"id": "77", "username": "ward", "discriminator": "0", "avatar": None, "bot": True}
DISALLOWED_INTENTS = 4014
GUILD: dict[str, Any] = {
    "id": "5",
    "name": "Riverside",
    "owner_id": "1",
    "member_count": 3,
    "unavailable": False,
    "large": False,
    "preferred_locale": "en-GB",
    "joined_at": "2026-01-01T00:00:00+00:00",
    "system_channel_id": None,
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "mfa_level": 0,
    "system_channel_flags": 0,
    "premium_tier": 0,
    "nsfw_level": 0,
    **dict.fromkeys(("roles", "emojis", "features", "stickers", "channels", "threads", "members"), ()),
    **dict.fromkeys(("voice_states", "presences", "stage_instances", "guild_scheduled_events"), ()),
}
"""A server without channels, as it is sent at a start."""


def _json(data: Any, status: int = 200) -> web.Response:
    # discord.py reads JSON only where the type is said without a character set.
    return web.Response(body=json.dumps(data).encode(), content_type="application/json", status=status)


class FakeDiscord:
    """Knows one token, and whether the Message Content intent is switched on; another status stands for a proxy.

    The bot is in no server, or in one (``in_guild``), in which everybody has the same ``permissions``. The gateway
    refuses as many connections as ``refused_sockets`` says.
    """

    def __init__(self, *, message_content: bool, status: int = 200, in_guild: bool = False) -> None:
        self.in_guild = in_guild
        self.guilds = [GUILD] if in_guild else []
        self.message_content = message_content
        self.status = status
        self.intents: list[int] = []
        self.synced: list[str] = []
        self.permissions = 0
        self.refused_sockets = 0
        self.identified: list[tuple[float, int, int]] = []
        """When each shard identified, by a clock that goes on, and of how many it was."""
        self.max_concurrency = 1
        self.sockets = 0
        """How many connections to the gateway are open."""
        self.url = ""

    def application(self) -> web.Application:
        """The routes that discord.py asks at its start."""
        app = web.Application()
        app.router.add_get("/users/@me", self._me)
        app.router.add_get("/oauth2/applications/@me", self._application)
        app.router.add_get("/users/@me/guilds", self._guilds)
        app.router.add_get("/guilds/5", self._guild)
        app.router.add_get("/guilds/5/channels", self._channels)
        app.router.add_get("/guilds/5/members/77", self._member)
        app.router.add_put("/applications/77/commands", self._sync)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/gateway/bot", self._gateway)
        app.router.add_get("/ws/", self._socket)
        return app

    async def _me(self, request: web.Request) -> web.Response:
        if self.status != 200:
            return web.Response(text="<html>No access from here</html>", status=self.status)
        if request.headers.get("Authorization") != f"Bot {GOOD_TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return _json(USER)

    async def _application(self, _request: web.Request) -> web.Response:
        team = {"id": "77", "name": "Ward", "description": "", "bot_public": True, "bot_require_code_grant": False}
        flags = MESSAGE_CONTENT_FLAG if self.message_content else 0
        return _json({**team, "verify_key": "", "owner": USER, "icon": None, "flags": flags})

    async def _guilds(self, _request: web.Request) -> web.Response:
        return _json([{**GUILD, "owner": False, "permissions": "0"}] if self.in_guild else [])

    async def _guild(self, _request: web.Request) -> web.Response:
        everyone = {"id": "5", "name": "@everyone", "permissions": str(self.permissions), "position": 0, "color": 0}
        flags = {"hoist": False, "managed": False, "mentionable": False}
        return _json({**GUILD, "roles": [{**everyone, **flags}]})

    async def _channels(self, _request: web.Request) -> web.Response:
        """Tell of a channel in which only the bot writes, outside of threads, and of one that only the bot sees."""
        view, send = 1 << 10, 1 << 11
        places = {"50": ("questions", send), "51": ("facilitators", view)}
        return _json(
            [
                {
                    "id": channel_id,
                    "type": 0,
                    "name": name,
                    "position": 0,
                    "permission_overwrites": [
                        {"id": GUILD["id"], "type": 0, "allow": "0", "deny": str(hidden)},
                        {"id": USER["id"], "type": 1, "allow": str(view | send), "deny": "0"},
                    ],
                }
                for channel_id, (name, hidden) in places.items()
            ]
        )

    async def _member(self, _request: web.Request) -> web.Response:
        return _json(
            {"user": USER, "roles": [], "joined_at": GUILD["joined_at"], "deaf": False, "mute": False, "flags": 0}
        )

    async def _sync(self, request: web.Request) -> web.Response:
        self.synced = [command["name"] for command in await request.json()]
        return _json([])

    async def _gateway(self, _request: web.Request) -> web.Response:
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": self.max_concurrency}
        url = f"{self.url.replace('http', 'ws')}/ws/"
        return _json({"url": url, "shards": 1, "session_start_limit": limits})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if self.refused_sockets:
            self.refused_sockets -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets += 1
        try:
            await socket.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}})
            async for message in socket:
                data: dict[str, Any] = json.loads(message.data)
                if data["op"] == 1:
                    await socket.send_json({"op": 11})
                elif data["op"] == 2:
                    await self._identify(socket, data["d"]["intents"], data["d"].get("shard", [0, 1]))
        finally:
            self.sockets -= 1
        return socket

    async def _identify(self, socket: web.WebSocketResponse, intents: int, shard: list[int]) -> None:
        self.intents.append(intents)
        self.identified.append((time.monotonic(), shard[0], shard[1]))
        if intents & MESSAGE_CONTENT and not self.message_content:
            await socket.close(code=DISALLOWED_INTENTS)
            return
        number, count = shard
        own = [guild for guild in self.guilds if (int(guild["id"]) >> 22) % count == number]
        guilds = [{"id": guild["id"], "unavailable": True} for guild in own]
        ready = {"v": 10, "user": USER, "guilds": guilds, "session_id": "s", "application": {"id": "77", "flags": 0}}
        said = {**ready, "shard": shard, "resume_gateway_url": self.url}
        await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": said})
        for place, guild in enumerate(own, start=2):
            await socket.send_json({"op": 0, "s": place, "t": "GUILD_CREATE", "d": guild})


@asynccontextmanager
async def fake_discord(
    *, message_content: bool, status: int = 200, in_guild: bool = False
) -> AsyncIterator[FakeDiscord]:
    """Serve a FakeDiscord on a free port of loopback."""
    fake = FakeDiscord(message_content=message_content, status=status, in_guild=in_guild)
    runner = web.AppRunner(fake.application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        await runner.cleanup()
