"""What a board paper is made of: the prompts of a series, what staff said of each, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.board.document import PointCheck
from bot.models.board import PaperFields
from bot.models.outcomes import Outcome, PointRef
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt, Series
from bot.models.replies import Reply
from bot.summaries.lifecycle.record import Record


@dataclass(frozen=True, slots=True)
class BoardPrompt:
    """A prompt of the series with its newest published summary, and what is stored of its replies."""

    prompt: Prompt
    record: Record
    replies: tuple[Reply, ...] = field(repr=False)
    private: tuple[PrivateReply, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class BoardSource:
    """All that a paper is made of. ``quotable`` are pseudonyms of those who may be quoted outside the server.

    ``outcomes`` is None if outcomes are no part of the paper; ``checks`` are results that may be shown, by point,
    and ``tapped`` how many people tapped about a prompt's points, 0 if that is not shown.
    ``missing`` tells, as labels with numbers, what of the series is no part of the paper.
    """

    series: Series
    prompts: tuple[BoardPrompt, ...]
    fields: PaperFields
    made_at: datetime
    time_zone: str = "UTC"
    quotable: frozenset[str] = frozenset()
    outcomes: tuple[Outcome, ...] | None = None
    checks: Mapping[PointRef, PointCheck] = field(default_factory=dict)
    tapped: Mapping[int, int] = field(default_factory=dict)
    missing: tuple[tuple[str, int], ...] = ()
