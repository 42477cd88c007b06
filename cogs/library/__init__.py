"""The library: reports read into excerpts, which facilitators browse, write, change and ask a question about."""

from bot.client import Bot
from cogs.library.commands import LibraryCommands
from cogs.library.edits import Editing
from cogs.library.navigation import Navigation
from cogs.library.questions import Questions
from cogs.library.removal import Removing
from cogs.library.sources import Sources


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    for cog in (LibraryCommands, Sources, Navigation, Editing, Questions, Removing):
        await bot.add_cog(cog(bot))
