"""Every command, menu, button, select and form, with marked words in all that people write: no log holds any of it.

It is done while everything works, and again while, in turns, Discord refuses, the database fails or the worker dies.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from simcord.actors import _dispatch_actor_interaction
from sqlalchemy.exc import OperationalError

from bot.cli.logs import CAPPED, WordlessFormatter
from bot.rate_limit import RateLimiter
from bot.store.database import Database
from bot.worker import WorkerFailedError
from tests.permissions.tables import COMMANDS, ITS_AUTHOR, MENUS, ROUTES, Ids
from tests.permissions.test_permissions import MARK, everything_in
from tests.permissions.walk import a_card, choose_menu, press
from tests.world import DATA_KEY, new_world

Fault = Callable[[Ids, pytest.MonkeyPatch], None]
NAMES = ("Yarrow", "Xenia", "Wisteria", "Verbena", "Ursinia")
KEYS = (DATA_KEY.hex(), base64.b64encode(DATA_KEY).decode(), repr(DATA_KEY))


@asynccontextmanager
async def marked_world(folder: Path) -> AsyncIterator[Ids]:
    """A server with something of every kind, whose people have marked names."""
    async with new_world(folder) as world:
        with world.env.time_context():
            roles = world.guild.roles

            def member(name: str, *given: str) -> Any:
                user = world.env.create_user(f"{name} {MARK}")
                return world.guild.add_member(user, roles=[roles[one] for one in given])

            world.staff[:2] = [member(NAMES[0]), member(NAMES[1])]
            world.facilitator = member(NAMES[2], "Facilitators")
            world.organiser = member(NAMES[3], "Organisers")
            world.manager = member(NAMES[4], "Managers", "Facilitators")
            yield await everything_in(world)


class Doing:
    """Does one thing after the other, and counts what the simulation let through; each meets the next fault."""

    def __init__(self, ids: Ids, monkeypatch: pytest.MonkeyPatch, faults: Sequence[Fault]) -> None:
        self.ids = ids
        self.done = 0
        self._monkeypatch = monkeypatch
        self._faults = cycle(faults)

    async def do(self, what: Callable[..., Any], /, *given: Any, **options: Any) -> None:
        self.ids.world.bot.pace = RateLimiter()  # how often is held elsewhere
        with self._monkeypatch.context() as patched:
            next(self._faults)(self.ids, patched)
            try:
                await what(*given, **options)
            except Exception:  # noqa: BLE001 - the simulation refuses it; what came of it is looked for in the log
                self.done -= 1
            finally:
                self.ids.world.env.backend.faults.clear()
        self.done += 1

    async def everything(self) -> None:
        """All there is, as whoever may do most, with marked words in every option and every form that takes words."""
        ids, here = self.ids, self.ids.world.prompts
        for name, (_, options) in COMMANDS.items():
            given = options(ids)
            written = {option: f"{MARK} {value}" if is_words(value) else value for option, value in given.items()}
            for one in [given] if written == given else [given, written]:
                await self.do(ids.people["manager"].slash, here, name, **one)
        for name in MENUS:
            await self.do(choose_menu, ids, ids.people["manager"], here, name)
        card = await a_card(ids.world, here)
        for name, pressed in ROUTES.items():
            person = ids.people["author" if pressed.who == ITS_AUTHOR else "manager"]
            await self.do(press, ids, person, here, card, name)
        said = f"{MARK} says {ids.people['author'].mention} is right."
        for _ in FAULTS:
            await self.do(ids.people["staff"].send, ids.world.threads()[0], said)


def is_words(value: object) -> bool:
    return isinstance(value, str) and not value.isdecimal() and ":" not in value


def marked(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """The sending of interactions, with marked words in every part of a form."""

    async def send(person: Any, kind: Any, channel: Any, data: dict[str, Any], **rest: Any) -> Any:
        for label in data.get("components", ()):
            label["component"]["value"] = f"{MARK} {label['component']['value']}"
        return await dispatch(person, kind, channel, data, **rest)

    return send


def nothing(_: Ids, __: pytest.MonkeyPatch) -> None:
    """Everything works."""


def a_refusal(ids: Ids, _: pytest.MonkeyPatch) -> None:
    for path in ("/channels/*", "/webhooks/*", "/interactions/*"):
        ids.world.env.inject_error("*", path, status=403, message=f"{MARK} was refused", times=1)


def a_broken_database(_: Ids, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its third transaction on it fails with an error whose text holds words."""
    begin, turns = Database._begin, iter(range(1_000_000))

    @asynccontextmanager
    async def failing(self: Database, engine: Any) -> AsyncIterator[Any]:
        if next(turns) >= 2:
            raise OperationalError(f"SELECT '{MARK}'", {"words": MARK}, ValueError(MARK))
        async with begin(self, engine) as connection:
            yield connection

    monkeypatch.setattr(Database, "_begin", failing)


def a_dying_worker(ids: Ids, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object) -> None:
        raise WorkerFailedError(f"{MARK} was read")

    monkeypatch.setattr(ids.world.bot.worker, "call_for", dies)


FAULTS = (a_refusal, a_broken_database, a_dying_worker)


@pytest.mark.sampled(0)
@pytest.mark.parametrize("faults", [(nothing,), FAULTS], ids=["works", "fails"])
async def test_no_log_holds_words_names_ids_or_keys(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    faults: Sequence[Fault],
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, level in CAPPED.items():
        caplog.set_level(level, logger=name)
    monkeypatch.setattr("tests.permissions.walk._dispatch_actor_interaction", marked(_dispatch_actor_interaction))
    async with marked_world(tmp_path) as ids:
        doing = Doing(ids, monkeypatch, faults)
        await doing.everything()
        people = [str(person.id) for person in ids.people.values()]
        ids.world.env.errors  # noqa: B018 - what failed is looked at in the log
    told = "\n".join((shown(caplog), *capfd.readouterr()))

    assert doing.done > (len(COMMANDS) + len(ROUTES)) * 0.7
    assert ("OperationalError in" in told) == (faults is FAULTS)
    for mark in (MARK, *NAMES, *people, *KEYS):
        assert mark not in told, next(line for line in told.splitlines() if mark in line)


def shown(caplog: pytest.LogCaptureFixture) -> str:
    """Every record as a log of the program shows it, and those of the program itself with their errors' texts, too."""
    wordless, plain = WordlessFormatter("%(name)s %(message)s"), logging.Formatter("%(name)s %(message)s")
    records = [one for one in caplog.records if not one.name.startswith("simcord")]
    lines = [wordless.format(one) for one in records]
    for one in records:
        one.exc_text = None
        lines += [plain.format(one)] if one.name.startswith(("bot", "cogs")) else []
    return "\n".join(lines)
