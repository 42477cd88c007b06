"""Outcomes: what became of the points of a published summary, told to those who made them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.models import LabelledEnum


class OutcomeState(LabelledEnum):
    """NOT_POSSIBLE always comes with its reason. The label is what everybody reads: staff, organisers and a board."""

    DONE = "done", "Done"
    DOING = "doing", "Under way"
    NOT_YET = "not yet", "Not yet"
    NOT_POSSIBLE = "not possible", "Not possible"


class Progress(LabelledEnum):
    """How far a promise is on a day, in the order in which a follow-up paper tells it: its state, unless it is late."""

    LATE = "late", "Late"
    DOING = "doing", OutcomeState.DOING.label
    NOT_YET = "not yet", OutcomeState.NOT_YET.label
    DONE = "done", OutcomeState.DONE.label
    NOT_POSSIBLE = "not possible", OutcomeState.NOT_POSSIBLE.label


@dataclass(frozen=True, slots=True, order=True)
class PointRef:
    """A point of the published summary of a prompt; written ``P12-3`` for people."""

    prompt_id: int
    ref: str

    def __str__(self) -> str:
        return f"P{self.prompt_id}-{self.ref}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an organiser says of one or several points.

    ``owner`` is a role such as "Director of Nursing", and never a person. ``reason`` is required where it is not
    possible, and is empty elsewhere.
    """

    state: OutcomeState
    what: str
    reason: str = ""
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A stored outcome; ``changes`` counts how often it was changed since it was made."""

    id: int
    guild_id: int
    points: tuple[PointRef, ...]
    decided: Decision
    made_at: datetime
    changed_at: datetime | None = None
    changes: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """An outcome as it was at a moment, with the pseudonym of who set it so."""

    number: int
    person: str
    at: datetime
    decided: Decision = field(repr=False)
