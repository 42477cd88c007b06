"""What the log of moderation calls what was done, and a reply that was left out of summaries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

EXCLUDED: Final = "reply left out of summaries"
INCLUDED: Final = "reply put back into summaries"
PRIVATE_LEFT_OUT: Final = "private reply left out"
PRIVATE_PUT_BACK: Final = "private reply put back"
MESSAGE_REMOVED: Final = "message removed"
THREAD_KEPT: Final = "thread kept"
RETENTION: Final = "replies erased by date"
WORD_ADDED: Final = "word to remove added"
WORD_DROPPED: Final = "word to remove dropped"
EXPORTED: Final = "export"
EXPORTED_BY_PROGRAM: Final = "export on the command line"
PERSON_ERASED: Final = "person erased on request"
OUTCOME_GIVEN: Final = "outcome given"
OUTCOME_CHANGED: Final = "outcome changed"
CHECK_STARTED: Final = "check started"
CHECK_ENDED: Final = "check ended by hand"
SUGGESTION_APPROVED: Final = "suggestion approved"
SUGGESTION_DECLINED: Final = "suggestion declined"
OTHERS_SHOWN: Final = "statements shown to others"
OTHERS_TAKEN_BACK: Final = "statement taken back"
MODEL_ON: Final = "language model switched on"
MODEL_OFF: Final = "language model switched off"
MODEL_PRIVATE_ON: Final = "private replies to it: on"
MODEL_PRIVATE_OFF: Final = "private replies to it: off"
EXPORTS: Final = frozenset({EXPORTED, EXPORTED_BY_PROGRAM})
"""Names of actions, of at most 32 characters, as people read them in the log of /moderation."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reply that a facilitator left out of summaries. ``person`` is the pseudonym of the facilitator."""

    reply_id: int
    prompt_id: int
    person: str
    reason: str = field(repr=False)
    made_at: datetime


@dataclass(frozen=True, slots=True)
class FoundReply:
    """A stored reply that a message shows, without its words. ``reason`` is set where it is left out of summaries."""

    id: int
    prompt_id: int
    message_id: int
    person: str
    left_out: bool = False
    reason: str = field(default="", repr=False)
