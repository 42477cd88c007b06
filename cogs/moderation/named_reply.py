"""The reply that a facilitator means: named by a link, or by the message itself."""

from __future__ import annotations

import re

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import FoundReply
from cogs.core.access import server

Interaction = discord.Interaction[Bot]

_LINK = re.compile(
    r"(?:https?://)?(?:\w{1,9}\.)?discord(?:app)?\.com/channels/(?P<guild>\d{1,20})/\d{1,20}/(?P<message>\d{1,20})/?",
    re.ASCII,
)
NO_LINK = "That isn’t a link to a message. Open the message’s menu, choose Copy Message Link, and paste it here."
ELSEWHERE = "That message is in another server. Copy the link of a message in this one."
NO_REPLY = "That message isn’t a reply that we store. Choose one from a prompt’s thread, or one sent by the form."


def message_id_of(typed: str, guild_id: int) -> int:
    """Read the id of the message that a link names; an id alone will do. Raises UserError for anything else."""
    text = typed.strip().strip("<>")
    match = _LINK.fullmatch(text)
    if match is not None and int(match["guild"]) != guild_id:
        raise UserError(ELSEWHERE)
    digits = text if match is None else match["message"]
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 21 and int(digits) < 2**63):
        raise UserError(NO_LINK)
    return int(digits)


async def find_named_reply(interaction: Interaction, typed: str) -> FoundReply:
    """Find the stored reply of this server that is meant. Raises UserError where there is none."""
    guild_id = server(interaction).id
    message_id = message_id_of(typed, guild_id)
    store = interaction.client.store
    if store.inbox.fault is None:
        await store.inbox.flush()  # it may have been written a moment ago
    reply = await store.exclusions.by_message(guild_id, message_id)
    if reply is None:
        raise UserError(NO_REPLY)
    return reply
