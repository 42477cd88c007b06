"""Check and challenge: the points of a checked summary go back to staff, who say whether they are true for them."""

from bot.client import Bot
from cogs.checks.commands import CheckCommands
from cogs.checks.ending import Ending
from cogs.checks.giving import Giving
from cogs.checks.posting import Poster


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    poster = Poster(bot)
    await bot.add_cog(Ending(bot, poster))
    await bot.add_cog(Giving(bot))
    await bot.add_cog(CheckCommands(bot, poster))
