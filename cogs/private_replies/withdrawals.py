"""Erases, once a day, the private replies that were taken back by code, and lets summaries follow."""

from __future__ import annotations

from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from cogs.core.loops import PeriodicCog, periodic

LOOK_AGAIN = timedelta(hours=24)
RETRY = timedelta(minutes=5)


class Withdrawals(PeriodicCog):
    """Sleeps until the hour at which all go that were noted until then."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @periodic(every=LOOK_AGAIN, retry=RETRY)
    async def take(self) -> datetime:
        """Erase what is due. Returns when something is due next."""
        now, store = discord.utils.utcnow(), self.bot.store
        withdrawn = await store.withdrawals.take_effect(now)
        for prompt_id in sorted(withdrawn.prompts):
            self.bot.dispatch("replies_erased", prompt_id)
        for batch_id in sorted(withdrawn.batch_ids):
            self.bot.dispatch("private_let_in", batch_id)  # what was kept out of new summaries meanwhile may come in
        return await store.withdrawals.next_due() or now + LOOK_AGAIN

    @commands.Cog.listener()
    async def on_withdrawal_noted(self) -> None:
        """Hear that something is to be erased (an event of the bot's own): look again when."""
        self.take.wake()
