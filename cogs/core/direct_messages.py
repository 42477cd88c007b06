"""Direct messages, to nobody but those who allowed them in /my."""

from __future__ import annotations

import logging

from discord import ui

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.store import StoreError
from cogs.core.posts import make_nonce

log = logging.getLogger(__name__)


async def send_direct_message(
    bot: Bot, guild_id: int, user_id: int, what: str | ui.LayoutView, about: tuple[str, object]
) -> bool:
    """Send a direct message to somebody who allowed it in this server; nothing to anybody else.

    ``about`` is its kind and what brought it about: if two processes send the same within minutes, it comes once.
    Returns whether it was sent. Discord's refusals (they left, they block messages) are logged without who it was.
    """
    try:
        if not (await bot.store.people.of(guild_id, user_id)).notices:
            return False
        person = bot.get_user(user_id) or await bot.fetch_user(user_id)
        nonce = make_nonce(about[0], user_id, guild_id, about[1])
        if isinstance(what, str):
            await person.send(what, nonce=nonce)
        else:
            await person.send(view=what, nonce=nonce)
    except (*DISCORD_FAULTS, StoreError) as error:
        log.info("a direct message could not be sent: %s", fault_name(error))
        return False
    return True
