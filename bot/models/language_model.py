"""What is asked of a language model that an organisation runs, and how it is reached; its answer is not yet trusted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Purpose(StrEnum):
    """What a request is for; it is logged, and never anything that people wrote."""

    GROUPS = "groups"
    MERGE = "merge"
    QUESTIONS = "questions"
    WEEKS = "weeks"
    TRIAL = "trial"
    """Whether it answers at all; nobody's words go out."""


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One call: fixed instructions, the words that go out as data, and the JSON schema that an answer has to fit.

    ``may_go`` says whether the words may still go out. It is asked right before each time that they are sent, since a
    call can wait for minutes, and people change their minds meanwhile.
    """

    purpose: Purpose
    instructions: str
    data: str
    schema: Mapping[str, Any]
    most_tokens: int
    may_go: Callable[[], Awaitable[bool]] | None = field(default=None, compare=False, repr=False)


class LanguageModel(Protocol):
    """An endpoint that answers one request at a time. The same request gets temperature 0 and the same seed."""

    async def ask(self, request: ModelRequest) -> str:
        """Return the answer as it came, at most 1 MB of text. Raises ModelError, which says why, if there is none."""
