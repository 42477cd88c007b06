"""Keeping and forgetting: a daily round tells facilitators what will be erased, and erases what is due."""

from bot.client import Bot
from cogs.retention.daily_round import DailyRound


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    await bot.add_cog(DailyRound(bot))
