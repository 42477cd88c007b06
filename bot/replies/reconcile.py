"""What must change in the store after a thread's history was read: a pure comparison, safe to repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.models.replies import Held as Held  # those who compare need both
from bot.models.replies import ReplyKind


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message met in the history. ``text`` is what Discord shows: only what is stored of it is made safe.

    ``collectable`` is false for messages that are no reply (from bots, this one included, and from Discord itself):
    they only show that they are still there.
    """

    message_id: int
    author_id: int
    text: str = field(repr=False)
    created_at: datetime
    edited_at: datetime | None = None
    reply_to: int | None = None
    attachments: int = 0
    collectable: bool = True


@dataclass(frozen=True, slots=True)
class HistoryReading:
    """One read of a history, where replies of ``kind`` are: THREAD for a prompt's thread, CHANNEL for its channel.

    ``complete`` says that every message up to the id ``up_to`` was read, with View Channel and Read Message History
    held all the while. Take ``up_to`` before the read begins: what came later is not missing from it.
    ``with_content`` says that the bot has the Message Content intent; without it Discord shows empty texts.
    """

    seen: tuple[SeenMessage, ...]
    complete: bool
    with_content: bool
    up_to: int
    kind: ReplyKind = ReplyKind.THREAD


@dataclass(frozen=True, slots=True)
class Changes:
    """Messages to add, messages whose words replace those held, and the ids of messages held that were not met.

    Absence proves no deletion, since a history can omit a message: each absent one has to be asked for by its id.
    """

    add: tuple[SeenMessage, ...] = ()
    edit: tuple[SeenMessage, ...] = ()
    absent: tuple[int, ...] = ()


def find_changes(held: Iterable[Held], reading: HistoryReading, erased: Collection[int] = ()) -> Changes:
    """Compare the prompt's held replies with a reading of its history.

    ``held`` is everything held of the prompt, of any kind; ``erased`` the message ids that have a tombstone, which
    never come back. The store still has to compare ``edited_at`` when it applies an edit, and to ignore an addition
    that it holds or has erased by then: live events continue while the history is read. Takes linear time, and may run
    in a thread.
    """
    replies, marked = list(held), frozenset(erased)
    latest = _latest(reading.seen)
    by_message = {reply.message_id: reply for reply in replies if reply.message_id is not None}
    words = [seen for seen in latest.values() if seen.collectable and seen.message_id not in marked]
    return Changes(
        add=tuple(seen for seen in words if seen.message_id not in by_message and _says_something(seen, reading)),
        edit=tuple(
            seen
            for seen in words
            if reading.with_content and (reply := by_message.get(seen.message_id)) and _is_newer(seen, reply)
        ),
        absent=tuple(reply.message_id for reply in replies if reply.message_id and _is_absent(reply, reading, latest)),
    )


def _latest(seen: Iterable[SeenMessage]) -> dict[int, SeenMessage]:
    """Return each message once, in order of its id; pages may overlap, and then the later edit counts."""
    ordered = sorted(seen, key=lambda each: (each.message_id, each.edited_at or each.created_at))
    return {each.message_id: each for each in ordered}


def _says_something(seen: SeenMessage, reading: HistoryReading) -> bool:
    return bool(seen.text.strip()) or (reading.with_content and seen.attachments > 0)


def _is_newer(seen: SeenMessage, reply: Held) -> bool:
    if reply.kind is ReplyKind.FORM or seen.edited_at is None:
        return False
    return reply.edited_at is None or seen.edited_at > reply.edited_at


def _is_absent(reply: Held, reading: HistoryReading, latest: Collection[int]) -> bool:
    """Say whether a complete reading should have met the reply's message and did not."""
    if not reading.complete or reply.message_id is None or reply.message_id > reading.up_to:
        return False
    in_thread = reply.kind is not ReplyKind.CHANNEL
    return in_thread == (reading.kind is not ReplyKind.CHANNEL) and reply.message_id not in latest
