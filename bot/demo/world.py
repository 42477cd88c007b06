"""The invented trust inside simcord: its channels and people, its clock, and the bot that goes down and comes up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import discord
import simcord
from simcord import ChannelHandle, GuildHandle, RoleHandle
from simcord.actors import MemberActor

from bot.client import ROLE_COMMANDS, Bot
from bot.demo.cast import Cast, Line, load_cast
from bot.demo.simcord_inside.backend import prepare, stop_events

LONDON = ZoneInfo("Europe/London")
OPENING = time(8, 30)
BOT_NAME = "Ward to Board"
OWNER = "helen"
ADVANCE_LIMIT_SECONDS = 120.0
"""How long one settling of the simulated world may take in real time, on a slow machine."""

Launch = Callable[[], AbstractAsyncContextManager[Bot]]
"""Opens a fresh bot on the demo's database, and closes it with all that belongs to it."""


class BotRun:
    """Whether a bot runs, and what has to be closed when it ends."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._open: AsyncExitStack | None = None

    @property
    def is_on(self) -> bool:
        """Whether there is a bot."""
        return self._open is not None

    async def on(self) -> Bot:
        """Open a new bot, which is still to be started."""
        async with AsyncExitStack() as stack:
            bot = await stack.enter_async_context(self._launch())
            self._open = stack.pop_all()
        return bot

    async def off(self) -> None:
        """Close the bot, its worker and its database; nothing when there is none."""
        if self._open is not None:
            stack, self._open = self._open, None
            await stack.aclose()


@dataclass(slots=True)
class World:
    """One simulated server with its people. ``messages`` keeps the lines that were named in a scene."""

    env: simcord.Env
    power: BotRun
    cast: Cast
    guild: GuildHandle
    channels: dict[str, ChannelHandle]
    roles: dict[str, RoleHandle]
    people: dict[str, MemberActor]
    messages: dict[str, discord.Message] = field(default_factory=dict)

    @property
    def bot(self) -> Bot:
        """The bot that runs, or that ran last."""
        return cast("Bot", self.env.bot)

    def local_now(self) -> datetime:
        """Return the time of the demo on clocks in London."""
        return self.env.now().astimezone(LONDON)

    @property
    def thread(self) -> ChannelHandle:
        """The newest prompt's thread. Raises LookupError where no prompt was posted."""
        threads = self.channels["prompts"].threads
        if not threads:
            raise LookupError("no prompt was posted")
        return max(threads, key=lambda thread: thread.id)

    def thread_of(self, number: int) -> ChannelHandle:
        """Return the thread of a prompt, by its number in the series."""
        return sorted(self.channels["prompts"].threads, key=lambda thread: thread.id)[number - 1]

    async def advance(self, amount: timedelta) -> None:
        """Move the clock on; whatever falls due on the way happens at its own time."""
        await self.env.advance_time(amount.total_seconds())

    def show_commands(self) -> None:
        """Give both roles the permission by which Discord offers them the bot's commands, as a manager does."""
        for key in ("facilitator", "organiser"):
            change = {"permissions": ROLE_COMMANDS.value}
            self.env.backend.edit_role(self.guild.id, self.roles[key].id, change)

    async def down(self) -> None:
        """Cut the bot off and end it. People can go on writing."""
        stop_events(self.env)
        await self.power.off()

    async def up(self) -> None:
        """Start a new bot on the same database; it catches up by itself."""
        if not self.power.is_on:
            await self.env.restart_bot(await self.power.on())
            await self.env.settle()

    async def say(self, channel: ChannelHandle, line: Line) -> discord.Message:
        """Let the clock run for the line's delay, then have its author write it and others react."""
        await self.advance(timedelta(minutes=line.after))
        answered = self.messages.get(line.reply_to) if line.reply_to else None
        message = await self.people[line.author].send(channel, line.text, reply_to=answered)
        if line.key:
            self.messages[line.key] = message
        for reaction in line.reactions:
            for person in reaction.people:
                await self.people[person].react(message, reaction.emoji)
        return message

    async def play(self, channel: ChannelHandle, scene: str) -> int:
        """Play a whole scene into a channel or thread; returns how many replies it had."""
        lines = self.cast.scenes[scene]
        for line in lines:
            await self.say(channel, line)
        return len(lines)


@asynccontextmanager
async def open_world(launch: Launch, today: datetime) -> AsyncIterator[World]:
    """Open the trust on the given day at half past eight, with the bot running; ends the bot at the end."""
    power = BotRun(launch)
    try:
        runner = simcord.run(await power.on(), check_errors=False, settle_timeout=ADVANCE_LIMIT_SECONDS)
        prepare(runner, datetime.combine(today.astimezone(LONDON).date(), OPENING, LONDON), BOT_NAME)
        async with runner as env:
            world = _build(env, power)
            await env.settle()
            yield world
            await world.down()
    finally:
        await power.off()


def _build(env: simcord.Env, power: BotRun) -> World:
    cast = load_cast()
    owner = env.create_user("helen.marsh", global_name=cast.people[OWNER].name)
    guild = env.create_guild(cast.trust, owner=owner, preferred_locale="en-GB")
    roles = {
        "facilitator": guild.create_role("Facilitators"),
        "organiser": guild.create_role("Organisers"),
    }
    channels = _channels(guild, roles)
    people = {OWNER: MemberActor(env, guild, owner)}
    for person in cast.people.values():
        if person.key != OWNER:
            user = env.create_user(person.name.lower().replace(" ", "."), global_name=person.name)
            people[person.key] = guild.add_member(user, roles=[roles[person.role]] if person.role else [])
    return World(env, power, cast, guild, channels, roles, people)


def _channels(guild: GuildHandle, roles: dict[str, RoleHandle]) -> dict[str, ChannelHandle]:
    """Return the prompts channel, in which staff write only in threads; the facilitators' own; and an open one."""
    everyone, bot = guild.default_role, guild.roles[BOT_NAME]
    hidden = discord.PermissionOverwrite(view_channel=False)
    shown = discord.PermissionOverwrite(view_channel=True)
    writes = discord.PermissionOverwrite(view_channel=True, send_messages=True)
    threads_only = discord.PermissionOverwrite(send_messages=False, send_messages_in_threads=True)
    return {
        "prompts": guild.create_text_channel(
            "ward-to-board",
            topic="One idea a week from a report. Say what you think in its thread.",
            overwrites={everyone: threads_only, bot: writes},
        ),
        "facilitators": guild.create_text_channel(
            "facilitators",
            topic="Where the bot reports to facilitators and organisers.",
            overwrites={everyone: hidden, roles["facilitator"]: shown, roles["organiser"]: shown, bot: writes},
        ),
        "staff-room": guild.create_text_channel("staff-room", topic="Anything else."),
    }
