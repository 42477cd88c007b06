"""Replies: collected live, caught up after downtime, sent by the form, and erased when their thread is gone."""

from bot.client import Bot
from cogs.replies.catch_up import CatchingUp
from cogs.replies.collection import Collecting
from cogs.replies.deleted_threads import Gone
from cogs.replies.forms import FormReplies
from cogs.replies.identifier_notices import RemovingMessages
from cogs.replies.proxies import Proxies
from cogs.replies.risk_signposting import Caring


async def setup(bot: Bot) -> None:
    """Load the cogs of this step. The first one fills the watch, on which the others build."""
    await bot.add_cog(Collecting(bot))
    await bot.add_cog(CatchingUp(bot))
    await bot.add_cog(Gone(bot))
    await bot.add_cog(FormReplies(bot))
    await bot.add_cog(RemovingMessages(bot))
    await bot.add_cog(Caring(bot))
    await bot.add_cog(Proxies(bot))
