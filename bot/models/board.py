"""What organisers and facilitators write for a board paper: its front sheet, its themes, and both sides of a matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.models import LabelledEnum
from bot.models.outcomes import PointRef


class Purpose(LabelledEnum):
    """Why a paper goes to a board."""

    DECISION = "decision", "For decision"
    ASSURANCE = "assurance", "For assurance"
    INFORMATION = "information", "For information"


@dataclass(frozen=True, slots=True)
class PaperTheme:
    """A name over several points, in a facilitator's words."""

    name: str
    points: tuple[PointRef, ...]


@dataclass(frozen=True, slots=True)
class WrittenDispute:
    """What divides people about a question, with both sides in a facilitator's words."""

    prompt_id: int
    matter: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class PaperFields:
    """All that people write for the paper of a series; "" and None if they have not.

    ``sponsor`` and ``author`` are roles, never names. ``summary`` has three lines at most. ``register`` are entries of
    the board's own list of risks, such as "BAF 3". ``summary_saw`` is the id of the newest published summary when the
    front sheet's summary was written; None if nobody noted it.
    """

    organisation: str = ""
    meeting: str = ""
    held_on: date | None = None
    agenda_item: str = ""
    title: str = ""
    sponsor: str = ""
    author: str = ""
    purpose: Purpose | None = None
    summary: str = field(default="", repr=False)
    recommendation: str = field(default="", repr=False)
    risks: str = field(default="", repr=False)
    register: str = field(default="", repr=False)
    equality: str = field(default="", repr=False)
    considered: str = field(default="", repr=False)
    summary_saw: int | None = None
    themes: tuple[PaperTheme, ...] = field(default=(), repr=False)
    disputes: tuple[WrittenDispute, ...] = field(default=(), repr=False)
