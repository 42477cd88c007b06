"""What a command changed in the database while a bot runs beside it, so that the bot can follow in Discord."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OutsideKind(StrEnum):
    """What happened."""

    ERASED = "erased"
    """Replies to a prompt, or reactions to them, went."""
    POST_LEFT = "post left"
    """A message of the bot's own shows a reply by the form that is erased."""
    SUGGESTION = "suggestion"
    """A card shows a suggestion that is erased; ``about_id`` is its message."""
    PROMPT_CLOSED = "prompt closed"
    CHECK_ENDED = "check ended"


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """One change in a server. ``about_id`` is the prompt, the check or the message; ``message_id`` is one of it."""

    kind: OutsideKind
    guild_id: int
    about_id: int
    message_id: int = 0
