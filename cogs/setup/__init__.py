"""Setting a server up: its settings, what is wrong, and what is kept of servers that left."""

from bot.client import Bot
from cogs.setup.commands import SetupCommands
from cogs.setup.servers import Servers


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    await bot.add_cog(SetupCommands(bot))
    await bot.add_cog(Servers(bot))
