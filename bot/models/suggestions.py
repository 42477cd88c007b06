"""Suggestions: excerpts and questions that staff propose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SuggestionState(StrEnum):
    """What facilitators made of a suggestion."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody proposes: a passage with its source, a question, or both; and what facilitators answered."""

    id: int
    guild_id: int
    person: str
    state: SuggestionState
    made_at: datetime
    passage: str = field(default="", repr=False)
    source: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)
    decided_at: datetime | None = None
    excerpt_id: int | None = None
    message_id: int | None = None

    @property
    def name(self) -> str:
        """How buttons and forms name it: its number may be given again after an erasure, with another moment."""
        return f"{self.id}-{self.made_at:%Y%m%d%H%M%S%f}"
