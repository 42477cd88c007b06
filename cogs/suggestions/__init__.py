"""Suggestions of staff: sent by a form, answered by facilitators in their channel."""

from bot.client import Bot
from cogs.suggestions.answers import SuggestionAnswers
from cogs.suggestions.commands import SuggestionForms
from cogs.suggestions.desk import SuggestionDesk


async def setup(bot: Bot) -> None:
    """Load the cogs of this step."""
    desk = SuggestionDesk(bot)
    await bot.add_cog(desk)
    await bot.add_cog(SuggestionForms(bot, desk))
    await bot.add_cog(SuggestionAnswers(bot, desk))
