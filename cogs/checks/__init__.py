"""Check and challenge: the points of a checked summary go back to staff, who tap whether it is the same with them."""

from bot.client import Bot
from cogs.checks.closing import CheckClosing
from cogs.checks.commands import CheckCommands
from cogs.checks.posts import CheckPoster
from cogs.checks.start import CheckStart
from cogs.checks.words import CheckWordsForms


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    poster = CheckPoster(bot)
    await bot.add_cog(CheckClosing(bot, poster))
    await bot.add_cog(CheckWordsForms(bot))
    start = CheckStart(bot, poster)
    await bot.add_cog(start)
    await bot.add_cog(CheckCommands(bot, poster, start))
