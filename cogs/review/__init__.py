"""Review: a person checks a draft of a summary, signs it, and hears what people say against it."""

from bot.client import Bot
from cogs.review.desk import DraftDesk
from cogs.review.draft_repairs import DraftRepairs
from cogs.review.drafts import DraftCards
from cogs.review.form_routes import PointForms
from cogs.review.headings import PointHeadings
from cogs.review.objections import Objections
from cogs.review.placement import DraftPlacement
from cogs.review.publication import DraftPublication
from cogs.review.ticks import PointTicks
from cogs.review.unplaced import UnplacedReplies
from cogs.summaries.repairs import SummaryRepairs
from cogs.summaries.shared_summaries import SharedSummaries


async def add_review(bot: Bot, desk: DraftDesk, shared: SharedSummaries, repairs: SummaryRepairs) -> None:
    """Load the cogs of the review; /summary draft and objections belong to the cog of /summary."""
    publishing = DraftPublication(bot, desk, shared)
    await bot.add_cog(DraftCards(bot, desk))
    await bot.add_cog(PointTicks(bot, desk))
    await bot.add_cog(PointForms(bot, desk))
    await bot.add_cog(UnplacedReplies(bot, desk))
    await bot.add_cog(publishing)
    await bot.add_cog(PointHeadings(bot, desk, publishing))
    await bot.add_cog(DraftPlacement(bot, desk, publishing, repairs))
    await bot.add_cog(DraftRepairs(bot, desk))
    await bot.add_cog(Objections(bot))
