"""Check and challenge: the points of a reviewed summary, put to staff once more, and their views of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.models import LabelledEnum
from bot.models.private import Quoting

LEAST_VIEWS = 5
"""Of fewer people, no figures are shown."""
NOWHERE = 0
"""In place of the id of a message that is gone."""


class Answer(LabelledEnum):
    """What a person says of one point; the label is what they choose."""

    TRUE = "true", "true where I work"
    PARTLY = "partly", "partly"
    NOT = "not", "not where I work"
    UNKNOWN = "unknown", "do not know"

    @property
    def brief(self) -> str:
        """The label the shortest way, for a row of numbers."""
        return self.label.removesuffix(" where I work")


class CheckState(StrEnum):
    """OPEN: views are taken. ENDED: results may be shown once the key is destroyed."""

    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """A point as it was put to staff: its name in the published summary, and its heading then.

    ``verbatim`` says that the heading is in a reply as it stands; otherwise it is a facilitator's.
    """

    ref: str
    heading: str
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a prompt's published summary. ``claim`` is a random token for the card's buttons."""

    id: int
    guild_id: int
    prompt_id: int
    claim: str
    state: CheckState
    points: tuple[CheckPoint, ...]
    started_at: datetime
    ends_at: datetime
    released_at: datetime | None = None
    channel_id: int | None = None
    message_id: int | None = None
    result_id: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One person's view, opened. ``answers`` are by the points' names; ``missing`` is what they say is missing.

    ``id`` is 32 random hex digits; ``day`` is all that is kept of its time, and after the release the day of that.
    ``quoting`` is what its author allows of ``missing``, which is empty after the release: then it is a private reply.
    """

    id: str
    check_id: int
    day: date
    answers: Mapping[str, Answer] = field(repr=False)
    missing: str = field(default="", repr=False)
    quoting: Quoting = Quoting.COUNT
    group: str = ""
