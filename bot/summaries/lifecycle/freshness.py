"""How far a summary is out of date: replies that came, were changed or were taken back since it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.summaries.io.stored_replies import is_private
from bot.summaries.lifecycle.record import Record


class Version(Protocol):
    """A reply as far as its version goes: a stored reply, or what the store says of it without its words.

    Its id as text is the id that quotes use.
    """

    @property
    def id(self) -> int | str: ...

    @property
    def edited_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class PrivateVersion:
    """A private reply as far as its version goes: once it can be read, it can be taken back and never be changed."""

    id: str
    edited_at: None = None


@dataclass(frozen=True, slots=True)
class RepliesSince:
    """Replies that came, were changed, and were taken back since a summary was made.

    They are replies of the thread; ``private`` counts private replies that can be read and that it did not read.
    """

    added: int = 0
    changed: int = 0
    taken_back: int = 0
    private: int = 0


def list_edits(replies: Iterable[Version]) -> dict[str, str]:
    """Say when those of the replies that were edited were edited, by their ids as quotes name them."""
    return {str(reply.id): reply.edited_at.isoformat() for reply in replies if reply.edited_at is not None}


def count_changes(record: Record, replies: Iterable[Version]) -> RepliesSince:
    """Say what changed since a summary was recorded. ``replies`` are those that a new summary would read now.

    A reply that was edited counts as changed whether or not its words are quoted; one that went counts once.
    """
    now = {str(reply.id): reply.edited_at for reply in replies}
    held: Mapping[str, str] = record.held
    return RepliesSince(
        added=sum(message not in held and not is_private(message) for message in now),
        changed=sum(
            message in held and at is not None and record.edits.get(message) != at.isoformat()
            for message, at in now.items()
        ),
        taken_back=record.gone + sum(message not in now and not is_private(message) for message in held),
        private=sum(message not in held and is_private(message) for message in now),
    )
