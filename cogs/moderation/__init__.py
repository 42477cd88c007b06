"""Moderation: replies that are left out of summaries, and the log of what facilitators did."""

from bot.client import Bot
from cogs.moderation.commands import ModerationCommands


async def setup(bot: Bot) -> None:
    """Load the cog of this step."""
    await bot.add_cog(ModerationCommands(bot))
