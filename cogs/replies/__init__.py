"""Replies: collected live, caught up after downtime, sent by the form, and erased when their thread is gone."""

from bot.client import Bot
from cogs.replies.catch_up import ReplyCatchUp
from cogs.replies.collection import ReplyCollection
from cogs.replies.deleted_threads import DeletedThreads
from cogs.replies.forms import FormReplies
from cogs.replies.identifier_notices import IdentifierNotices
from cogs.replies.left_posts import LeftPosts
from cogs.replies.message_checks import ProxyNotices, RiskSignposts


async def setup(bot: Bot) -> None:
    """Load the cogs of this step. The first one fills the watch, on which the others build."""
    await bot.add_cog(ReplyCollection(bot))
    await bot.add_cog(ReplyCatchUp(bot))
    await bot.add_cog(DeletedThreads(bot))
    await bot.add_cog(FormReplies(bot))
    await bot.add_cog(LeftPosts(bot))
    await bot.add_cog(IdentifierNotices(bot))
    await bot.add_cog(RiskSignposts(bot))
    await bot.add_cog(ProxyNotices(bot))
