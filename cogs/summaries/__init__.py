"""Summaries on command: for one organiser's eyes, shared in the thread, as files, or reviewed by a person first."""

from bot.client import Bot
from cogs.review import add_review
from cogs.review.desk import Desk
from cogs.summaries.commands import SummaryCommands
from cogs.summaries.repairs import Repairs
from cogs.summaries.shared_summaries import SharedSummaries


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    repairs = Repairs(bot)
    shared = SharedSummaries(bot, repairs)
    desk = Desk(bot)
    await bot.add_cog(repairs)
    await bot.add_cog(shared)
    await bot.add_cog(SummaryCommands(bot, shared, desk))
    await add_review(bot, desk, shared, repairs)
