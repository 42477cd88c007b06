"""Catches up with what was written, changed and deleted while nobody listened, one place after the other."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Literal

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.models.prompts import PromptState, WatchedPrompt
from bot.replies.reading_queue import ReadingQueue
from bot.replies.rereading import MOST_AT_ONCE, PAUSE, is_pressing, pause_between
from bot.slices import iterate_in_slices
from bot.store import StoreError
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.reports import end_report, report
from cogs.replies.deleted_threads import note_gone
from cogs.replies.history import UnreadableError
from cogs.replies.reconcile import Reconciler, mark_of

log = logging.getLogger(__name__)

Place = tuple[Literal["thread", "channel", "whole channel", "absent"], int]
"""What is read in one go: a prompt's thread (by the prompt's id), a channel with cards (by its own id) back to the
oldest open prompt or to the oldest of all, or some of the messages that the history of a thread or a channel left out
(by its own id)."""

READ, CONFIRM, REREAD = 2, 1, 0
"""Histories come before messages that have to be asked for one by one, of which there can be thousands. Last come those
that are read again only in case that something old was changed."""
AT_ONCE = 3
"""Places that are read at the same time, so that a long history does not hold the others up."""
UNREADABLE = (
    "The bot can’t read what people wrote in <#{channel}> and its threads: it needs {permission}. Nothing was "
    "erased. Give its role this permission, and it catches up within ten minutes."
)


class ReplyCatchUp(PeriodicCog):
    """Reads the newest places first. One that could not be read is tried again after 30 seconds, then ever later.

    The longest pause is ten minutes.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._reconciler = Reconciler(bot)
        self._turns: ReadingQueue[Place] = ReadingQueue()
        self._later: dict[Place, datetime] = {}
        # In the order in which they are read again, each with a prompt of it; and the pause between two of them.
        self._unhurried: dict[Place, int] = {}
        self._pause = PAUSE
        self._tasks: set[asyncio.Task[None]] = set()

    async def cog_load(self) -> None:
        """Hear of each prompt that is posted from now on."""
        await super().cog_load()
        self.bot.watch.on_new = self._queue_prompt

    async def cog_unload(self) -> None:
        """End what is being read; the next start reads it again."""
        await super().cog_unload()
        for task in tuple(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Read everything in a new session, since whatever happened before it was missed; not all of it at once."""
        await self._queue_all()

    @commands.Cog.listener()
    async def on_replies_missed(self) -> None:
        """Read what had to be let go while the database could not be written."""
        await self._queue_all(at_once=True)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Read a server to which the bot was invited, perhaps again."""
        await self._queue_all(guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read a server that came back after an outage. (In a new session, on_ready follows.)"""
        if self.bot.is_ready() and self.bot.shows(guild.id):
            await self._queue_all(guild.id)

    @commands.Cog.listener()
    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Read a thread that was archived and is open again: discord.py forgets archived ones."""
        if payload.thread is None and not payload.data["thread_metadata"].get("archived"):
            self._queue_thread(payload.thread_id)

    @commands.Cog.listener()
    async def on_thread_join(self, thread: discord.Thread) -> None:
        """Read a thread that could not be seen before."""
        self._queue_thread(thread.id)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Note that what changes live is newer than what is being read."""
        self._reconciler.touch(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Note the same."""
        self._reconciler.touch(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, payload: discord.RawReactionClearEvent) -> None:
        """Note the same."""
        self._reconciler.touch(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, payload: discord.RawReactionClearEmojiEvent) -> None:
        """Note the same."""
        self._reconciler.touch(payload.message_id)

    @periodic(retry=timedelta(seconds=10))
    async def again(self) -> datetime | bool:
        """Try again what could not be read, each place at its own time; end where nothing waits for that."""
        now = discord.utils.utcnow()
        for place in [place for place, due in self._later.items() if due <= now]:
            del self._later[place]
            self._turns.retry(place)
        self._go()
        return min(self._later.values(), default=True)

    @periodic(retry=PAUSE)
    async def reread(self) -> datetime | bool:
        """Read one more of the places that can wait; end where none is left."""
        self._take_unhurried(1)
        return discord.utils.utcnow() + self._pause if self._unhurried else True

    async def _queue_all(self, guild_id: int | None = None, *, at_once: bool = False) -> None:
        """Queue every place, or those of a server: what is pressing, or all of it, at once, the rest over the day."""
        can_wait: list[tuple[datetime, WatchedPrompt]] = []
        try:
            async for prompt, read in self.bot.store.prompts.iterate_watched():
                if guild_id not in (None, prompt.guild_id):
                    continue
                self.bot.watch.add(prompt)
                if at_once or read is None or is_pressing(prompt, read, self._mark_of(prompt)):
                    self._queue(prompt)
                else:
                    can_wait.append((read.read_at, prompt))
        except StoreError as error:
            log.warning("prompts could not be read for catching up: %s", fault_name(error))
            async for prompt in iterate_in_slices(self.bot.watch.prompts()):
                if guild_id in (None, prompt.guild_id):
                    self._queue(prompt)
        await self._spread(can_wait, afresh=guild_id is None)
        self._go()

    async def _spread(self, can_wait: list[tuple[datetime, WatchedPrompt]], *, afresh: bool) -> None:
        """Let places be read over the day, those first that were not read for longest."""
        if afresh:
            self._unhurried.clear()
        can_wait.sort(key=itemgetter(0))
        async for _, prompt in iterate_in_slices(can_wait):
            self._unhurried.setdefault(("whole channel", prompt.channel_id), prompt.id)
            self._unhurried.setdefault(("thread", prompt.id), prompt.id)
        self._take_unhurried(MOST_AT_ONCE)
        self._pause = pause_between(len(self._unhurried))
        if self._unhurried:
            self.reread.wake(self._pause)

    def _take_unhurried(self, count: int) -> None:
        for place in list(islice(self._unhurried, count)):
            self._turns.queue(place, (REREAD, self._unhurried.pop(place)))
        self._go()

    def _mark_of(self, prompt: WatchedPrompt) -> str | None:
        """Return the mark of what a prompt's thread has now; None where it is archived, so that Discord names none."""
        guild = self.bot.get_guild(prompt.guild_id)  # the bot itself would look through every server
        thread = None if guild is None else guild.get_thread(prompt.thread_id or 0)
        return None if thread is None else mark_of(prompt, thread)

    def _queue_thread(self, thread_id: int) -> None:
        prompt = self.bot.watch.of_thread(thread_id)
        if prompt is not None:
            self._queue_prompt(prompt)

    def _queue_prompt(self, prompt: WatchedPrompt) -> None:
        self._queue(prompt)
        self._go()

    def _queue(self, prompt: WatchedPrompt) -> None:
        self._turns.queue(("thread", prompt.id), (READ, prompt.id))
        is_open = prompt.state is PromptState.OPEN
        self._turns.queue(("channel" if is_open else "whole channel", prompt.channel_id), (READ, prompt.id))

    def _go(self) -> None:
        """Read in tasks that end when nothing is left to read. Before the session is ready, nothing can be."""
        while self._turns and len(self._tasks) < AT_ONCE and self.bot.is_ready():
            self._tasks.add(asyncio.get_running_loop().create_task(self._run(), name="catching up"))

    async def _run(self) -> None:
        try:
            while (place := self._turns.take()) is not None:
                await self._guarded(place)
        finally:
            self._tasks.discard(asyncio.current_task())

    async def _guarded(self, place: Place) -> None:
        """Catch up with one place; a fault in it holds no other one up."""
        is_fault = True
        try:
            done = await self._catch_up(place)
            is_fault = False
        except UnreadableError as error:
            done = False
            await self._tell_unreadable(place, error)
        except (StoreError, *DISCORD_FAULTS) as error:
            done = False
            log.warning("catching up with %s %s will be tried again: %s", *place, fault_name(error))
        except Exception as error:  # noqa: BLE001 - the queue would end for good
            done = True
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("catching up with %s %s failed: %s\n%s", *place, fault_name(error), where)  # noqa: TRY400 - no texts
        if done:
            self._turns.end(place)
        else:
            self._put_off(place, is_fault=is_fault)

    def _put_off(self, place: Place, *, is_fault: bool) -> None:
        pause = self._turns.put_off(place, is_fault=is_fault)
        self._later[place] = discord.utils.utcnow() + timedelta(seconds=pause)
        self.again.wake(timedelta(seconds=pause))

    async def _catch_up(self, place: Place) -> bool:
        """Read a place. Returns whether nothing is left to do there."""
        kind, number = place
        prompt = self._prompt_of(place)
        if prompt is None or not self._is_present(prompt):
            return True
        if kind in ("channel", "whole channel"):
            prompts = self.bot.watch.of_channel(number)
            if kind == "channel":
                prompts = tuple(each for each in prompts if each.state is PromptState.OPEN)
            done = await self._reconciler.channel(number, prompts)
            self._queue_absent(number, prompt)
            return done
        if prompt.thread_id is None:
            return True
        try:
            if kind == "absent":
                await self._reconciler.confirm(prompt, number)
                done = True
            else:
                number = prompt.thread_id
                done = await self._reconciler.thread(prompt)
        except discord.NotFound:
            self._reconciler.forget(number)
            if number == prompt.thread_id:  # a channel's deletion is heard of by itself
                await note_gone(self.bot, prompt, discord.utils.utcnow())
            return True
        await end_report(self.bot, prompt.guild_id, _unreadable_key(prompt))
        self._queue_absent(number, prompt)
        return done

    def _queue_absent(self, channel_id: int, prompt: WatchedPrompt) -> None:
        if self._reconciler.misses(channel_id):
            self._turns.queue(("absent", channel_id), (CONFIRM, prompt.id))

    def _prompt_of(self, place: Place) -> WatchedPrompt | None:
        """Find a prompt of the place: a channel and its prompts are in one server."""
        kind, number = place
        return self.bot.watch.of_prompt(number) if kind == "thread" else self.bot.watch.of_place(number)

    def _is_present(self, prompt: WatchedPrompt) -> bool:
        """Say whether the bot is in the prompt's server; what belongs to others waits until it is invited again."""
        guild = self.bot.get_guild(prompt.guild_id)
        return guild is not None and not guild.unavailable

    async def _tell_unreadable(self, place: Place, error: UnreadableError) -> None:
        prompt = self._prompt_of(place)
        if prompt is None:
            return
        await report(
            self.bot,
            prompt.guild_id,
            UNREADABLE.format(channel=prompt.channel_id, permission=error),
            key=_unreadable_key(prompt),
        )


def _unreadable_key(prompt: WatchedPrompt) -> str:
    """Name the report of a channel that cannot be read: it is told once, until it can be read again."""
    return f"unreadable:{prompt.channel_id}"
