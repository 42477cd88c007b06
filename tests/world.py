"""A simulated server for tests: the real bot, its people and its channels."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import discord
import simcord
from discord.ext.commands.bot import BotBase

from bot.client import EXTENSIONS, ROLE_COMMANDS, Bot
from bot.demo.simcord_inside.backend import settle_in_time
from bot.errors import UserError
from bot.models.database_server import Place
from bot.models.settings import GuildSettings
from bot.store import Store, open_store
from bot.worker import Worker
from cogs.setup import servers
from tests import by_hand
from tests.databases import prepare

DATA_KEY = bytes(range(32))


@dataclass
class World:
    """One server with a prompts channel, a forum, a facilitators' channel and people of each kind."""

    env: Any
    bot: Bot
    store: Store
    worker: Worker
    path: Path
    guild: Any
    prompts: Any
    forum: Any
    office: Any
    manager: Any
    facilitator: Any
    organiser: Any
    staff: list[Any] = field(default_factory=list)

    def threads(self, channel: Any | None = None) -> list[Any]:
        """The threads of a channel (by default the prompts channel), oldest first."""
        return list((channel or self.prompts).threads)

    @property
    def settings(self) -> GuildSettings:
        """The server's settings as the world was made with."""
        return GuildSettings(
            self.guild.id,
            prompts_channel_id=self.prompts.id,
            facilitators_channel_id=self.office.id,
            facilitator_role_id=self.guild.roles["Facilitators"].id,
            organiser_role_id=self.guild.roles["Organisers"].id,
        )

    async def restart(self, *, message_content: bool = True) -> None:
        """Stop the bot and its store, and start new ones on the same database, with the same cogs."""
        extensions = self.bot._extension_names
        await self.bot.close()
        await self.store.close()
        self.store = await open_store(self.path, DATA_KEY)
        self.bot = Bot(self.store, self.worker, message_content=message_content, extensions=extensions)
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    async def leap(self, seconds: float) -> None:
        """Let time pass in one leap, as a machine that slept sees it: what fell due is done at the end, all of it.

        env.advance_time stops at each round of each loop on the way. Where a test is about the rounds, it takes that.
        """
        await self.env.settle()
        self.env._move_clock(self.env._virtual_time + seconds)
        await self.env.settle()

    async def change_database(self, statement: str, *values: object) -> None:
        """Change the database behind the bot's back, as a kill or a fault leaves it.

        It waits in a thread for the writer's turn: on the loop, a transaction of the bot's own could never end.
        """

        await self.env.settle()
        await asyncio.to_thread(by_hand.change, self.path, statement, *values)

    def texts(self, channel: Any) -> list[str]:
        """What a channel or thread shows, oldest first: each message's words, those of cards included."""
        return [words(message) for message in channel.history()]


def show_role_commands(env: Any) -> None:
    """Let every server show to everybody what it may show to its roles, so that refusals are the program's own.

    Discord hides these commands at first, and so does simcord; a test of that takes a world that shows nothing.
    """
    backend = env.backend
    set_for = backend.get_command_permissions

    def find_permissions(guild_id: int, command_id: int) -> Any:
        commands = {int(one["id"]): one for scope in backend.commands.values() for one in scope.values()}
        default = commands.get(command_id, {}).get("default_member_permissions")
        everybody = [{"id": str(guild_id), "type": 1, "permission": True}]
        is_for_roles = default is not None and int(default) == ROLE_COMMANDS.value
        return set_for(guild_id, command_id) or (everybody if is_for_roles else None)

    backend.get_command_permissions = find_permissions


@cache
def shared_worker() -> Worker:
    """One worker for all tests of a process, since each start of its own process takes most of a second."""
    return Worker()


def keep_modules() -> None:
    """Let the modules of cogs stay loaded when a bot ends: discord.py forgets them, and each test would run them all.

    It also lets what a test has changed in one of them hold after a restart of its bot.
    """
    forget, load = BotBase._call_module_finalizers, BotBase._load_from_module_spec

    async def keep(bot: Any, extension: ModuleType, name: str) -> None:
        kept = {key: module for key, module in sys.modules.items() if key.startswith("cogs.")}
        await forget(bot, extension, name)
        sys.modules.update(kept)

    async def use_kept(bot: Any, spec: ModuleSpec, name: str) -> None:
        kept = sys.modules.get(name)
        if kept is None:
            await load(bot, spec, name)
        else:
            await kept.setup(bot)
            bot._BotBase__extensions[name] = kept

    BotBase._call_module_finalizers = keep  # type: ignore[method-assign, assignment]
    BotBase._load_from_module_spec = use_kept  # type: ignore[method-assign, assignment]


def keep_packs() -> None:
    """Let the built-in packs be read once: each new server is given them."""
    servers.load_pack = cache(servers.load_pack)  # type: ignore[attr-defined]


@asynccontextmanager
async def new_world(
    folder: Path,
    *,
    message_content: bool = True,
    extensions: tuple[str, ...] = EXTENSIONS,
    settings: bool = True,
    shows_commands: bool = True,
    prompt_keys: Path | None = None,
    place: Place | None = None,
) -> AsyncIterator[World]:
    """The real bot on a new database, in a new simulated server, with the worker of all tests.

    ``shows_commands``: the server shows the commands of facilitators and organisers, as its manager would for them.
    ``prompt_keys`` is the file of keys, for tests in which a command is to find it, and ``place`` where the database is
    for a process that has to be told.

    At the end, errors that the bot did not answer with a sentence of its own fail the test, unless it read env.errors.
    """
    path = folder / "test.db"
    prepare(path)
    store = await open_store(place or path, DATA_KEY, prompt_keys=prompt_keys)
    worker = shared_worker()
    bot = Bot(store, worker, message_content=message_content, extensions=extensions)
    # Not simcord.run: its clock cannot be put back from a fixture's end, which pytest runs in another context.
    env = simcord.Env(bot, check_errors=False, settle_timeout=60)
    settle_in_time(env)
    if shows_commands:
        show_role_commands(env)
    # Before the start, so that the bot finds a server, rather than hear of each role and channel.
    world = _populate(env, bot, store, worker, path)
    try:
        await env.start()
    except BaseException:
        await store.close()
        raise
    try:
        await env.settle()
        if settings:
            await world.store.settings.save(world.settings)
        yield world
    finally:
        await world.store.close()
        await env.shutdown()
    _raise_unforeseen(env)


def _raise_unforeseen(env: Any) -> None:
    errors = env.errors_since(env._errors_acknowledged)
    unforeseen = [error for error in errors if not isinstance(getattr(error, "original", error), UserError)]
    if unforeseen:
        raise BaseExceptionGroup("errors that nobody answered", unforeseen)


def _populate(env: Any, bot: Bot, store: Store, worker: Worker, path: Path) -> World:
    guild = env.create_guild("Riverside")
    facilitators = guild.create_role("Facilitators")
    organisers = guild.create_role("Organisers")
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))

    def member(name: str, *roles: Any) -> Any:
        return guild.add_member(env.create_user(name), roles=list(roles))

    return World(
        env=env,
        bot=bot,
        store=store,
        worker=worker,
        path=path,
        guild=guild,
        prompts=guild.create_text_channel("prompts"),
        forum=guild.create_forum_channel("prompts-forum"),
        office=guild.create_text_channel("facilitators"),
        manager=member("Mo", managers),
        facilitator=member("Fay", facilitators),
        organiser=member("Orla", organisers),
        staff=[member(name) for name in ("Ada", "Ben", "Cai", "Dee")],
    )


def shown(result: Any) -> str:
    """The text of what a person alone sees in answer to what they did. Fails where others see it too."""
    messages = [message for message in (result.response, *result.followups) if message is not None]
    assert messages, "nothing was answered"
    assert all(message.ephemeral for message in messages), "others see the answer too"
    return "\n".join(words(message.message) for message in messages)


def form_parts(result: Any) -> dict[str, Any]:
    """The parts of a form that was opened, by their custom_id."""
    parts = [label["component"] for label in result.modal["components"] if "component" in label]
    return {part["custom_id"]: part for part in parts}


def words(message: discord.Message) -> str:
    """All text of a message: its content, and the text of a Components V2 card, one part a line."""
    parts = [message.content] if message.content else []
    for component in message.components:
        parts.extend(_texts(component.to_dict()))
    return "\n".join(parts)


def _texts(component: Any) -> list[str]:
    found = [component["content"]] if "content" in component else []
    found += [component["label"]] if component.get("label") else []
    inner = [*component.get("components", ()), *([component["accessory"]] if component.get("accessory") else ())]
    return found + [text for child in inner for text in _texts(child)]


def new_key() -> bytes:
    """A random data key."""
    return os.urandom(32)
