"""The clock of the loop: closes what is over, finishes what was cut short, posts what is due."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime, timedelta

import discord
from discord.abc import GuildChannel
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name, is_unanswered
from bot.errors import UserError
from bot.models.library import Excerpt
from bot.models.prompts import Series, SeriesState
from bot.models.reports import NewReport
from bot.prompts.schedule import Due, decide
from bot.prompts.texts import series_warnings
from bot.services.closing import follow_key_dates
from bot.services.prompts import Readiness, find_readiness, new_prompt
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import human_join
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.reports import amend_report, deliver_reports, end_report, keep_report, report
from cogs.core.rounds import ServerRounds
from cogs.prompts.closing import close_prompt, end_prompts
from cogs.prompts.doubles import settle_late_post
from cogs.prompts.faults import SEE_SETUP, Step, fault_text, format_left_out
from cogs.prompts.posting import finish, post

log = logging.getLogger(__name__)

MOST_UNANSWERED = 3
"""How often Discord may leave a step unanswered before it is told."""
LONGEST_SLEEP = timedelta(hours=6)
RETRY_AFTER = timedelta(minutes=5)
SOON = timedelta(minutes=1)
"""When to look again after a command or a button failed; also if many fail, there is no more than a round a minute."""
APART = timedelta(seconds=1)
NEXT_PROMPT = "post the next prompt of"
PAUSED = (
    "The channel of “{series}” was deleted, so the series is paused. "
    "Open it with /series, choose another channel under “Change”, and press “Resume”."
)
PASSED = (
    "Nothing could be posted in time in “{series}” for {times}: the bot was off, or something stopped it for more "
    "than a day. No excerpt is lost: the series goes on with the next one."
)


class PromptScheduler(PeriodicCog):
    """Sleeps until something is due, six hours at most; wakes at once when a command may have changed what is due.

    What was promised for a date is done here, without Discord. What is said there is said by each server's own rounds.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._servers = ServerRounds(bot, self._serve, retry=RETRY_AFTER)
        self._warned: set[int] = set()
        """The servers that were warned after this start."""
        # How often Discord did not answer in a step. It mostly does the next time, so that nobody need hear of it.
        self._unanswered: Counter[str] = Counter()

    @periodic(every=LONGEST_SLEEP, retry=RETRY_AFTER, apart=APART)
    async def tick(self) -> datetime:
        """Close what is over, and let servers say and post what is due; return when something is due next.

        A round in between finds what nothing announced, such as a permission that was given back.
        """
        now, store = discord.utils.utcnow(), self.bot.store
        await follow_key_dates(store, now)
        await end_prompts(self.bot, await store.prompts.to_close(now), now)
        dues = [(series.guild_id, decide(series, now)) for series in await store.series.active()]
        waiting = {guild_id for guild_id, due in dues if due.post_at is not None or due.passed_over}
        waiting |= {guild_id for guild_id, _ in dues if guild_id not in self._warned}
        waiting |= {prompt.guild_id for prompt in await store.prompts.unfinished()}
        waiting |= {series.guild_id for series, _ in await store.series.untold()}
        for guild_id in waiting:
            self._servers.wake(guild_id)
        moments = [*(due.next_at for _, due in dues), await store.prompts.next_closing()]
        return min([now + LONGEST_SLEEP, *(moment for moment in moments if moment is not None and moment > now)])

    @commands.Cog.listener()
    async def on_app_command_completion(self, _interaction: discord.Interaction[Bot], _command: object) -> None:
        """Hear that a command may have changed what is due, so look again."""
        self.tick.wake()

    @commands.Cog.listener()
    async def on_series_changed(self) -> None:
        """Hear that a button changed a series (an event of the bot's own)."""
        self.tick.wake()

    @commands.Cog.listener()
    async def on_guild_available(self, _guild: discord.Guild) -> None:
        """Hear that a server came late, or came back: its slots may be due."""
        self.tick.wake()

    @commands.Cog.listener()
    async def on_action_failed(self) -> None:
        """A command, a button or a form failed (an event of the bot's own): what it has noted is to be finished."""
        self.tick.wake(SOON)

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Hear of a post in a forum, which may be one that Discord made late, when the question had another one."""
        try:
            await settle_late_post(self.bot, thread, discord.utils.utcnow())
        except (UserError, *DISCORD_FAULTS) as error:
            log.warning("thread %s may be a double: %s", thread.id, fault_name(error))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """Pause the series of a channel that was deleted, and say so."""
        now = discord.utils.utcnow()
        for series in await self.bot.store.series.of_guild(channel.guild.id):
            if series.channel_id == channel.id and series.state is SeriesState.ACTIVE:
                await self._pause(series, now)

    async def _serve(self, guild_id: int) -> bool:
        """Finish what was cut short in a server, and post what is due. False where something is to be tried again."""
        guild = self.bot.get_guild(guild_id)
        if guild is None or guild.unavailable:
            return False  # Discord shows it later
        now, store = discord.utils.utcnow(), self.bot.store
        done = []
        for prompt in await store.prompts.unfinished(guild_id):
            task = "post" if prompt.closed_at is None else "close"
            step = Step(task, prompt.wording.question, guild_id, prompt.channel_id, f"{task}:{prompt.id}")
            finish_it = finish if prompt.closed_at is None else close_prompt
            done.append(await self._guarded(step, finish_it(self.bot, prompt, now)))
        active = [series for series in await store.series.of_guild(guild_id) if series.state is SeriesState.ACTIVE]
        for series in active:
            key = f"series:{series.id}:{series.slots_after.isoformat()}"
            step = Step(NEXT_PROMPT, series.title, guild_id, series.channel_id, key)
            done.append(await self._guarded(step, self._run(guild, series, now)))
        if guild_id not in self._warned:
            await self._warn_again(guild_id)
            self._warned.add(guild_id)
        for series, slots in await store.series.untold():
            if series.guild_id == guild_id:
                step = Step("report on", series.title, guild_id, series.channel_id, f"passed:{series.id}")
                done.append(await self._guarded(step, self._tell_passed(series, slots, now)))
        return all(done)

    async def _guarded(self, step: Step, work: Awaitable[object]) -> bool:
        """Take one step. A fault is told to facilitators, once while it lasts. Returns whether there was none."""
        key = f"step:{step.key}"
        try:
            await work
        except (UserError, *DISCORD_FAULTS) as error:
            log.warning("guild %s: %s in a step of the scheduler", step.guild_id, fault_name(error))
            if is_unanswered(error):
                self._unanswered[step.key] += 1
                if self._unanswered[step.key] < MOST_UNANSWERED:
                    return False
            text = f"{error.public} {SEE_SETUP}" if isinstance(error, UserError) else fault_text(step, error)
            await report(self.bot, step.guild_id, text, key=key)
            return False
        del self._unanswered[step.key]
        await end_report(self.bot, step.guild_id, key)
        return True

    async def _run(self, guild: discord.Guild, series: Series, now: datetime) -> None:
        due = decide(series, now)
        await self.bot.store.series.pass_over(series, due.passed_over)
        if due.post_at is None:
            return
        if guild.get_channel(series.channel_id) is None:
            await self._pause(series, now)
            return
        await self._post(series, due, due.post_at, now)

    async def _post(self, series: Series, due: Due, slot_at: datetime, now: datetime) -> None:
        left_out: dict[Readiness, list[Excerpt]] = {}
        posted = False
        for excerpt in await self.bot.store.library.excerpts_of(series.guild_id, series.waiting_ids):
            readiness = await find_readiness(self.bot.store, series, excerpt)
            if readiness is Readiness.READY:
                # Kept before the slot is taken, so that a kill in between loses neither.
                await self._keep_left_out(series, slot_at, left_out, posted=True)
                try:
                    posted = await self._post_one(series, excerpt, slot_at, now, late=due.late)
                except (UserError, *DISCORD_FAULTS):
                    # A claim that was not given up is finished later, and then nobody asks what was left out.
                    if await self.bot.store.prompts.holds_slot(series.id, slot_at):
                        await deliver_reports(self.bot, series.guild_id)
                    else:
                        await end_report(self.bot, series.guild_id, _left_out_key(series, slot_at))
                    raise
                if posted:
                    break
                readiness = Readiness.OPEN  # somebody posted it by hand just now
            left_out.setdefault(readiness, []).append(excerpt)
        await self._keep_left_out(series, slot_at, left_out, posted=posted)
        if not posted:
            await self.bot.store.series.pass_over(series, (slot_at,), told_at=now)
        await deliver_reports(self.bot, series.guild_id)
        await self._warn(series, slot_at)

    async def _keep_left_out(
        self, series: Series, slot_at: datetime, left_out: Mapping[Readiness, Sequence[Excerpt]], *, posted: bool
    ) -> None:
        if left_out:
            text = format_left_out(series, left_out, posted=posted)
            new = NewReport(series.guild_id, _left_out_key(series, slot_at), text)
            if not await amend_report(self.bot, new):
                await keep_report(self.bot, new)

    async def _post_one(
        self, series: Series, excerpt: Excerpt, slot_at: datetime, now: datetime, *, late: bool
    ) -> bool:
        new = await new_prompt(
            self.bot.store,
            series.guild_id,
            excerpt,
            series.channel_id,
            now,
            series=series,
            slot_at=slot_at,
            late=late,
        )
        return await post(self.bot, new, now) is not None

    async def _warn_again(self, guild_id: int) -> None:
        """After a start, warn of series whose last slot was posted just before the bot died."""
        for series in await self.bot.store.series.of_guild(guild_id):
            posted = await self.bot.store.prompts.of_series(series.id)
            if series.state is SeriesState.ACTIVE and posted and posted[-1].prompt.slot_at == series.slots_after:
                await self._warn(series, series.slots_after)

    async def _warn(self, before: Series, slot_at: datetime) -> None:
        store = self.bot.store
        series = await store.series.get(before.guild_id, before.id)
        waiting = await store.library.excerpts_of(series.guild_id, series.waiting_ids)
        warnings = series_warnings(series, waiting)
        if warnings:
            key = f"warned:{series.id}:{slot_at.isoformat()}"
            await report(self.bot, series.guild_id, escape(" ".join(warnings)), key=key)

    async def _pause(self, series: Series, now: datetime) -> None:
        text = PAUSED.format(series=escape(clean_line(series.title)))
        # Pausing and resuming move the slots, so that each pause has a key of its own.
        key = f"paused:{series.id}:{series.slots_after.isoformat()}"
        await keep_report(self.bot, NewReport(series.guild_id, key, text))
        await self.bot.store.series.set_state(series, SeriesState.PAUSED, now)
        await deliver_reports(self.bot, series.guild_id)

    async def _tell_passed(self, series: Series, slots: tuple[datetime, ...], now: datetime) -> None:
        times = human_join([discord.utils.format_dt(slot, "f") for slot in slots[-5:]])
        more = f" and {len(slots) - 5} before" if len(slots) > 5 else ""
        await report(
            self.bot,
            series.guild_id,
            PASSED.format(series=escape(clean_line(series.title)), times=f"{times}{more}"),
            key=f"passed:{series.id}:{slots[-1].isoformat()}",
        )
        await self.bot.store.series.note_told(series, now)


def _left_out_key(series: Series, slot_at: datetime) -> str:
    return f"left out:{series.id}:{slot_at.isoformat()}"
