"""Direct messages, to nobody but those who allowed them in /my."""

from __future__ import annotations

import logging

from discord import ui

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS
from bot.store import StoreError

log = logging.getLogger(__name__)


async def send_direct_message(bot: Bot, guild_id: int, user_id: int, what: str | ui.LayoutView) -> bool:
    """Send a direct message to somebody who allowed it in this server; nothing to anybody else.

    Returns whether it was sent. Discord's refusals (they left, they block messages) are logged without who it was.
    """
    try:
        if not (await bot.store.people.of(guild_id, user_id)).notices:
            return False
        person = bot.get_user(user_id) or await bot.fetch_user(user_id)
        if isinstance(what, str):
            await person.send(what)
        else:
            await person.send(view=what)
    except (*DISCORD_FAULTS, StoreError) as error:
        log.info("a direct message could not be sent: %s", type(error).__name__)
        return False
    return True
