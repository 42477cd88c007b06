"""Two servers with their people, and one bot that goes down and comes up: what the weeks are played in."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import Any

import simcord
from discord.ext.tasks import Loop

from bot.client import Bot
from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import NewSeries, Slot
from bot.models.settings import AT_ONCE, BY_HAND, GuildSettings
from bot.store import Store, open_store
from bot.worker import Worker
from tests.databases import prepare
from tests.faults.line import BadLine
from tests.world import DATA_KEY, shared_worker, show_role_commands

OPEN_DAYS = 3
SETTLE_S, IDLE_S = 120.0, 0.004
STAFF = ("Ada", "Ben", "Cai", "Dee", "Eve", "Flo")
RETRIED = "Handling exception in internal background task"
UNASKED = 1
"""The place, from 0, of the excerpt that has no question: its turn is told, and the next one comes."""


@dataclass
class Ledger:
    """What people did that Discord's state alone does not show: this is what has to be true in the end."""

    deleted_cards: set[int] = field(default_factory=set)
    deleted_threads: set[int] = field(default_factory=set)
    deleted_messages: set[int] = field(default_factory=set)
    identifiers: dict[int, int] = field(default_factory=dict)  # a message that shows one, and its server
    forms: dict[str, int] = field(default_factory=dict)  # the mark of a form that was sent, and its prompt
    stored_forms: set[str] = field(default_factory=set)  # those of which the person was told that it is stored
    shared: set[int] = field(default_factory=set)  # prompts of which a summary was shared by hand
    withdrawn: set[str] = field(default_factory=set)
    private: dict[int, set[int]] = field(default_factory=dict)  # by prompt, who was told that it is stored
    false_words: list[str] = field(default_factory=list)  # what the bot said and was not so
    given_up: list[str] = field(default_factory=list)  # what a person wanted and could not get done in hours


@dataclass
class Server:
    """One server: where its prompts go, and its people."""

    name: str
    guild: Any
    channel: Any
    office: Any
    news: Any
    facilitator: Any
    organiser: Any
    staff: list[Any]
    is_forum: bool

    @property
    def settings(self) -> GuildSettings:
        """A forum publishes at once; a text channel by hand, and in a channel for news too."""
        return GuildSettings(
            self.guild.id,
            prompts_channel_id=self.channel.id,
            facilitators_channel_id=self.office.id,
            facilitator_role_id=self.guild.roles["Facilitators"].id,
            organiser_role_id=self.guild.roles["Organisers"].id,
            open_days=OPEN_DAYS,
            publish=AT_ONCE if self.is_forum else BY_HAND,
            announcements_channel_id=None if self.is_forum else self.news.id,
        )


class ErrorLog(logging.Handler):
    """Keeps what is logged as an error: an error that nobody handled, or a loop or a task that died.

    discord.py's loops try again after a lost connection, and say so as an error; that is not one.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the first line, without its reference, and the last place in our own code."""
        message, where = record.getMessage(), ""
        if record.exc_info and record.exc_info[0] is not None:
            message += f" [{record.exc_info[0].__name__}]"
            where = "".join(traceback.format_tb(record.exc_info[2]))
        if RETRIED in message:
            return
        places = re.findall(r"/((?:cogs|bot)/[\w/]+\.py)\", line \d+, in (\w+)", f"{record.getMessage()}{where}")
        place = f" at {places[-1][0]}:{places[-1][1]}" if places else ""
        first = re.sub(r"^reference \w+", "reference", message.splitlines()[0])
        self.lines.append(f"{record.name}: {first}{place}")


@dataclass
class Trust:
    """Everything that a run needs."""

    env: simcord.Env
    bot: Bot
    store: Store
    worker: Worker
    path: Path
    line: BadLine
    servers: tuple[Server, ...]
    errors: ErrorLog
    ledger: Ledger = field(default_factory=Ledger)
    restarts: int = 0
    weeks: int = 0

    @property
    def is_up(self) -> bool:
        """Whether a bot hears what happens."""
        return not self.line.is_cut

    async def pass_time(self, seconds: float) -> None:
        """Let time go by in steps: whatever falls due happens at its own time."""
        await self.env.advance_time(seconds)

    def go_down(self) -> None:
        """Cut the bot off where it stands."""
        self.line.cut()

    async def come_up(self) -> None:
        """End what is left of the bot, and start a new one on the same database; it catches up by itself."""
        self.line.cut()  # also where it ran: nothing that it still wants to say gets through
        self._keep_failed_loops()
        await self.bot.close()
        await self.store.close()
        self.store = await open_store(self.path, DATA_KEY)
        self.bot = Bot(self.store, self.worker)
        await self.env.settle()
        await self.env._detach_bot()
        self.line.mend()
        self.restarts += 1
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    def _keep_failed_loops(self) -> None:
        self.errors.lines += [f"a loop died: {name}" for name in self.failed_loops()]

    def failed_loops(self) -> list[str]:
        """The loops of the running bot that ended with an exception."""
        return [
            f"{type(cog).__name__}.{name}"
            for cog in self.bot.cogs.values()
            for name in dir(type(cog))
            if isinstance(loop := getattr(cog, name, None), Loop) and loop.failed()
        ]


@asynccontextmanager
async def open_trust(folder: Path, seed: int, share: float, weeks: int) -> AsyncIterator[Trust]:
    """The real bot in two servers, each with a series for so many weeks, on a line that is good until it is used."""
    path = folder / "faults.db"
    prepare(path)
    store, worker = await open_store(path, DATA_KEY), shared_worker()
    bot = Bot(store, worker)
    env = simcord.Env(bot, check_errors=False, settle_timeout=SETTLE_S)
    show_role_commands(env)
    env._settle_internal = partial(_settle, env._settle_internal)  # type: ignore[method-assign]
    line = BadLine(env, seed, 0.0)
    with _listening() as errors, line.installed():
        try:
            await env.start()
        except BaseException:
            await store.close()
            raise
        servers = tuple(
            _server(env, name, is_forum=is_forum) for name, is_forum in (("Riverside", False), ("Hill", True))
        )
        trust = Trust(env, bot, store, worker, path, line, servers, errors)
        try:
            with env.time_context():
                await env.settle()
                await store.settings.join([server.guild.id for server in servers])
                for server in servers:
                    await _prepare(trust, server, weeks)
                line.share = share
                yield trust
        finally:
            line.cut()
            await trust.store.close()
            await env.shutdown()


async def _settle(settle: Callable[..., Awaitable[None]], **options: Any) -> None:
    """Wait for the bot as simcord does, and longer after a start: the bot's worker may have to start too."""
    await settle(**{name: value for name, value in options.items() if name != "timeout"} | {"idle": IDLE_S})


@contextmanager
def _listening() -> Iterator[ErrorLog]:
    handler = ErrorLog()
    logging.getLogger().addHandler(handler)
    try:
        yield handler
    finally:
        logging.getLogger().removeHandler(handler)


def _server(env: simcord.Env, name: str, *, is_forum: bool) -> Server:
    guild = env.create_guild(name)
    roles = {role: guild.create_role(role) for role in ("Facilitators", "Organisers")}

    def member(person: str, *given: str) -> Any:
        return guild.add_member(env.create_user(f"{person} of {name}"), roles=[roles[role] for role in given])

    return Server(
        name,
        guild,
        guild.create_forum_channel("prompts") if is_forum else guild.create_text_channel("prompts"),
        guild.create_text_channel("facilitators"),
        guild.create_text_channel("news"),
        member("Fay", "Facilitators"),
        member("Orla", "Organisers"),
        [member(person) for person in STAFF],
        is_forum,
    )


async def _prepare(trust: Trust, server: Server, weeks: int) -> None:
    """Settings, a report with an excerpt for each week, and a series on Thursdays at nine."""
    store, now = trust.store, trust.env.now()
    await store.settings.save(server.settings)
    passages = tuple(
        Passage(
            f"Passage {number} for {server.name}: leaders exist at all levels.",
            question="" if number == UNASKED else f"Week {number} in {server.name}: what would help you most?",
        )
        for number in range(weeks + 1)
    )
    document = Document(SourceDetails("No more heroes"), passages, server.name[0].lower().encode().hex() * 32, "text")
    source, _ = await store.library.add_source(server.guild.id, document)
    ids = tuple(excerpt.id for excerpt in await store.library.excerpts(server.guild.id, source.id))
    slot = Slot(3, time(9), "Europe/London", date(2026, 1, 1))
    await store.series.create(NewSeries(server.guild.id, "Weekly", server.channel.id, slot, ids), now)
    trust.bot.dispatch("series_changed")
