"""What a message gives occasion to, beside being stored: identifiers that it still shows, and words about a risk.

It only sends events, so that the handler of messages waits for nothing. An event holds no identifier.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import discord

from bot.client import Bot
from bot.models.prompts import Prompt
from bot.replies.risk_signposting import risks
from bot.replies.sanitise import still_shown

MOST_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A message by its ids alone, with its prompt. ``channel_id`` is the thread, or the channel of a card."""

    prompt: Prompt
    channel_id: int
    message_id: int
    author_id: int

    @property
    def link(self) -> str:
        """Where the message stands."""
        return f"https://discord.com/channels/{self.prompt.guild_id}/{self.channel_id}/{self.message_id}"


def heard(prompt: Prompt, message: discord.Message) -> Heard:
    """A message that Discord delivered."""
    return Heard(prompt, message.channel.id, message.id, message.author.id)


def heed(bot: Bot, written: str, stored: str, who: Callable[[], Heard]) -> None:
    """Send the events identifiers_removed and risk_met where a message gives occasion to them; few do.

    ``written`` is the text in Discord, or empty where only the stored one is known.
    """
    if kinds := still_shown(written, stored):
        bot.dispatch("identifiers_removed", who(), kinds)
    if risks(stored):
        bot.dispatch("risk_met", who(), stored)


class Once:
    """Remembers the newest few thousand messages of which somebody was told, so that an edit does not repeat it."""

    def __init__(self) -> None:
        self._met: OrderedDict[int, None] = OrderedDict()

    def first(self, message_id: int) -> bool:
        """Whether this is the first time that a message is met."""
        if message_id in self._met:
            return False
        self._met[message_id] = None
        if len(self._met) > MOST_REMEMBERED:
            self._met.popitem(last=False)
        return True
