"""Deletes messages that still show a form's reply which its author took back: Discord failed to do so at once."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta

from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.models.prompts import WatchedPrompt
from bot.text.words import plural
from cogs.core.loops import PeriodicCog, periodic
from cogs.replies.form_posts import delete_posted

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


def describe_left(count: int) -> str:
    """Say to an author that messages are still there."""
    return (
        f"The bot couldn’t delete {plural(count, 'message')} it had posted for you yet. It keeps trying. If any are "
        "still there tomorrow, please ask a facilitator to delete them."
    )


class LeftPosts(PeriodicCog):
    """Tries until Discord has deleted them. After a restart, catching up with their threads finds them again."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._left: dict[int, WatchedPrompt] = {}

    @commands.Cog.listener()
    async def on_posts_left(self, prompt: WatchedPrompt, message_ids: Collection[int]) -> None:
        """Hear that messages of the bot's own show what is erased."""
        self._left.update(dict.fromkeys(message_ids, prompt))
        self.delete.wake(FIRST_PAUSE)

    @periodic(retry=FIRST_PAUSE, longest_retry=LONGEST_PAUSE)
    async def delete(self) -> bool:
        """Delete each of them; stop where nothing is left."""
        for message_id, prompt in list(self._left.items()):
            try:
                if prompt.gone_at is None:
                    await delete_posted(self.bot, prompt, message_id)
            except DISCORD_FAULTS as error:
                log.warning("the message of an erased reply could not be deleted: %s", fault_name(error))
                continue
            self._left.pop(message_id, None)
        return not self._left
