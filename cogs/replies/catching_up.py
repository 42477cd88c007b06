"""Catches up with what was written, changed and deleted while nobody listened, one place after the other."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from typing import Literal

import discord
from discord.ext import commands, tasks

from bot.client import DISCORD_FAULTS, Bot
from bot.models.prompts import Prompt
from bot.store import StoreError
from cogs.replies.gone import note_gone
from cogs.replies.reading import UnreadableError
from cogs.replies.reconciling import Reconciler
from cogs.reporting import report

log = logging.getLogger(__name__)

Place = tuple[Literal["thread", "channel"], int]
"""What is read in one go: a prompt's thread (by the prompt's id) or a channel with cards (by its own id)."""

AGAIN_MIN = 10
QUIET_H = 6


class CatchingUp(commands.Cog):
    """Keeps a queue of places to read; a place that could not be read is tried again every ten minutes."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._reconciler = Reconciler(bot)
        self._due: dict[Place, None] = {}
        self._later: dict[Place, None] = {}
        self._told: set[int] = set()
        self._task: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        self.bot.watch.on_new = self._queue_prompt
        self.again.start()

    async def cog_unload(self) -> None:
        self.again.cancel()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A new session: whatever happened before it was missed."""
        await self._queue_all()

    @commands.Cog.listener()
    async def on_replies_missed(self) -> None:
        """Events had to be let go while the database could not be written."""
        await self._queue_all()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited, perhaps again."""
        await self._queue_all(guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server came back after an outage. (At the start, on_ready follows.)"""
        if self.bot.is_ready():
            await self._queue_all(guild.id)

    @commands.Cog.listener()
    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """A thread that was archived is open again: discord.py forgets archived ones."""
        if payload.thread is None and not payload.data["thread_metadata"].get("archived"):
            self._queue_thread(payload.thread_id)

    @commands.Cog.listener()
    async def on_thread_join(self, thread: discord.Thread) -> None:
        """A thread can be seen that could not be seen before."""
        self._queue_thread(thread.id)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """What changes live is newer than what is being read."""
        self._reconciler.touch(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """As above."""
        self._reconciler.touch(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, payload: discord.RawReactionClearEvent) -> None:
        """As above."""
        self._reconciler.touch(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, payload: discord.RawReactionClearEmojiEvent) -> None:
        """As above."""
        self._reconciler.touch(payload.message_id)

    @tasks.loop(hours=QUIET_H)
    async def again(self) -> None:
        """Try again what could not be read; soon, where there was anything."""
        self.again.change_interval(hours=QUIET_H)
        self._due.update(self._later)
        self._later.clear()
        self._go()

    async def _queue_all(self, guild_id: int | None = None) -> None:
        try:
            prompts = await self.bot.store.prompts.watched()
        except StoreError as error:
            log.warning("prompts could not be read for catching up: %s", type(error).__name__)
            self._put_off(*(("thread", prompt.id) for prompt in self.bot.watch.prompts()))
            return
        for prompt in prompts:
            if guild_id in (None, prompt.guild_id):
                self.bot.watch.add(prompt)
                self._queue_prompt(prompt)

    def _queue_prompt(self, prompt: Prompt) -> None:
        self._due["thread", prompt.id] = None
        self._due["channel", prompt.channel_id] = None
        self._go()

    def _queue_thread(self, thread_id: int) -> None:
        prompt = self.bot.watch.of_thread(thread_id)
        if prompt is not None:
            self._queue_prompt(prompt)

    def _go(self) -> None:
        """Read in a task that ends when nothing is left to read. Before the session is ready, nothing can be."""
        if self._due and self._task is None and self.bot.is_ready():
            self._task = asyncio.get_running_loop().create_task(self._run(), name="catching up")

    async def _run(self) -> None:
        try:
            while self._due:
                place = next(iter(self._due))
                del self._due[place]
                await self._guarded(place)
        finally:
            self._task = None

    async def _guarded(self, place: Place) -> None:
        """Catch up with one place; a fault in it holds no other one up."""
        try:
            done = await self._catch_up(place)
        except UnreadableError as error:
            done = False
            await self._tell_unreadable(place, error)
        except (StoreError, *DISCORD_FAULTS) as error:
            done = False
            log.warning("catching up with %s %s will be tried again: %s", *place, type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the queue would end for good
            done = True
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("catching up with %s %s failed: %s\n%s", *place, type(error).__name__, where)  # noqa: TRY400 - no texts
        if not done:
            self._put_off(place)

    def _put_off(self, *places: Place) -> None:
        self._later.update(dict.fromkeys(places))
        self.again.change_interval(minutes=AGAIN_MIN)

    async def _catch_up(self, place: Place) -> bool:
        """Returns whether nothing is left to do there."""
        kind, number = place
        if kind == "channel":
            prompts = self.bot.watch.of_channel(number)
            return not prompts or not self._is_present(prompts[0]) or await self._reconciler.channel(number, prompts)
        prompt = self.bot.watch.of_prompt(number)
        if prompt is None or prompt.thread_id is None or not self._is_present(prompt):
            return True
        try:
            done = await self._reconciler.thread(prompt)
        except discord.NotFound:
            await note_gone(self.bot, prompt, discord.utils.utcnow())
            return True
        self._told.discard(prompt.channel_id)
        return done

    def _is_present(self, prompt: Prompt) -> bool:
        """Whether the bot is in the prompt's server; what belongs to others waits until it is invited again."""
        guild = self.bot.get_guild(prompt.guild_id)
        return guild is not None and not guild.unavailable

    async def _tell_unreadable(self, place: Place, error: UnreadableError) -> None:
        kind, number = place
        prompt = self.bot.watch.of_prompt(number) if kind == "thread" else self.bot.watch.of_channel(number)[0]
        if prompt is None or prompt.channel_id in self._told:
            return
        self._told.add(prompt.channel_id)
        await report(
            self.bot,
            prompt.guild_id,
            f"I cannot read what people wrote in <#{prompt.channel_id}> and its threads: I lack {error}. "
            "Nothing was erased. Give my role this permission, and I catch up within ten minutes.",
        )
