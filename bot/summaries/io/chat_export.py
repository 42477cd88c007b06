"""Read the JSON files that DiscordChatExporter writes; bots and system messages are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import UserError
from bot.models.summaries import Message, Thread

_SPOKEN = frozenset({"Default", "Reply", "0", "19"})
"""The kinds of message in which a person speaks; all others are notices of Discord's own or answers of bots."""


def is_chat_export(data: Mapping[str, Any]) -> bool:
    """Return True for a file of DiscordChatExporter: it has the server and the channel beside the messages."""
    return isinstance(data.get("channel"), dict) and "messages" in data and "id" not in data


def thread(data: Mapping[str, Any]) -> Thread:
    """Return the exported channel as a thread; its topic, or else its name, stands for the prompt. Raises UserError."""
    channel = data["channel"]
    listed = data["messages"]
    if not isinstance(listed, list):
        raise UserError('The exported chat has "messages" that are not a list.')
    messages: dict[str, Message] = {}
    for number, entry in enumerate(listed, 1):
        message = _message(entry, f"Message {number} of the exported chat")
        if message is not None:
            messages.setdefault(message.id, message)
    prompt = channel.get("topic") or channel.get("name") or ""
    return Thread(_text(channel.get("id")) or "chat", _text(prompt), tuple(messages.values()))


def _message(entry: object, where: str) -> Message | None:
    if not isinstance(entry, dict):
        raise UserError(f"{where} is not a JSON object.")
    author = entry.get("author")
    if not isinstance(author, dict) or not _text(author.get("id")):
        raise UserError(f'{where} has no "author" with an "id".')
    if not _text(entry.get("id")) or not isinstance(entry.get("content"), str):
        raise UserError(f'{where} needs an "id" and a "content" that is text.')
    if author.get("isBot") is True or _text(entry.get("type", "Default")) not in _SPOKEN:
        return None
    reference = entry.get("reference")
    reply_to = _text(reference.get("messageId")) if isinstance(reference, dict) else ""
    return Message(_text(entry["id"]), _text(author["id"]), _text(entry["content"]), reply_to or None)


def _text(value: object) -> str:
    """Ids are texts in these files, but numbers do no harm; half surrogates cannot be written as UTF-8."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
