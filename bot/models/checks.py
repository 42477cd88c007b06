"""Check and challenge: staff are asked about the points of a reviewed summary, and say what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.models.private import Quoting

NOWHERE = 0
"""In place of the id of a message that is gone."""


class CheckState(StrEnum):
    """OPEN: presses are taken. ENDED: results may be shown once the key is destroyed."""

    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """A point as staff saw it: its name in the published summary, and its heading then.

    ``verbatim`` says that the heading is in a reply as it is; otherwise it is a facilitator's. ``mark`` names its
    words in buttons and among what was pressed: its place in two digits, and how often it got other words in two.
    """

    ref: str
    heading: str
    verbatim: bool = True
    mark: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks that it has had, the one of its words now last."""
        place, edition = self.mark[:2], int(self.mark[2:])
        return tuple(f"{place}{number:02}" for number in range(edition + 1))


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

    @property
    def asked(self) -> tuple[CheckPoint, ...]:
        """The points that people can be asked about: those that have their words."""
        return tuple(point for point in self.points if point.heading)


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What one person says is missing, opened, and what they allow of it; a private reply once the check has ended.

    ``id`` is 32 random hex digits; ``day`` is all that is kept of its time.
    """

    id: str
    check_id: int
    day: date
    text: str = field(repr=False)
    quoting: Quoting = Quoting.COUNT
