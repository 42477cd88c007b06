"""One simulated Discord for several processes: simcord's model of a server behind a real API and a real gateway.

It outlives whoever uses it. Each process has an address of its own, so that it is known who asks.
"""

from __future__ import annotations

import asyncio
import copy
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any

import discord
from aiohttp import web
from simcord import Env
from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.components import walk_components
from simcord.http import router
from simcord.results import InteractionResult, ResponseMessage

from tests.chaos.wire import cut, make_answer, make_event, read_body, send_all
from tests.world import show_role_commands

THREAD_EXISTS = 160004
MADE = 0
"""The type of a message that somebody wrote, or the bot."""
THEIRS_ALONE = 1 << 6
"""The flag of a message that one person alone sees."""
NONCE_KEPT = timedelta(minutes=5)
ANSWERED_WITHIN_S = 5.0
LOOK_S = 0.02
STAFF = ("Ada", "Ben", "Cai", "Dee", "Eve", "Flo")


class Fate(Enum):
    """What becomes of a request whose sender dies while it's on its way."""

    LOST = "before"
    UNANSWERED = "after"
    LATE = "before, and it arrives when the other process is done"


class SharedDiscord:
    """A server with two channels, staff, a facilitator and an organiser. ``now`` is its clock.

    ``fate`` is asked when a request arrives that changes something, with who wants it.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        # Only to fill the backend, and for people to act in: no client ever runs, and nobody waits for it.
        env: Any = Env(discord.Client(intents=discord.Intents.default()))
        env._settle_internal = _settled
        show_role_commands(env)
        self.env, self.backend = env, env.backend
        self.backend.clock.now = now
        self.guild = env.create_guild("Riverside")
        self.facilitators, self.organisers = (self.guild.create_role(name) for name in ("Facilitators", "Organisers"))
        self.prompts, self.office = (self.guild.create_text_channel(name) for name in ("prompts", "office"))
        self.staff = [self.guild.add_member(env.create_user(name)) for name in STAFF]
        self.facilitator = self.guild.add_member(env.create_user("Fay"), roles=[self.facilitators])
        self.organiser = self.guild.add_member(env.create_user("Orla"), roles=[self.organisers])
        self.fate: Callable[[str], Fate | None] = _nothing_happens
        self.url = ""
        self.unknown: list[str] = []
        """What the bot asked that this Discord does not know: then nothing it showed is proof of anything."""
        self.ready_at: dict[str, float] = {}
        """When each process was last told that it is ready, by a clock that goes on."""
        self.posted: list[tuple[int, str]] = []
        """What the bot has posted for others to see, as it was then: where, and the parts that tell it from others."""
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._outbox: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._nonces: dict[tuple[str, str], tuple[datetime, Any]] = {}
        self._late: list[Callable[[], Any]] = []
        self.backend.subscribers += [self._tell, self._note]

    def is_connected(self, who: str) -> bool:
        """Say whether a process is connected to the gateway."""
        return who in self._sockets

    def posts(self, channel_id: int) -> list[Any]:
        """What the bot has posted in a channel or thread for all to see, oldest first."""
        kept = self.backend.messages.get(channel_id, {}).values()
        return [each for each in kept if each.type == MADE and self._is_post(each.author_id, each.flags)]

    def find(self, channel_id: int, custom_id: str) -> list[ResponseMessage]:
        """Return the posts that have a part whose id begins so."""
        posts = self.posts(channel_id)
        ours = [post for post in posts if any(each.startswith(custom_id) for each in _custom_ids(post.components))]
        return [ResponseMessage(self.env, post) for post in ours]

    def threads(self) -> list[int]:
        """The threads of the channel for prompts."""
        return [each.id for each in self.backend.channels.values() if each.parent_id == self.prompts.id]

    def replies(self, thread_id: int) -> dict[int, str]:
        """What staff have written in a thread, by the ids of their messages."""
        kept, staff = self.backend.messages.get(thread_id, {}).values(), [each.id for each in self.staff]
        return {each.id: each.content for each in kept if each.author_id in staff}

    async def answer(
        self, act: Awaitable[InteractionResult], before: str | None = None
    ) -> tuple[InteractionResult, str | None]:
        """Press a button, or send a form or a command. Returns what came of it, and the words of the answer.

        The words are None where no answer comes in time, and empty where it is a form. ``before`` are the words of a
        card that the answer replaces.
        """
        result = await act
        asked, until = result._interaction, time.monotonic() + ANSWERED_WITHIN_S
        while time.monotonic() < until:
            if asked.modal is not None:
                return result, ""
            if result.response is not None and not asked.loading:
                words = " ".join([result.response.content, *_words(result.response.components)])
                if words != before:
                    return result, words
            await asyncio.sleep(LOOK_S)
        return result, None

    def let_in(self) -> None:
        """Let no more requests be lost, and those have their effect that were long on their way."""
        self.fate = _nothing_happens
        for act in self._late:
            with suppress(BackendError):
                act()
        self._late.clear()

    def application(self) -> web.Application:
        """The API and the gateway, both below the name of who asks."""
        app = web.Application(client_max_size=1 << 24)
        app.router.add_get("/{who}/ws/", self._socket)
        app.router.add_route("*", "/{who}/{path:.*}", self._request)
        return app

    async def _request(self, request: web.Request) -> web.StreamResponse:
        who, path = request.match_info["who"], f"/{request.match_info['path']}"
        if path.startswith("/gateway"):
            return make_answer({"url": self._gateway(who), "shards": 1})
        act = partial(self._answer, request.method, path, await read_body(request), dict(request.query))
        fate = None if request.method == "GET" else self.fate(who)
        if fate is Fate.LATE and request.method == "POST":
            self._late.append(act)
            return cut(request)
        if fate is Fate.LOST:
            return cut(request)
        try:
            answer = act()
        except (router.RouteNotImplemented, router.UnsupportedField) as error:
            self.unknown.append(str(error))
            return make_answer({"code": 0, "message": str(error)}, 501)
        except BackendError as error:
            return make_answer(error.to_json(), error.status)
        if fate is not None:
            return cut(request)
        return web.Response(status=204) if answer is None else make_answer(answer)

    def _answer(self, method: str, path: str, sent: tuple[Any, list[discord.File]], query: dict[str, str]) -> Any:
        """Do what is asked, with two rules of Discord's that simcord does not know."""
        (body, files), now = sent, self.backend.clock.now()
        nonce = (path, str(body["nonce"])) if isinstance(body, dict) and body.get("enforce_nonce") else None
        if nonce in self._nonces:
            made_at, answer = self._nonces[nonce]
            is_there = int(answer["id"]) in self.backend.messages.get(int(answer["channel_id"]), {})
            if is_there and now - made_at < NONCE_KEPT:
                return answer
        if path.endswith("/threads") and method == "POST" and int(path.split("/")[-2]) in self.backend.channels:
            raise BackendError(400, THREAD_EXISTS, "A thread has already been created for this message")
        answer = router.dispatch(self.backend, method, path, json=body, params=query, files=files)
        if nonce is not None:
            self._nonces[nonce] = now, copy.deepcopy(answer)
        return answer

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        who, socket = request.match_info["who"], web.WebSocketResponse()
        await socket.prepare(request)
        outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        sending = asyncio.create_task(send_all(socket, outbox))
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
            outbox.put_nowait(make_event(name, payload))
        self.ready_at[who] = time.monotonic()

    def _gateway(self, who: str) -> str:
        return f"{self.url.replace('http', 'ws')}/{who}/ws/"

    def _tell(self, name: str, payload: Mapping[str, Any]) -> None:
        for outbox in self._outbox.values():
            outbox.put_nowait(make_event(name, payload))

    def _is_post(self, author_id: int, flags: int) -> bool:
        return author_id == self.backend.bot_user.id and not flags & THEIRS_ALONE

    def _note(self, name: str, payload: Mapping[str, Any]) -> None:
        """Note a post of the bot's by its parts that people press, or else by its words."""
        if name != "MESSAGE_CREATE" or payload["type"] != MADE:
            return
        if self._is_post(int(payload["author"]["id"]), int(payload.get("flags", 0))):
            components = payload.get("components", ())
            said = _custom_ids(components) or [payload["content"], *_words(components)]
            self.posted.append((int(payload["channel_id"]), " ".join(said)))


async def _settled(**_options: Any) -> None:
    """Nobody waits for a client that never runs."""


def _nothing_happens(_who: str) -> None:
    return None


def _custom_ids(components: Any) -> list[str]:
    return [str(part["custom_id"]) for part in walk_components(components) if part.get("custom_id")]


def _words(components: Any) -> list[str]:
    return [str(part["content"]) for part in walk_components(components) if part.get("content")]


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
