"""Reminders in threads, one a prompt, and the weekly line to facilitators."""

from bot.client import Bot
from cogs.reminders.clock import ReminderClock


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    await bot.add_cog(ReminderClock(bot))
