"""The line between the bot and the simulated Discord: a share of all requests fails, as it does in production.

It stands where simcord replaces discord.py's HTTP, so it does what is lost there too: discord.py's own repeats, the
nonce that Discord compares, the second thread that it refuses, and a history that begins after a message.
"""

from __future__ import annotations

import asyncio
import copy
import json
import os
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any
from unittest.mock import patch

import aiohttp
import discord
import simcord
from simcord import _settlement
from simcord.backend.errors import BackendError
from simcord.http.client import FakeHTTPClient, FakeWebhookAdapter, _FakeResponse, _path_of, _raise_for

from bot.demo.simcord_inside.backend import stop_events

Send = Callable[[], Awaitable[Any]]
TRIES = 5
_SIMCORDS_REASON = _settlement._park_reason
NONCE_S = 300.0
EVERYTHING = 10**9
THREAD_EXISTS = 160004
CONNECTION_RESET = 104


class Fault(StrEnum):
    """What happens to a request. discord.py repeats some of them by itself; the others reach the bot as exceptions."""

    UNAVAILABLE = "503, no effect"
    BAD_GATEWAY = "502, no effect"
    BAD_GATEWAY_LATE = "502 after the effect"
    CUT = "connection cut, no effect"
    CUT_LATE = "connection cut after the effect"
    TIMEOUT = "no answer, no effect"
    TIMEOUT_LATE = "no answer after the effect"
    RATE_LIMIT = "429 with a wait"


LATE = (Fault.BAD_GATEWAY_LATE, Fault.CUT_LATE, Fault.TIMEOUT_LATE)


class BadLine:
    """Decides from a seed what happens to each request, and counts it.

    ``share`` is the chance that one exchange fails; a repeat by discord.py is an exchange of its own. ``cut`` stands
    for a machine that loses its power: nothing reaches the bot any more, and nothing that it asks for comes back.
    """

    def __init__(self, env: simcord.Env, seed: int, share: float) -> None:
        self._env = env
        self._seed = seed
        self.share = share
        self.is_cut = False
        self.requests = 0
        self.exchanges = 0
        self.faults: Counter[Fault] = Counter()
        self._seen: Counter[str] = Counter()
        self._left: int | None = None
        self._nonces: dict[tuple[str, str], tuple[float, Any]] = {}

    def cut_in(self, requests: int) -> None:
        """Cut the power in the middle of one of the next requests."""
        self._left = requests

    def cut(self) -> None:
        """Cut the power now."""
        self.is_cut, self._left = True, None
        stop_events(self._env)

    def mend(self) -> None:
        """Let requests through again, for the bot that starts next."""
        self.is_cut, self._left = False, None

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Put the line between every bot and Discord."""
        line, plain, hooked = self, FakeHTTPClient.request, FakeWebhookAdapter.request

        async def request(
            client: FakeHTTPClient, route: Any, *, files: Any = None, form: Any = None, **options: Any
        ) -> Any:
            return await line._ask(client, plain, route, files, options | {"form": form})

        async def hook(
            adapter: FakeWebhookAdapter, route: Any, session: Any, *, files: Any = None, **options: Any
        ) -> Any:
            return await line._ask(adapter, hooked, route, files, options | {"session": session})

        with (
            patch.object(FakeHTTPClient, "request", request),
            patch.object(FakeWebhookAdapter, "request", hook),
            patch.object(_settlement, "_park_reason", park_reason),
        ):
            yield

    async def _ask(self, transport: Any, request: Any, route: Any, files: Any, options: dict[str, Any]) -> Any:
        method, path = route.method, _path_of(route.url)
        sent = [*(files or ())]

        async def send() -> Any:
            for file in sent:
                file.reset()
            answer = self._as_discord(method, path, options)
            if answer is None:
                trimmed = self._whole_history(method, path, options)
                answer = await request(transport, route, files=sent or None, **trimmed)
                answer = self._oldest_first(method, options, answer)
                self._note_nonce(method, path, options, answer)
            return answer

        self.requests += 1
        if asyncio.current_task() not in self._env._work.tasks:
            return await send()  # at a start, before the bot runs
        return await self._travel(method, path, send, is_webhook=isinstance(transport, FakeWebhookAdapter))

    async def _travel(self, method: str, path: str, send: Send, *, is_webhook: bool) -> Any:
        """What discord.py's own request does with each answer (discord/http.py, discord/webhook/async_.py)."""
        status = 502
        for attempt in range(TRIES):
            await self._power()
            fault = self._draw(method, path)
            self.exchanges += 1
            if fault is None:
                return await send()
            self.faults[fault] += 1
            if fault in LATE:
                await _lost(send)
            if fault in (Fault.CUT, Fault.CUT_LATE):
                raise self._cut_error(path)
            if fault in (Fault.TIMEOUT, Fault.TIMEOUT_LATE):
                await self._wait(10)
                raise aiohttp.ServerTimeoutError("Timeout on reading data from socket")
            if fault is Fault.UNAVAILABLE and not is_webhook:
                raise discord.DiscordServerError(_answer(503), "upstream connect error")
            status = 429 if fault is Fault.RATE_LIMIT else 502
            await self._wait(1.5 if fault is Fault.RATE_LIMIT else 1 + 2 * attempt)
        if status == 429:
            raise discord.HTTPException(_answer(429), {"message": "You are being rate limited.", "code": 0})
        raise discord.DiscordServerError(_answer(502), "bad gateway")

    def _draw(self, method: str, path: str) -> Fault | None:
        # Not one generator for all: the order of requests that run side by side would change every fault after them.
        key = f"{method} {path}"
        self._seen[key] += 1
        chance = random.Random(f"{self._seed} {key} {self._seen[key]}")
        if chance.random() >= self.share:
            return None
        return chance.choice(list(Fault))

    def _cut_error(self, path: str) -> Exception:
        kinds = (
            aiohttp.ServerDisconnectedError(),
            aiohttp.ClientConnectionError("Connection lost"),
            ConnectionResetError(CONNECTION_RESET, "Connection reset by peer"),
        )
        return kinds[random.Random(f"{self._seed} {path} {self.exchanges}").randrange(len(kinds))]

    async def _power(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                self.cut()
        if self.is_cut:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise aiohttp.ClientConnectionError("the machine is off")
            await self._env.external_wait(asyncio.get_running_loop().create_future(), reason="the power is cut")

    async def _wait(self, seconds: float) -> None:
        """Sleep on the simulated clock: only advancing it goes on."""
        await self._env.external_wait(asyncio.sleep(seconds), reason="a bad line")

    def _as_discord(self, method: str, path: str, options: dict[str, Any]) -> Any:
        """What Discord answers and simcord does not know: the same nonce once more, and a second thread."""
        parts = path.strip("/").split("/")
        if method != "POST":
            return None
        if len(parts) == 5 and parts[4] == "threads" and int(parts[3]) in self._env.backend.channels:
            _raise_for(BackendError(400, THREAD_EXISTS, "A thread has already been created for this message"))
        nonce = self._nonce(options)
        if nonce is not None and parts[2:] == ["messages"]:
            at, answer = self._nonces.get((path, nonce), (0.0, None))
            kept = self._env.backend.messages.get(int(parts[1]), {})
            if answer is not None and self._clock() - at < NONCE_S and int(answer["id"]) in kept:
                return copy.deepcopy(answer)
        return None

    def _note_nonce(self, method: str, path: str, options: dict[str, Any], answer: Any) -> None:
        nonce = self._nonce(options)
        if method == "POST" and nonce is not None:
            self._nonces[path, nonce] = self._clock(), copy.deepcopy(answer)

    def _nonce(self, options: dict[str, Any]) -> str | None:
        body = options.get("json")
        for part in options.get("form") or ():  # with files the body is one part of a form
            if part.get("name") == "payload_json":
                body = json.loads(part["value"])
        if isinstance(body, dict) and body.get("enforce_nonce") and body.get("nonce") is not None:
            return str(body["nonce"])
        return None

    def _whole_history(self, method: str, path: str, options: dict[str, Any]) -> dict[str, Any]:
        params = options.get("params") or {}
        if method == "GET" and path.endswith("/messages") and "after" in params:
            return options | {"params": dict(params) | {"limit": EVERYTHING}}
        return options

    def _oldest_first(self, method: str, options: dict[str, Any], answer: Any) -> Any:
        params = options.get("params") or {}
        if method == "GET" and "after" in params and isinstance(answer, list):
            return answer[-int(params.get("limit", 50)) :]
        return answer

    def _clock(self) -> float:
        return self._env.backend.clock.elapsed


def park_reason(state: Any, task: asyncio.Task[Any], deadline: float, seen: set[int] | None = None) -> str | None:
    """Count who waits in a cog for a turn as waiting: whoever has the turn is looked at by itself."""
    return _SIMCORDS_REASON(state, task, deadline, seen) or ("a turn" if _waits_for_turn(task) else None)


def _waits_for_turn(task: asyncio.Task[Any]) -> bool:
    coroutine: Any = task.get_coro()
    before = ""
    while (frame := getattr(coroutine, "cr_frame", None)) is not None:
        if frame.f_code is asyncio.Lock.acquire.__code__:
            return f"{os.sep}cogs{os.sep}" in before
        if frame.f_code is not asyncio.Lock.__aenter__.__code__:
            before = frame.f_code.co_filename
        coroutine = coroutine.cr_await
    return False


async def _lost(send: Send) -> None:
    """Let a request have its effect; whatever Discord answers does not arrive."""
    try:
        await send()
    except discord.HTTPException:
        return


def _answer(status: int) -> Any:
    return _FakeResponse(status)
