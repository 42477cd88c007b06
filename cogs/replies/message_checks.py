"""What follows from a message, beside its being stored: identifiers that it shows, words about a risk, webhooks.

Whoever handles messages only sends events, and waits for nothing. An event holds no identifier.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import discord
from discord.ext import commands

from bot.client import Bot
from bot.models.prompts import Prompt, WatchedPrompt
from bot.prompts.texts import quote_question
from bot.replies.risk_signposting import care_lines, find_risks
from bot.replies.sanitise import find_still_shown
from bot.text.links import link_words, message_link
from cogs.core.access import server
from cogs.core.direct_messages import send_direct_message
from cogs.core.reports import report
from cogs.ui.cards import text_card

MOST_REMEMBERED = 2_000
WEBHOOK = (
    "A webhook posted in <#{thread}>, the thread of {question}. Proxy bots such as PluralKit do this: they delete "
    "what someone wrote, and post it again under another name. The bot can’t tell whose words these are, so it "
    "doesn’t collect them, and it erases its copy of the deleted message. People who write through a proxy aren’t "
    "counted there. They can use the Reply button on the card, or Reply privately. Please tell people in the thread."
)


@dataclass(frozen=True, slots=True)
class HeardMessage:
    """A message by its ids alone, with its prompt. ``channel_id`` is the thread, or the channel of a card."""

    prompt: WatchedPrompt
    channel_id: int
    message_id: int
    author_id: int

    @property
    def link(self) -> str:
        """Where the message is."""
        return message_link(self.prompt.guild_id, self.channel_id, self.message_id)


def locate_message(prompt: WatchedPrompt, message: discord.Message) -> HeardMessage:
    """Take the ids of a message that Discord delivered."""
    return HeardMessage(prompt, message.channel.id, message.id, message.author.id)


def check_message(bot: Bot, written: str, stored: str, who: Callable[[], HeardMessage]) -> None:
    """Send the events identifiers_removed and risk_met where a message calls for them; few do.

    ``written`` is the text in Discord, or empty where only the stored one is known.
    """
    if kinds := find_still_shown(written, stored):
        bot.dispatch("identifiers_removed", who(), kinds)
    if find_risks(stored):
        bot.dispatch("risk_met", who(), stored)


class MetMessages:
    """Remembers the newest few thousand messages of which somebody was told, so that an edit does not repeat it."""

    def __init__(self) -> None:
        self._met: OrderedDict[int, None] = OrderedDict()

    def is_first(self, message_id: int) -> bool:
        """Note a message; True the first time that it is met."""
        if message_id in self._met:
            return False
        self._met[message_id] = None
        if len(self._met) > MOST_REMEMBERED:
            self._met.popitem(last=False)
        return True


async def signpost(interaction: discord.Interaction[Bot], words: str) -> None:
    """Say to an author whom they can speak to, where the words that they sent may be about a risk."""
    settings = await interaction.client.store.settings.of(server(interaction).id)
    if care := care_lines(settings, words):
        await interaction.followup.send(view=text_card(care), ephemeral=True)


class RiskSignposts(commands.Cog):
    """Answers the event risk_met. Nothing about it is stored or logged, and nobody else is told."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._met_messages = MetMessages()

    @commands.Cog.listener()
    async def on_risk_met(self, message: HeardMessage, text: str) -> None:
        """Send the contacts to the author."""
        if not self._met_messages.is_first(message.message_id):
            return
        settings = await self.bot.store.settings.of(message.prompt.guild_id)
        lines = f"{link_words('Your message', message.link)}\n{care_lines(settings, text)}"
        await send_direct_message(self.bot, settings.guild_id, message.author_id, lines, ("risk", message.message_id))


class ProxyNotices(commands.Cog):
    """Answers the event webhook_met, once for each prompt. What the webhook said is neither stored nor shown."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._met_messages = MetMessages()

    @commands.Cog.listener()
    async def on_webhook_met(self, prompt: WatchedPrompt) -> None:
        """Report a webhook's post in a thread. It can be read again after each restart; the report is told once."""
        if self._met_messages.is_first(prompt.id):
            whole = await self.bot.store.prompts.get(prompt.guild_id, prompt.id)
            await report(self.bot, prompt.guild_id, _webhook_report(whole), key=f"webhook:{prompt.id}")


def _webhook_report(prompt: Prompt) -> str:
    return WEBHOOK.format(thread=prompt.thread_id, question=quote_question(prompt))
