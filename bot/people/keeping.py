"""Until when what belongs to a prompt is kept, and where its messages are."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.models.prompts import Prompt
from bot.models.replies import Reply, ReplyKind

AFTER_GOING = timedelta(days=30)
"""How long the replies of a deleted thread are kept."""

CANNOT_TELL = (
    "Private replies to prompts that are closed are not listed, nor are views in checks that have ended. Nobody can "
    "tell any more whose they are, and nor can the bot. If you kept the withdrawal code of a private reply, "
    "/my withdraw still erases it."
)
IN_DISCORD = "Your messages in Discord itself stay where they are. Only you can delete them there."


def kept_until(prompt: Prompt, retention_days: int) -> datetime | None:
    """When the replies to a prompt are erased, by what is known now; None where they were erased already."""
    if prompt.frozen_at is not None:
        return None
    closes = (prompt.closed_at or prompt.closes_at) + timedelta(days=retention_days)
    if prompt.gone_at is not None and not prompt.keep_reason:
        return min(closes, prompt.gone_at + AFTER_GOING)
    return closes


def link_to(prompt: Prompt, reply: Reply) -> str:
    """The address of the message that shows a reply; empty where there is none (any more)."""
    place = prompt.channel_id if reply.kind is ReplyKind.CHANNEL else prompt.thread_id
    if reply.message_id is None or place is None or prompt.gone_at is not None:
        return ""
    return message_link(prompt.guild_id, place, reply.message_id)


def thread_link(prompt: Prompt) -> str:
    """The address of a prompt's thread; empty where there is none (any more)."""
    if prompt.thread_id is None or prompt.gone_at is not None:
        return ""
    return f"https://discord.com/channels/{prompt.guild_id}/{prompt.thread_id}"


def message_link(guild_id: int, channel_id: int, message_id: int) -> str:
    """The address of a message."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"
