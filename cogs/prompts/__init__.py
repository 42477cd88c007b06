"""Prompts: series, posting on time, and closing."""

from bot.client import Bot
from cogs.prompts.commands import PromptCommands
from cogs.prompts.scheduler import PromptScheduler
from cogs.prompts.series_commands import SeriesCommands


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    await bot.add_cog(PromptCommands(bot))
    await bot.add_cog(SeriesCommands(bot))
    await bot.add_cog(PromptScheduler(bot))
