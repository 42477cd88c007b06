"""Stored replies to one prompt."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.models.prompts import Prompt, PromptState, Wording
from bot.models.replies import Reply, ReplyKind

NOON = datetime(2018, 8, 6, 12, tzinfo=UTC)
WORDING = Wording("Leaders exist at all levels.", True, "What gets in your way?", "No more heroes")
PROMPT = Prompt(1, 2, 3, PromptState.OPEN, "c" * 16, WORDING, NOON, NOON)


def replies(*texts: str) -> tuple[Reply, ...]:
    """Each text comes from a person of its own."""
    return tuple(Reply(n, PROMPT.id, f"person {n}", ReplyKind.THREAD, text, NOON) for n, text in enumerate(texts, 1))
