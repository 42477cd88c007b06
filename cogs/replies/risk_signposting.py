"""Tells people whose message may be about a risk whom to speak to: them alone, and only where they allowed it."""

from __future__ import annotations

from discord.ext import commands

from bot.client import Bot
from bot.replies.risk_signposting import care_lines
from cogs.core.direct_messages import tell
from cogs.replies.message_checks import Heard, Once


class Caring(commands.Cog):
    """Answers the event risk_met. Nothing about it is stored or logged, and nobody else is told."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._once = Once()

    @commands.Cog.listener()
    async def on_risk_met(self, message: Heard, text: str) -> None:
        """Send the contacts to the author."""
        if not self._once.first(message.message_id):
            return
        settings = await self.bot.store.settings.of(message.prompt.guild_id)
        lines = f"You wrote: {message.link}\n{care_lines(settings, text)}"
        await tell(self.bot, settings.guild_id, message.author_id, lines)
