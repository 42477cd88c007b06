"""Looks in a channel's history for what the bot sent before it died, whatever the clock of this machine says."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord
from discord.abc import Messageable

from bot.client import Bot
from cogs.ui.parts import custom_id, frame_number

CLOCKS_DIFFER = timedelta(days=1)
"""How far Discord's clock, by which messages are dated, may be from ours."""
LOOK_BACK = 200
"""How many messages are looked at in any case: in a quiet channel, clocks may differ by more than that."""

IsWanted = Callable[[discord.Message], bool | Awaitable[bool]]


async def find_own(
    bot: Bot, place: Messageable, is_wanted: IsWanted, since: datetime, *, after: int = 0
) -> discord.Message | None:
    """Find the newest message of the bot's own that is wanted, such as one that was sent before the bot died.

    ``since`` is by our own clock, which may be wrong, so the search goes well beyond it. ``after`` is the id of a
    message that came first in any case; ids are by Discord's clock, and the search ends there.
    """
    looked_at = 0
    async for message in place.history(limit=None):
        if message.id <= after or (looked_at >= LOOK_BACK and message.created_at < since - CLOCKS_DIFFER):
            return None
        looked_at += 1
        if bot.user is not None and message.author.id == bot.user.id:
            wanted = is_wanted(message)
            if await wanted if inspect.isawaitable(wanted) else wanted:
                return message
    return None


def has_custom_id(wanted: str) -> Callable[[discord.Message], bool]:
    """Tell messages by a custom_id that a button or another part of them has."""
    return lambda message: contains_text(message, f"'{wanted}'")


def is_marked(*route: object) -> Callable[[discord.Message], bool]:
    """Tell messages by the route that marks their card, or that one of its buttons has."""
    number, mark = frame_number(*route), custom_id(str(route[0]), *route[1:])
    return lambda message: (
        contains_text(message, f"'{mark}'") or any(getattr(part, "id", None) == number for part in message.components)
    )


def contains_text(message: discord.Message, mark: str) -> bool:
    """Tell whether a part of a message, such as a button's custom_id, holds a text."""
    return any(mark in str(part.to_dict()) for part in message.components)
