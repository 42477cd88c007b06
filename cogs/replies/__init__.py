"""Replies: collected live, caught up after downtime, sent by the form, and erased when their thread is gone."""

from bot.client import Bot
from cogs.replies.caring import Caring
from cogs.replies.catching_up import CatchingUp
from cogs.replies.collecting import Collecting
from cogs.replies.forms import FormReplies
from cogs.replies.gone import Gone
from cogs.replies.proxies import Proxies
from cogs.replies.removing import RemovingMessages


async def setup(bot: Bot) -> None:
    """Load the cogs of this step. The first one fills the watch, on which the others build."""
    await bot.add_cog(Collecting(bot))
    await bot.add_cog(CatchingUp(bot))
    await bot.add_cog(Gone(bot))
    await bot.add_cog(FormReplies(bot))
    await bot.add_cog(RemovingMessages(bot))
    await bot.add_cog(Caring(bot))
    await bot.add_cog(Proxies(bot))
