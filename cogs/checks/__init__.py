"""Check and challenge: the points of a checked summary go back to staff, who say whether they are true for them."""

from bot.client import Bot
from cogs.checks.closing import CheckClosing
from cogs.checks.commands import CheckCommands
from cogs.checks.posts import CheckPoster
from cogs.checks.views import CheckViews


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    poster = CheckPoster(bot)
    await bot.add_cog(CheckClosing(bot, poster))
    await bot.add_cog(CheckViews(bot))
    await bot.add_cog(CheckCommands(bot, poster))
