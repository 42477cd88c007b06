"""Lets a running bot follow what a command changed beside it: cards, threads and keys, as if it had done it itself."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.discord_errors import fault_name
from bot.errors import UserError
from bot.merged_events import ERASURES_APART
from bot.models.outside_changes import OutsideChange, OutsideKind

if TYPE_CHECKING:
    from bot.client import Bot

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0


async def follow_outside(bot: Bot) -> None:
    """Look every few seconds, for as long as the bot runs. It is real time, whatever the event loop's clock says."""
    await bot.wait_until_ready()
    while True:
        try:
            await hear_outside(bot)
        except UserError as error:
            log.warning("what commands changed beside the bot could not be read: %s", fault_name(error))
        await asyncio.sleep(LOOK_EVERY_S)


async def hear_outside(bot: Bot) -> None:
    """Tell the bot's own listeners what commands changed since the last time."""
    for change in await bot.store.outside.take():
        try:
            await _tell(bot, change)
        except UserError:  # its prompt is gone by now, and all that showed it is looked for in other ways
            log.info("a change of guild %s beside the bot is over", change.guild_id)


async def _tell(bot: Bot, change: OutsideChange) -> None:
    match change.kind:
        case OutsideKind.ERASED:
            bot.merged.apart(ERASURES_APART).dispatch("replies_erased", change.about_id)
        case OutsideKind.POST_LEFT:
            prompt = await bot.store.prompts.get(change.guild_id, change.about_id)
            bot.dispatch("posts_left", prompt, (change.message_id,))
        case OutsideKind.SUGGESTION:
            bot.dispatch("suggestions_erased", change.guild_id, (change.about_id,))
        case OutsideKind.PROMPT_CLOSED:
            bot.watch.add(await bot.store.prompts.get(change.guild_id, change.about_id))
            bot.dispatch("prompt_over", change.about_id)
            bot.dispatch("series_changed")  # so that its thread says so
        case OutsideKind.CHECK_ENDED:
            bot.dispatch("check_changed")
