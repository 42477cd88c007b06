"""Keep shared summaries true to the replies that are held, and lets them say how far they are out of date."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, UNKNOWN_CHANNEL, fault_name, is_unanswered
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.summaries import SharedSummary
from bot.services.replies.readable_replies import find_batch, load_readable, load_versions
from bot.services.summaries.published_summaries import (
    count_shown_days,
    format_today,
    keep_record,
    newest_id_read,
    note_age,
    read_record,
    repair_record,
)
from bot.store import StoreError
from bot.summaries.lifecycle.record import Record, count_lost_headings, count_lost_outside
from bot.summaries.output.picture import Picture
from bot.text.markdown import escape
from bot.text.words import plural, shorten
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.posts import change_message, make_nonce, post_once, send_with_pictures
from cogs.core.reports import report
from cogs.summaries.card import is_preparing, preparing_card, shared_summary_card
from cogs.summaries.pictures import draw_picture, picture_files

log = logging.getLogger(__name__)

REFRESH = timedelta(minutes=10)
REPAIRED_AT_ONCE = 50
"""The newest prompts whose summaries are repaired without a pause at a start."""
PAUSE = timedelta(seconds=8)
"""Between the rounds in which the others are looked at: 10,000 are repaired within a day."""
LOOKED_AT_IN_ROUND = 10
LONGEST_QUESTION = 200
LOST_HEADINGS = (
    "{headings} gone from the summary of “{question}”, because whoever wrote the words doesn’t want them there now. If "
    "a facilitator checked another person’s words for the point, these are the heading; otherwise it has none. To "
    "write your own, type `/summary draft`, reword the point and publish again."
)
LOST_OUTSIDE = (
    "{headings} different in board papers and files from now on, for the summary of “{question}”, because whoever "
    "wrote the words doesn’t want them there now. If a facilitator checked another person’s words for the point, these "
    "are the heading there; otherwise it has none, and board papers leave it out. Staff still see the old heading. To "
    "write one for both, type `/summary draft`, reword the point and publish again."
)
UNPOSTED = (
    "The bot isn’t allowed to post the summary of “{question}” in <#{channel}>. Give its role View Channels and Send "
    "Messages there. A thread needs Send Messages in Threads too. The bot will keep trying."
)


class SummaryRepairs(PeriodicCog):
    """Hears of replies that were taken back, changed or added, and changes the messages of shared summaries."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        # Showing and repairing take turns, so that no page brings back words that a repair has just taken out.
        self.turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._written: set[int] = set()
        """The prompts to whose replies something was added since their summaries were last looked at."""
        self._unlooked: dict[int, None] = {}
        self._unrepaired: dict[int, None] = {}
        """After a start, the prompts whose summaries are yet to be looked at and to be repaired, in this order."""
        self.waiting: set[int] = set()
        """The prompts of which a message of a summary could not be posted or changed."""

    def watch(self, prompt_ids: Collection[int]) -> None:
        """Look whether the shared summaries of prompts are out of date, now, or ten minutes after the last look."""
        self._written.update(prompt_ids)
        self.refresh.keep_going()

    async def place(self, summary_id: int) -> None:
        """Post the message in which a recorded summary is to be shown, unless it is there. Raises Discord's faults."""
        recorded = await self.bot.store.summaries.get(summary_id)
        if recorded is None:
            return
        async with self.turns[recorded.prompt_id]:
            recorded = await self.bot.store.summaries.get(summary_id)
            if recorded is not None and recorded.message_id is None:
                await self._place(recorded, await read_record(recorded))

    async def try_again(self) -> bool:
        """Post and change what Discord refused or failed to do. Returns whether nothing is left."""
        for prompt_id in sorted(self.waiting):
            await self._try_to_repair(prompt_id)
        return not self.waiting

    async def repair(self, prompt_id: int, *, refresh: bool = False) -> None:
        """Take out of a prompt's shared summaries what is held no longer, and show what is not shown yet.

        With ``refresh`` they also say how far they are out of date where nothing had to be taken out.
        """
        async with self.turns[prompt_id]:
            recorded = await self.bot.store.summaries.shared(prompt_id)
            self.waiting.discard(prompt_id)
            if not recorded:
                return
            store, guild_id, now = self.bot.store, recorded[0].guild_id, discord.utils.utcnow()
            read = await load_readable(store, prompt_id, guild_id)
            date = await format_today(store, guild_id, now)
            lost: dict[str, tuple[int, SharedSummary]] = {}
            for shared in recorded:
                before = await read_record(shared)
                record = await repair_record(before, read, date, refresh=refresh)
                if record != before:
                    await keep_record(store, shared, record, now)
                    self.bot.dispatch("summary_changed", prompt_id)
                    inside = count_lost_headings(before.summary, record.summary)
                    for text, headings in ((LOST_HEADINGS, inside), (LOST_OUTSIDE, count_lost_outside(before, record))):
                        if headings:
                            lost[text] = headings, shared  # of the newest, where it is in several channels
                if record.pending:
                    await self._show(shared, record, read.stored)
            for text, (headings, shared) in lost.items():
                await self._tell_lost(text, headings, shared, now)

    async def _tell_lost(self, text: str, headings: int, shared: SharedSummary, now: datetime) -> None:
        """Tell facilitators that headings of a published summary went, without any words of theirs."""
        prompt = await self.bot.store.prompts.get(shared.guild_id, shared.prompt_id)
        question = escape(shorten(prompt.wording.question, LONGEST_QUESTION))
        said = plural(headings, "heading is", "headings are")
        kind = "headings" if text is LOST_HEADINGS else "outside headings"
        told = text.format(headings=said, question=question)
        await report(self.bot, shared.guild_id, told, key=f"{kind}:{shared.id}:{now.isoformat()}")

    @periodic(retry=REFRESH)
    async def refresh(self) -> bool:
        """Let the summaries of prompts in which people wrote say how far they are out of date; stop where none did."""
        written, self._written = self._written, set()
        for prompt_id in sorted(written):
            if self.bot.watch.of_prompt(prompt_id) is not None:
                await self._look_at(prompt_id)
        return not written and not self._written

    async def _look_at(self, prompt_id: int) -> None:
        """Repair the shared summaries of a prompt where they are out of date."""
        try:
            recorded = await self.bot.store.summaries.shared(prompt_id)
            is_stale = await self._is_stale(prompt_id, recorded)
        except (StoreError, ValueError) as error:
            log.warning("summaries of prompt %s could not be read: %s", prompt_id, fault_name(error))
            return
        if is_stale:
            await self._try_to_repair(prompt_id, refresh=True)

    @commands.Cog.listener()
    async def on_replies_stored(self, prompt_ids: Collection[int]) -> None:
        """Hear that replies came to some prompts."""
        self.watch(prompt_ids)

    @commands.Cog.listener()
    async def on_prompt_closed(self, prompt_id: int) -> None:
        """Hear that a prompt was closed."""
        await self._try_to_repair(prompt_id, refresh=True)

    @commands.Cog.listener()
    async def on_replies_erased(self, prompt_id: int) -> None:
        """Replies to a prompt were erased or reworded, and this is committed: words taken out must leave summaries."""
        await self._try_to_repair(prompt_id, refresh=True)

    @commands.Cog.listener()
    async def on_replies_excluded(self, prompt_id: int) -> None:
        """Hear that a reply to a prompt was left out of summaries, or put back."""
        await self._try_to_repair(prompt_id, refresh=True)

    @commands.Cog.listener()
    async def on_private_let_in(self, batch_id: int) -> None:
        """Hear that what summaries may read of a batch of private replies has changed."""
        batch = await find_batch(self.bot.store, [guild.id for guild in self.bot.guilds], batch_id)
        if batch is not None:
            await self._try_to_repair(batch.prompt_id, refresh=True)

    @commands.Cog.listener()
    async def on_quotes_changed(self, prompt_id: int) -> None:
        """Hear that somebody who answered a prompt said whether they may be quoted."""
        await self._try_to_repair(prompt_id, refresh=True)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Repair whatever was cut short, or was erased while nobody listened."""
        self.take_up.wake()

    @periodic(retry=PAUSE)
    async def take_up(self) -> bool:
        """Repair the newest at once.

        Of a year's summaries, each of the others is looked at within hours, and repaired then where replies went or
        came; within a day all are.
        """
        prompt_ids = await self.bot.store.summaries.prompt_ids()
        self._unlooked = dict.fromkeys(prompt_ids[REPAIRED_AT_ONCE:])
        self._unrepaired = dict(self._unlooked)
        for prompt_id in prompt_ids[:REPAIRED_AT_ONCE]:
            await self._try_to_repair(prompt_id, refresh=True)
        if self._unrepaired:
            self.spread.keep_going()
        return True

    @periodic(retry=PAUSE)
    async def spread(self) -> datetime | bool:
        """Look at some of the summaries that are left after a start, and repair one of them."""
        for prompt_id in list(islice(self._unlooked, LOOKED_AT_IN_ROUND)):
            del self._unlooked[prompt_id]
            await self._look_at(prompt_id)
        for prompt_id in list(islice(self._unrepaired, 1)):
            del self._unrepaired[prompt_id]
            await self._try_to_repair(prompt_id, refresh=True)
        return discord.utils.utcnow() + PAUSE if self._unrepaired else True

    async def _is_stale(self, prompt_id: int, recorded: Sequence[SharedSummary]) -> bool:
        """Say whether a shared summary of the prompt says something else than is so, without opening any reply."""
        if not recorded:
            return False
        now = await load_versions(self.bot.store, prompt_id)
        records = [await read_record(shared) for shared in recorded]
        return any(record.pending or note_age(record, now) != record for record in records)

    async def _try_to_repair(self, prompt_id: int, *, refresh: bool = False) -> None:
        try:
            await self.repair(prompt_id, refresh=refresh)
        except (UserError, ValueError, *DISCORD_FAULTS) as error:
            log.warning("summaries of prompt %s could not be repaired: %s", prompt_id, fault_name(error))
            if isinstance(error, StoreError):  # else words that were erased could stay until the next start
                self.waiting.add(prompt_id)
                self.bot.dispatch("posting_waits")

    async def _show(self, shared: SharedSummary, record: Record, replies: Sequence[Reply]) -> None:
        """Show the first page; where Discord does not let it be shown now, it stays pending for the next repair."""
        prompt = await self.bot.store.prompts.get(shared.guild_id, shared.prompt_id)
        days = await count_shown_days(self.bot.store, shared, record, replies)
        # Drawn again each time: the old picture may show words that were taken back.
        question = prompt.wording.question
        picture = await draw_picture(self.bot, shared.guild_id, record.summary, days)
        try:
            message_id = shared.message_id or await self._place(shared, record)
            await send_with_pictures(partial(self._change, shared, message_id, record, question), picture, None)
        except discord.NotFound as error:
            if shared.message_id is None:
                await self.bot.store.summaries.take_back(shared.id)
            elif error.code == UNKNOWN_CHANNEL:
                # Its place went; nobody took it back, and outcomes and board papers rest on what it says.
                await keep_record(self.bot.store, shared, replace(record, pending=False), discord.utils.utcnow())
            else:
                await self.bot.store.summaries.forget(shared.message_id)
        except DISCORD_FAULTS as error:
            log.warning("shared summary %s could not be shown: %s", shared.id, fault_name(error))
            await self._wait(shared, prompt, error)
        else:
            await keep_record(self.bot.store, shared, replace(record, pending=False), discord.utils.utcnow())

    async def _place(self, shared: SharedSummary, record: Record) -> int:
        """Post the message in which a summary is shown next, or find the one that was posted before the bot died."""
        prompt = await self.bot.store.prompts.get(shared.guild_id, shared.prompt_id)
        channel = self.bot.get_partial_messageable(shared.channel_id, guild_id=shared.guild_id)
        after = newest_id_read(prompt, record.held)
        message_id = await post_once(
            self.bot,
            channel,
            self._is_unused,
            lambda nonce: channel.send(view=preparing_card(), nonce=nonce),
            make_nonce("summary", shared.channel_id, prompt.claim, shared.id),
            since=discord.utils.snowflake_time(after),
            after=after,
        )
        await self.bot.store.summaries.note_message(shared.id, message_id)
        return message_id

    async def _is_unused(self, message: discord.Message) -> bool:
        """Say whether a message was sent to show a summary and shows none yet."""
        return is_preparing(message) and not await self.bot.store.summaries.shows(message.id)

    async def _wait(self, shared: SharedSummary, prompt: Prompt, error: Exception) -> None:
        """Try again later; where Discord refuses a message, the facilitators hear of it once."""
        self.waiting.add(shared.prompt_id)
        self.bot.dispatch("posting_waits")
        if shared.message_id is None and not is_unanswered(error):
            question = escape(shorten(prompt.wording.question, LONGEST_QUESTION))
            text = UNPOSTED.format(question=question, channel=shared.channel_id)
            await report(self.bot, shared.guild_id, text, key=f"unposted:{shared.id}")

    async def _change(
        self, shared: SharedSummary, message_id: int, record: Record, question: str, picture: Picture | None
    ) -> None:
        card = shared_summary_card(question, record, picture.alt if picture is not None else "")
        place = (shared.guild_id, shared.channel_id, message_id)
        await change_message(self.bot, *place, card, lambda: picture_files(picture))
