"""A bad line between the bot and the simulated Discord: cut connections, and requests that are taken twice."""

from __future__ import annotations

import asyncio
import fnmatch
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import aiohttp
from discord.http import Route
from simcord import _settlement
from simcord.http import router
from simcord.http.client import FakeHTTPClient

from tests.faults.line import park_reason

LONG = 90 * 24 * 60 * 60
After = Callable[[Any], None]


@contextmanager
def cut_line(
    method: str, path: str, *, done: bool, error: type[Exception] = aiohttp.ServerDisconnectedError
) -> Iterator[None]:
    """Cut the connection at one request, after Discord did what it asks (``done``) or before."""
    left = 1
    dispatch = router.dispatch

    def cut(backend: Any, sent: str, to: str, **rest: Any) -> Any:
        nonlocal left
        if left and sent == method and fnmatch.fnmatch(to, path):
            left -= 1
            if done:
                dispatch(backend, sent, to, **rest)
            raise error
        return dispatch(backend, sent, to, **rest)

    router.dispatch = cut  # type: ignore[assignment]
    try:
        yield
    finally:
        router.dispatch = dispatch
    assert not left, "the line was never cut"


@contextmanager
def no_end(*parts: object) -> Iterator[None]:
    """Let every request hang whose path has one of these parts, such as a channel's id, as a rate limit does."""
    ask = FakeHTTPClient.request

    async def hang(client: Any, route: Route, **rest: Any) -> Any:
        if any(str(part) in route.url for part in parts):
            await asyncio.sleep(LONG)
        return await ask(client, route, **rest)

    with patch.object(FakeHTTPClient, "request", hang), patch.object(_settlement, "_park_reason", park_reason):
        yield


@contextmanager
def on_its_way(method: str, path: str, *, after: int = 0) -> Iterator[Callable[[], None]]:
    """Let a request be on its way for so long that whoever sent it is gone. What is given lets Discord get it.

    It is the first, or comes ``after`` so many. Of messages with the same nonce, one is made, as Discord does it.
    """
    dispatch, late, left = router.dispatch, list[Callable[[], Any]](), after + 1
    made: dict[tuple[str, str], Any] = {}

    def do(backend: Any, sent: str, to: str, **rest: Any) -> Any:
        body = rest.get("json")
        nonce = body.get("nonce") if isinstance(body, dict) and body.get("enforce_nonce") else None
        if nonce is None or (to, nonce) not in made:
            made[to, str(nonce)] = dispatch(backend, sent, to, **rest)
        return made[to, str(nonce)]

    def hold(backend: Any, sent: str, to: str, **rest: Any) -> Any:
        nonlocal left
        if sent == method and fnmatch.fnmatch(to, path):
            left -= 1
            if left == 0:
                late.append(lambda: do(backend, sent, to, **rest))
                raise aiohttp.ServerDisconnectedError
            return do(backend, sent, to, **rest)
        return dispatch(backend, sent, to, **rest)

    router.dispatch = hold  # type: ignore[assignment]
    try:
        yield lambda: late.pop()()
    finally:
        router.dispatch = dispatch
    assert left <= 0, "nothing was on its way"


@contextmanager
def taken_twice(method: str, path: str, *after: After) -> Iterator[None]:
    """Let Discord do one request twice, as discord.py repeats it after a 502; it hears of the second alone.

    A message whose nonce is to be compared is made once, as Discord does it. ``after`` are called with the answers to
    the first and the second.
    """
    dispatch = router.dispatch
    left = 1

    def twice(backend: Any, sent: str, to: str, **rest: Any) -> Any:
        nonlocal left
        if not (left and sent == method and fnmatch.fnmatch(to, path)):
            return dispatch(backend, sent, to, **rest)
        left -= 1
        body = rest.get("json")
        is_told_apart = isinstance(body, dict) and body.get("enforce_nonce") and body.get("nonce") is not None
        first = dispatch(backend, sent, to, **rest)
        answers = [first, first if is_told_apart else dispatch(backend, sent, to, **rest)]
        for answer, act in zip(answers, after, strict=False):
            act(answer)
        return answers[-1]

    router.dispatch = twice  # type: ignore[assignment]
    try:
        yield
    finally:
        router.dispatch = dispatch
    assert not left, "nothing was taken twice"
