"""Private replies: sent by a form, released when their prompt closes, read by a reviewer before any summary."""

from bot.client import Bot
from cogs.private_replies.answers import PrivateReplies
from cogs.private_replies.batch_review import BatchReview
from cogs.private_replies.releases import PrivateReplyReleases
from cogs.private_replies.withdrawals import Withdrawals


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    await bot.add_cog(PrivateReplyReleases(bot))
    await bot.add_cog(PrivateReplies(bot))
    await bot.add_cog(BatchReview(bot))
    await bot.add_cog(Withdrawals(bot))
