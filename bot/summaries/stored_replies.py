"""Stored replies as a thread that the engine reads and the checker holds a summary against."""

from __future__ import annotations

from collections.abc import Sequence

from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.summaries import Message, Thread


def thread_of(prompt: Prompt, replies: Sequence[Reply]) -> Thread:
    """The replies as the engine reads them: ids are ``str(reply.id)``, authors are pseudonyms."""
    by_message = {reply.message_id: str(reply.id) for reply in replies if reply.message_id is not None}
    messages = tuple(
        Message(str(reply.id), reply.person, reply.text, by_message.get(reply.reply_to or 0), reply.endorsers)
        for reply in replies
    )
    return Thread(str(prompt.id), f"{prompt.wording.text}\n{prompt.wording.question}", messages)
