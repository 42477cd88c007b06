"""What others said: facilitators choose statements, and staff tap whether it is the same with them."""

from bot.client import Bot
from cogs.views.desk import OfferDesk
from cogs.views.offers import OfferAnswers
from cogs.views.presses import Presses
from cogs.views.question_cards import QuestionCards


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    desk = OfferDesk(bot)
    await bot.add_cog(desk)
    await bot.add_cog(OfferAnswers(bot, desk))
    await bot.add_cog(QuestionCards(bot))
    await bot.add_cog(Presses(bot))
