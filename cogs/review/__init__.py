"""Review: a person checks a draft of a summary, signs it, and hears what people say against it."""

from bot.client import Bot
from cogs.review.desk import Desk
from cogs.review.draft_repairs import Keeping
from cogs.review.drafts import Drafts
from cogs.review.form_routes import Forms
from cogs.review.objections import Objections
from cogs.review.placement import Placing
from cogs.review.publication import Publishing
from cogs.review.ticks import Ticks
from cogs.summaries.repairs import Repairs
from cogs.summaries.shared_summaries import SharedSummaries


async def add_review(bot: Bot, desk: Desk, shared: SharedSummaries, repairs: Repairs) -> None:
    """Load the cogs of the review; /summary draft and objections belong to the cog of /summary."""
    publishing = Publishing(bot, desk, shared)
    await bot.add_cog(Drafts(bot, desk))
    await bot.add_cog(Ticks(bot, desk))
    await bot.add_cog(Forms(bot, desk))
    await bot.add_cog(publishing)
    await bot.add_cog(Placing(bot, desk, publishing, repairs))
    await bot.add_cog(Keeping(bot, desk))
    await bot.add_cog(Objections(bot))
