"""My data: what is stored about a person, shown to that person alone, and everything that they can say about it."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from cogs.subject_access.choices import ChoiceCommands
from cogs.subject_access.data import DataCommands
from cogs.subject_access.erasure import ErasureCommands
from cogs.subject_access.ticks import TickCommands


@app_commands.guild_only()
class MyCommands(
    DataCommands,
    ErasureCommands,
    ChoiceCommands,
    TickCommands,
    commands.GroupCog,
    group_name="my",
    group_description="What is stored about you, and what may be done with it",
):
    """Everything of /my. Every answer is for the person alone."""


async def setup(bot: Bot) -> None:
    """Load the cog."""
    await bot.add_cog(MyCommands(bot))
