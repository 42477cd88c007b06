"""The picture of a summary, drawn in the worker; a card does without it where drawing fails."""

from __future__ import annotations

import io
import logging

import discord

from bot.client import Bot
from bot.discord_errors import fault_name
from bot.errors import UserError
from bot.models.summaries import Summary
from bot.summaries.output.alt_text import describe_picture
from bot.summaries.output.days import Days
from bot.summaries.output.picture import Picture, draw_summary
from bot.worker import WorkerFailedError
from bot.worker_turns import Turn

log = logging.getLogger(__name__)

PICTURE = "summary.png"
FEWEST_POINTS = 4
"""Shared points from which on a picture tells more than the first screen, which has three of them."""


async def draw_picture(bot: Bot, guild_id: int, summary: Summary, days: Days) -> Picture | None:
    """Draw the picture of a card, which says the question itself.

    None where it tells no more than the text, or could not be drawn, which the log tells.
    """
    if sum(point.is_shared for point in summary.points) < FEWEST_POINTS or summary.frozen:  # nobody knows its days now
        return None
    try:
        return await bot.worker.call_for(Turn(guild_id, waits=True), draw_summary, summary, days)
    except (UserError, WorkerFailedError) as error:
        log.warning("a picture of a summary could not be drawn: %s", fault_name(error))
        return None


def picture_files(drawn: Picture | None) -> list[discord.File]:
    """Return the picture as what a message carries."""
    if drawn is None:
        return []
    return [discord.File(io.BytesIO(drawn.png), PICTURE, description=drawn.alt)]


def alt_text_of(message: discord.Message | None, summary: Summary, days: Days) -> str:
    """Return the alternative text of the picture that a message has already; empty where it has none."""
    bears_one = message is not None and any(file.filename == PICTURE for file in message.attachments)
    return describe_picture(summary, days) if bears_one else ""
