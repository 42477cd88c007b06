"""The reply that a facilitator means: named by a link, by a choice while typing, or by the message itself."""

from __future__ import annotations

import re

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import FoundReply
from bot.prompts.texts import one_line
from bot.text.escape import shorten
from cogs.core.access import require_facilitator, server

Interaction = discord.Interaction[Bot]
MOST_CHOICES = 25
LONGEST_CHOICE = 100

_LINK = re.compile(
    r"(?:https?://)?(?:\w{1,9}\.)?discord(?:app)?\.com/channels/(?P<guild>\d{1,20})/\d{1,20}/(?P<message>\d{1,20})/?",
    re.ASCII,
)
NO_LINK = "That is no link to a message. Open the menu of the message, choose Copy Message Link, and paste it here."
ELSEWHERE = "That message is in another server."
NO_REPLY = "That message is no stored reply. Choose what somebody wrote in a prompt's thread, or sent by the form."


def message_id_of(typed: str, guild_id: int) -> int:
    """The id of the message that a link, or a choice from the list, names. Raises UserError for anything else."""
    text = typed.strip().strip("<>")
    match = _LINK.fullmatch(text)
    if match is not None and int(match["guild"]) != guild_id:
        raise UserError(ELSEWHERE)
    digits = text if match is None else match["message"]
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 21 and int(digits) < 2**63):
        raise UserError(NO_LINK)
    return int(digits)


async def named_reply(interaction: Interaction, typed: str) -> FoundReply:
    """The stored reply of this server that is meant. Raises UserError where there is none."""
    guild_id = server(interaction).id
    message_id = message_id_of(typed, guild_id)
    store = interaction.client.store
    if store.inbox.fault is None:
        await store.inbox.flush()  # it may have been written a moment ago
    found = await store.exclusions.by_message(guild_id, message_id)
    if found is None:
        raise UserError(NO_REPLY)
    return found


async def left_out_choices(interaction: Interaction, words: str) -> list[app_commands.Choice[str]]:
    """The replies that are left out, by the reasons for it; none for others' eyes."""
    try:
        settings = await require_facilitator(interaction)
        found = await interaction.client.store.exclusions.of_guild(settings.guild_id)
    except UserError:
        return []
    wanted = words.casefold().split()
    matching = [one for one in found if all(word in one.reason.casefold() for word in wanted)]
    return [
        app_commands.Choice(name=shorten(one_line(one.reason), LONGEST_CHOICE), value=str(one.message_id))
        for one in matching[:MOST_CHOICES]
    ]
