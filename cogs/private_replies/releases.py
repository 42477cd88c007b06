"""Releases private replies when their prompt closes, and tells the facilitators what they can read."""

from __future__ import annotations

import logging
from datetime import timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import fault_name
from bot.models.private import Batch
from bot.models.reports import Button
from bot.services.replies.private_replies import find_subject, release_private_replies
from bot.store import StoreError
from bot.text.markdown import escape
from bot.text.words import plural, shorten
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.reports import report
from cogs.core.rounds import ServerRounds
from cogs.ui.parts import custom_id

log = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(hours=24)
RETRY_TELLING = timedelta(minutes=5)
RETRY_RELEASE, LONGEST_RETRY = timedelta(seconds=1), timedelta(minutes=5)
"""People were told until when a key lasts, and a server of keys that was started again is back within seconds."""
LONGEST_SUBJECT = 120

CAN_BE_READ = "{replies} to {subject} can now be read. Read them before summaries use them."
OF_CHECK = "a check on {words}, about what its summary misses,"
READ_THEM = "Read them"


class PrivateReplyReleases(PeriodicCog):
    """Takes a step whenever a prompt is over, at start, and again while something could not be finished.

    Releasing asks nothing of Discord, and each server is told in its own rounds.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._servers = ServerRounds(bot, self._tell_server, retry=RETRY_TELLING)

    @periodic(every=LOOK_AGAIN, retry=RETRY_RELEASE, longest_retry=LONGEST_RETRY)
    async def look(self) -> bool:
        """Release what can be, and let servers be told of it. Returns whether all is released."""
        is_released = await release_private_replies(self.bot.store, discord.utils.utcnow())
        for guild_id in {batch.guild_id for batch in await self.bot.store.private.untold()}:
            self._servers.wake(guild_id)
        return is_released

    @commands.Cog.listener()
    async def on_prompt_over(self, _prompt_id: int) -> None:
        """Follow a prompt that was closed, whether or not its last line could be posted (an event of the bot's own)."""
        self.look.wake()

    async def _tell_server(self, guild_id: int) -> bool:
        """Keep what waits for a server's facilitators until they are told; False where that failed."""
        try:
            for batch in await self.bot.store.private.untold(guild_id):
                await self._tell(batch)
        except StoreError as error:
            log.warning("private replies could not be told of: %s", fault_name(error))
            return False
        return True

    async def _tell(self, batch: Batch) -> None:
        buttons = (Button(READ_THEM, custom_id("private-read", batch.id, 0)),)
        text = format_readable(batch, await find_subject(self.bot.store, batch))
        # A batch's number may be given again after an erasure.
        key = f"private:{batch.id}:{batch.prompt_id}:{batch.check_id}:{batch.released_on}"
        await report(self.bot, batch.guild_id, text, key=key, buttons=buttons)
        await self.bot.store.private.note_told(batch)


def format_readable(batch: Batch, subject: str) -> str:
    """Say to facilitators that a batch can be read. ``subject`` is its prompt's question."""
    words = f"“{escape(shorten(subject, LONGEST_SUBJECT))}”"
    if batch.check_id is not None:
        words = OF_CHECK.format(words=words)
    return CAN_BE_READ.format(replies=plural(batch.replies, "private reply", "private replies"), subject=words)
