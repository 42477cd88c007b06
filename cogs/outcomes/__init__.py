"""Outcomes: what became of the points of published summaries, returned to those who made them."""

from bot.client import Bot
from cogs.outcomes.commands import OutcomeCommands


async def setup(bot: Bot) -> None:
    """Load the cog of this step."""
    await bot.add_cog(OutcomeCommands(bot))
