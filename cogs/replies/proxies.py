"""Tells facilitators of posts by webhooks in a thread: bots that speak for people post so, and nobody is counted."""

from __future__ import annotations

import logging

from discord.ext import commands

from bot.client import Bot
from bot.models.prompts import Prompt
from bot.store import StoreError
from cogs.replies.gone import quoted
from cogs.replies.heeding import Once
from cogs.reporting import report

log = logging.getLogger(__name__)


class Proxies(commands.Cog):
    """Answers the event webhook_met, once for each prompt. What the webhook said is neither stored nor shown."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._once = Once()

    @commands.Cog.listener()
    async def on_webhook_met(self, prompt: Prompt) -> None:
        """A webhook posted in a prompt's thread. It can be read again after each restart, so a note is kept."""
        if not self._once.first(prompt.id):
            return
        try:
            newest = await self.bot.store.settings.note(_note(prompt.guild_id))
            if prompt.id <= int(newest or 0):
                return
            if await report(self.bot, prompt.guild_id, _line(prompt)):
                await self.bot.store.settings.keep_note(_note(prompt.guild_id), str(prompt.id))
        except StoreError as error:
            log.warning("a webhook in the thread of prompt %s was not told of: %s", prompt.id, type(error).__name__)


def _note(guild_id: int) -> str:
    """The name of the note that holds the newest prompt of which a server was told: later ones are told of too."""
    return f"webhooks of {guild_id}"


def _line(prompt: Prompt) -> str:
    return (
        f"A webhook posted in <#{prompt.thread_id}>, the thread of {quoted(prompt)}. Proxy bots such as PluralKit do "
        "this: they delete what a person wrote, and post it again under another name. I cannot tell whose words such a "
        "post holds, so I do not collect it, and I erase my copy of the message that was deleted. People who write "
        "through a proxy are not counted there. They can take part with the button Reply on the card, or with Reply "
        "privately. Please tell people in the thread."
    )
