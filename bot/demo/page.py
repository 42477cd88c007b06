"""The visitor's page: its files and its controls, as routes beside simcord's preview. Loopback and token only."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import simcord
from aiohttp import web
from simcord import ChannelHandle
from simcord.actors import MemberActor

from bot.demo.files import answer_with_file, draw_portrait, list_files
from bot.demo.simcord_inside.backend import (
    SentFile,
    bot_id,
    can_read,
    channels_of,
    give_portrait,
    kind_of,
    parent_of,
    sent_files,
    visible_ids,
)
from bot.demo.simcord_inside.stage import Stage
from bot.demo.world import BOT_NAME, World

log = logging.getLogger(__name__)
TICK_SECONDS = 5.0
VISITOR = "amara"
"""Whom a visitor plays at first: a member of staff, in front of the open question."""
STEPS = {"day": timedelta(days=1), "week": timedelta(days=7)}
FILES = {
    "/": ("index.html", "text/html"),
    "/demo.css": ("demo.css", "text/css"),
    "/demo.js": ("demo.js", "application/javascript"),
    "/framed.css": ("framed.css", "text/css"),
}

Control = Callable[["Visit", dict[str, Any]], Awaitable[None]]


@dataclass(slots=True)
class Visit:
    """Where the visitor is: the member they act as, and the last message they saw in each channel.

    ``key`` is part of the addresses of files, which a browser opens without the page's token.
    """

    world: World
    stage: Stage
    member: MemberActor
    seen: dict[int, int] = field(default_factory=dict)
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def go(self, channel: ChannelHandle) -> None:
        """Show another channel."""
        self.stage.show(channel, self.member)
        self.look()

    def look(self) -> None:
        """What is shown counts as seen."""
        self.seen[self.stage.channel.id] = max(visible_ids(self.stage.channel, self.member), default=0)

    def readable(self) -> list[ChannelHandle]:
        """List the channels and threads that this person can read, in the order of the server's list."""
        return [channel for channel in channels_of(self.world.guild) if can_read(channel, self.member)]

    def files(self) -> list[SentFile]:
        """What this person can open, of all channels."""
        return [file for channel in self.readable() for file in sent_files(channel, self.member)]

    def state(self) -> dict[str, Any]:
        """All that the page shows around the channel, as JSON."""
        now = self.world.local_now()
        return {
            "now": f"{now:%A} {now.day} {now:%B %Y}, {now:%H:%M}",
            "up": self.world.power.is_on,
            "trouble": self.stage.trouble,
            "ownAct": self.stage.is_own_act,
            "member": str(self.member.id),
            "shown": str(self.stage.channel.id),
            "trust": self.world.cast.trust,
            "members": [
                {"id": str(self.world.people[key].id), "name": person.name, "job": person.job}
                for key, person in self.world.cast.people.items()
            ],
            "channels": [self._channel(channel) for channel in self.readable()],
            "files": list_files(self.files(), self.key),
        }

    def _channel(self, channel: ChannelHandle) -> dict[str, Any]:
        last = self.seen.get(channel.id, 0)
        return {
            "id": str(channel.id),
            "name": channel.name,
            "kind": kind_of(channel),
            "parent": str(parent_of(channel) or ""),
            "new": sum(1 for message in visible_ids(channel, self.member) if message > last),
        }


async def _show(visit: Visit, body: dict[str, Any]) -> None:
    channel = next((c for c in visit.readable() if str(c.id) == body.get("channel")), None)
    if channel is None:
        raise web.HTTPBadRequest(text="That channel isn’t there, or this person can’t read it.")
    visit.go(channel)


async def _act_as(visit: Visit, body: dict[str, Any]) -> None:
    member = next((m for m in visit.world.people.values() if str(m.id) == body.get("member")), None)
    if member is None:
        raise web.HTTPBadRequest(text="There’s no such person.")
    visit.member = member
    shown = visit.stage.channel
    visit.go(shown if can_read(shown, member) else visit.readable()[0])


async def _advance(visit: Visit, body: dict[str, Any]) -> None:
    step = STEPS.get(str(body.get("step")))
    if step is None:
        raise web.HTTPBadRequest(text="Time moves on by a day or a week.")
    await visit.world.advance(step)


async def _power(visit: Visit, body: dict[str, Any]) -> None:
    await (visit.world.up() if body.get("up") is True else visit.world.down())


CONTROLS: dict[str, Control] = {"show": _show, "act-as": _act_as, "advance": _advance, "power": _power}


def _routes(visits: list[Visit]) -> Callable[[Stage, web.Application], None]:
    """Our routes. ``visits`` is filled once the stage is set, which is after its routes are made."""

    def add(stage: Stage, app: web.Application) -> None:
        async def file(request: web.Request) -> web.Response:
            return stage.server.file(request, *FILES[request.path])

        async def state(request: web.Request) -> web.Response:
            _check(stage, request)
            visits[0].look()
            return web.json_response(visits[0].state(), headers=stage.server.headers)

        async def control(request: web.Request) -> web.Response:
            _check(stage, request)
            act = CONTROLS.get(request.match_info["name"])
            if act is None:
                raise web.HTTPNotFound
            body = await request.json()
            async with stage.turn:
                await act(visits[0], body)
                stage.publish()
            visits[0].look()
            return web.json_response(visits[0].state(), headers=stage.server.headers)

        async def sent(request: web.Request) -> web.Response:
            return _send_file(stage, visits[0], request)

        async def no_icon(_: web.Request) -> web.Response:
            return web.Response(status=204)

        app.router.add_get("/favicon.ico", no_icon)
        for path in FILES:
            app.router.add_get(path, file)
        app.router.add_get("/demo/state", state)
        app.router.add_get("/demo/files/{key}/{id}/{name}", sent)
        app.router.add_post("/demo/{name}", control)

    return add


def _check(stage: Stage, request: web.Request) -> None:
    if not stage.server.allows(request):
        raise web.HTTPForbidden(text="Open the address that the demo printed.")


def _send_file(stage: Stage, visit: Visit, request: web.Request) -> web.Response:
    """A file that the person whom the visitor plays can open."""
    if not stage.server.known_host(request) or not secrets.compare_digest(request.match_info["key"], visit.key):
        raise web.HTTPForbidden(text="Open the file from the demo's page.")
    file = next((file for file in visit.files() if file.id == request.match_info["id"]), None)
    if file is None:
        raise web.HTTPNotFound(text="This person can’t open that file. Choose under “You are” who got it.")
    return answer_with_file(file)


@asynccontextmanager
async def open_page(world: World, port: int = 0) -> AsyncIterator[Visit]:
    """Serve the visitor's page on 127.0.0.1. Yields the Visit; ``visit.stage`` knows address and token."""
    visits: list[Visit] = []
    _give_portraits(world)
    visitor = world.people[VISITOR]
    members = [visitor, *(member for member in world.people.values() if member is not visitor)]
    async with Stage(world.channels["prompts"], members, port, _routes(visits)) as stage:
        visits.append(Visit(world, stage, visitor))
        visits[0].look()
        clock = asyncio.create_task(_tick(visits[0]))
        try:
            yield visits[0]
        finally:
            clock.cancel()
            await asyncio.gather(clock, return_exceptions=True)


def _give_portraits(world: World) -> None:
    give_portrait(world.env, bot_id(world.env), draw_portrait(BOT_NAME, 5))
    for number, (key, person) in enumerate(world.cast.people.items()):
        give_portrait(world.env, world.people[key].id, draw_portrait(person.name, number))


async def _tick(visit: Visit) -> None:
    """Let the simulated clock run at the pace of the real one, so that what the bot waits for comes by itself."""
    loop = asyncio.get_running_loop()
    before = loop.time()
    while True:
        await asyncio.sleep(TICK_SECONDS)
        now = loop.time()
        async with visit.stage.turn:
            try:
                await visit.world.advance(timedelta(seconds=now - before))
                visit.stage.publish()
            except (simcord.SetupError, TimeoutError):
                log.warning("The simulated clock missed a tick.", exc_info=True)
        before = now
