"""Which threads a new session reads at once, and which can wait: a year's threads are too many to read them all again.

Open prompts, and closed ones whose thread has other messages than when it was last read, are read at once. All other
closed ones are read within the day, those first that were not read for longest: only an edit, a reaction or a deletion
of an old message can be new there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models.prompts import PromptState, WatchedPrompt

MOST_AT_ONCE = 20
"""Unchanged threads that are read without a pause; a small server notices no difference."""
PAUSE = timedelta(seconds=8)
"""Between two of the others: 10,000 take less than a day."""
DAY = timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class ThreadRead:
    """When a prompt's thread was last read to its end, and a mark of what it had then."""

    mark: str
    read_at: datetime


def mark_thread(prompt_id: int, last_message_id: int | None, messages: int, sent: int) -> str:
    """Return 16 hex digits that change with a thread's last message, and with how many it has and ever had."""
    return hashlib.sha256(f"{prompt_id}:{last_message_id}:{messages}:{sent}".encode()).hexdigest()[:16]


def is_pressing(prompt: WatchedPrompt, read: ThreadRead | None, mark: str | None) -> bool:
    """Say whether a prompt's thread is to be read at once. ``mark`` is what it has now; None where it is archived."""
    if prompt.state is PromptState.OPEN:
        return True
    if read is None or prompt.closed_at is None or read.read_at < prompt.closed_at:
        return True
    return mark is not None and mark != read.mark


def pause_between(waiting: int) -> timedelta:
    """Return the pause between two readings, so that so many are read within the day."""
    return min(PAUSE, DAY / max(waiting, 1))
