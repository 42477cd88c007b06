"""The addresses of what is in Discord."""

from __future__ import annotations

DISCORD = "https://discord.com/channels"


def channel_link(guild_id: int, channel_id: int) -> str:
    """Return the address of a channel or a thread."""
    return f"{DISCORD}/{guild_id}/{channel_id}"


def message_link(guild_id: int, channel_id: int | None, message_id: int | None) -> str:
    """Return the address of a message."""
    return f"{DISCORD}/{guild_id}/{channel_id}/{message_id}"
