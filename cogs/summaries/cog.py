"""The one cog of /summary, put together of what the summaries, their review and the board paper bring to it."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from cogs.board.commands import BoardCommands
from cogs.review import add_review
from cogs.review.commands import DraftCommands
from cogs.review.desk import DraftDesk
from cogs.summaries.commands import ThreadCommands
from cogs.summaries.repairs import SummaryRepairs
from cogs.summaries.shared_summaries import SharedSummaries


@app_commands.guild_only()
class SummaryCommands(
    ThreadCommands,
    DraftCommands,
    BoardCommands,
    commands.GroupCog,
    group_name="summary",
    group_description="See what people said to a prompt",
):
    """/summary: thread, series and export, draft and objections, board and show."""

    def __init__(self, bot: Bot, shared: SharedSummaries, desk: DraftDesk) -> None:
        super().__init__(bot)
        self.shared = shared
        self.desk = desk


async def add_cogs(bot: Bot) -> None:
    """Load the cogs of the summaries and of their review."""
    repairs = SummaryRepairs(bot)
    shared = SharedSummaries(bot, repairs)
    desk = DraftDesk(bot)
    await bot.add_cog(repairs)
    await bot.add_cog(shared)
    await bot.add_cog(SummaryCommands(bot, shared, desk))
    await add_review(bot, desk, shared, repairs)
