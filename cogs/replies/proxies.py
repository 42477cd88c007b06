"""Tells facilitators of posts by webhooks in a thread: bots that speak for people post so, and nobody is counted."""

from __future__ import annotations

from discord.ext import commands

from bot.client import Bot
from bot.models.prompts import Prompt
from cogs.core.reports import report
from cogs.replies.deleted_threads import quoted
from cogs.replies.message_checks import Once


class Proxies(commands.Cog):
    """Answers the event webhook_met, once for each prompt. What the webhook said is neither stored nor shown."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._once = Once()

    @commands.Cog.listener()
    async def on_webhook_met(self, prompt: Prompt) -> None:
        """A webhook posted in a prompt's thread. It can be read again after each restart; the report is told once."""
        if self._once.first(prompt.id):
            await report(self.bot, prompt.guild_id, _line(prompt), key=f"webhook:{prompt.id}")


def _line(prompt: Prompt) -> str:
    return (
        f"A webhook posted in <#{prompt.thread_id}>, the thread of {quoted(prompt)}. Proxy bots such as PluralKit do "
        "this: they delete what a person wrote, and post it again under another name. I cannot tell whose words such a "
        "post holds, so I do not collect it, and I erase my copy of the message that was deleted. People who write "
        "through a proxy are not counted there. They can take part with the button Reply on the card, or with Reply "
        "privately. Please tell people in the thread."
    )
