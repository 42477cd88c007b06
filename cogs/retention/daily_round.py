"""The daily round, which also runs at start: each step finds by itself what is due, however long the bot was away.

Each step may be cut short anywhere: the next round does what is left.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord

from bot.client import Bot
from bot.discord_errors import fault_name
from bot.prompts.retention import COPY_KEPT, LEFT_KEPT
from cogs.core.loops import PeriodicCog, periodic
from cogs.replies.deleted_threads import erase_gone
from cogs.retention.erasure import erase_due, show_again
from cogs.retention.notices import tell_ahead

log = logging.getLogger(__name__)

TRIES = 5
TRY_AGAIN_S = 60

Step = Callable[[Bot, datetime], Awaitable[None]]


class DailyRound(PeriodicCog):
    """Forgets in time."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @periodic(every=timedelta(hours=24), retry=timedelta(hours=24))
    async def round(self) -> bool:
        """Take every step; a fault in one holds no other up."""
        now = discord.utils.utcnow()
        for step in STEPS:
            try:
                await step(self.bot, now)
            except Exception as error:  # noqa: BLE001 - the other steps would wait for a day
                where = "".join(traceback.format_tb(error.__traceback__))
                log.error("%s failed: %s\n%s", step.__name__, fault_name(error), where)  # noqa: TRY400 - no texts
        return True


async def erase_left(bot: Bot, now: datetime) -> None:
    """Erase all that belongs to servers from which the bot was removed more than 30 days ago."""
    if not bot.shows_all:
        return  # a round comes when it does
    # A server that invited the bot back while it was away may not be noted as present yet.
    present = [guild.id for guild in bot.guilds]
    if erased := await bot.store.settings.erase_left(now - LEFT_KEPT, present=present):
        log.info("erased what %d servers left behind", erased)


async def erase_suggestions(bot: Bot, now: datetime) -> None:
    """Erase suggestions that are older than their server keeps replies, and their cards."""
    for guild_id, cards in (await bot.store.suggestions.erase_old(now)).items():
        bot.dispatch("suggestions_erased", guild_id, cards)


async def erase_answers(bot: Bot, now: datetime) -> None:
    """Erase what no prompt takes along: answers to summaries that are gone, and who was told of outcomes."""
    await bot.store.objections.erase_old(now)
    await bot.store.outcomes.forget_told()


async def forget_reports(bot: Bot, now: datetime) -> None:
    """Forget which reports were told long ago, and those that nobody could be told for 60 days."""
    if untold := await bot.store.reports.forget(now):
        log.warning("%d reports to facilitators are dropped: for 60 days they could not be told", untold)


async def delete_copies(bot: Bot, now: datetime) -> None:
    """Delete copies of the database that migrations made more than 7 days ago."""
    if not bot.store.held.hold_first:
        return
    if deleted := await bot.store.delete_copies(now - COPY_KEPT):
        log.info("deleted %d copies that migrations made", deleted)


async def forget_traces(bot: Bot, _now: datetime) -> None:
    """Empty the log of the database, every day: whatever erased words stood in it are gone then."""
    if not bot.store.held.hold_first:
        return
    for tried in range(TRIES):
        if tried:
            await asyncio.sleep(TRY_AGAIN_S)
        if await bot.store.forget_traces():
            return
    log.warning("another program reads the database, so its log could not be emptied; tomorrow it is tried again")


STEPS: tuple[Step, ...] = (
    *(erase_left, erase_gone, erase_due, erase_suggestions, erase_answers),
    *(show_again, delete_copies, forget_reports, forget_traces, tell_ahead),
)
"""What is due is erased before anybody is told of more, so that a report that hangs holds no erasing up."""
