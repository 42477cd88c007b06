"""My data: what is stored about a person, shown to that person alone, and everything that they can say about it."""

from bot.client import Bot
from cogs.subject_access.choices import ChoiceCommands
from cogs.subject_access.data import DataCommands
from cogs.subject_access.erasure import ErasureCommands
from cogs.subject_access.ticks import TickCommands


class MyCommands(DataCommands, ErasureCommands, ChoiceCommands, TickCommands):
    """Everything of /my. Every answer is for the person alone."""


async def setup(bot: Bot) -> None:
    """Load the cog."""
    await bot.add_cog(MyCommands(bot))
