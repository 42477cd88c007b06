"""The addresses of what is in Discord."""

from __future__ import annotations

DISCORD = "https://discord.com/channels"


def channel_link(guild_id: int, channel_id: int) -> str:
    """Return the address of a channel or a thread."""
    return f"{DISCORD}/{guild_id}/{channel_id}"


def message_link(guild_id: int, channel_id: int | None, message_id: int | None) -> str:
    """Return the address of a message."""
    return f"{DISCORD}/{guild_id}/{channel_id}/{message_id}"


def link_words(words: str, address: str) -> str:
    """Make words a link, as Discord shows it; the words alone where there is no address."""
    return f"[{words}]({address})" if address else words
