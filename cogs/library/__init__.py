"""The library: reports read into excerpts, which facilitators browse, write, change and ask a question about."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from cogs.library.edits import ExcerptCommands
from cogs.library.navigation import PageCommands
from cogs.library.questions import QuestionCommands
from cogs.library.removal import RemovalCommands
from cogs.library.sources import SourceCommands


@app_commands.guild_only()
class LibraryCommands(
    RemovalCommands,
    QuestionCommands,
    ExcerptCommands,
    PageCommands,
    SourceCommands,
    commands.GroupCog,
    group_name="library",
    group_description="Reports and their excerpts",
):
    """Everything of /library, for facilitators."""


async def setup(bot: Bot) -> None:
    """Load the cog."""
    await bot.add_cog(LibraryCommands(bot))
