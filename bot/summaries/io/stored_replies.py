"""Stored replies as a thread that the engine reads and the checker holds a summary against."""

from __future__ import annotations

from collections.abc import Sequence

from bot.models.private import PrivateReply, Quoting
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.threads import Message, Thread


def thread_of(prompt: Prompt, replies: Sequence[Reply], private: Sequence[PrivateReply] = ()) -> Thread:
    """Return the replies as the engine reads them: ids are ``str(reply.id)``, authors are pseudonyms.

    Private replies come last, in order of their random ids. Nothing joins them to a person or to another reply.
    """
    by_message = {reply.message_id: str(reply.id) for reply in replies if reply.message_id is not None}
    messages = tuple(
        Message(str(reply.id), reply.person, reply.text, by_message.get(reply.reply_to or 0), reply.endorsers)
        for reply in replies
    )
    apart = tuple(_private(reply) for reply in sorted(private, key=lambda reply: reply.id))
    return Thread(str(prompt.id), f"{prompt.wording.text}\n{prompt.wording.question}", messages + apart)


def private_id(reply: PrivateReply) -> str:
    """Return the id by which a summary names a private reply; no reply of a thread has one like it."""
    return f"p{reply.id}"


def is_private(message: str) -> bool:
    """Say whether an id of a stored reply, as summaries use it, is that of a private one."""
    return message.startswith("p")


def _private(reply: PrivateReply) -> Message:
    name = private_id(reply)
    return Message(name, name, reply.text, private=True, quotable=reply.quoting is Quoting.YES)
