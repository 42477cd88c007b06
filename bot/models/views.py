"""Statements that others may answer with one press, what a person presses, and what is counted of it at the closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.models import LabelledEnum
from bot.models.checks import Check
from bot.models.prompts import Prompt

LEAST_PRESSES = 5
"""From so many people on who pressed, and did nothing else that everybody can read, a number holds them."""
MOST_OFFERED = 12
"""Statements that facilitators are offered at a time."""
LEAST_REPLIES = 5
"""From so many replies on, statements are offered."""


class Choice(LabelledEnum):
    """What a person presses about a statement. The values have one length, so that what is sealed tells nothing."""

    SAME = "s", "Same here"
    DIFFERENT = "d", "Different here"
    SKIP = "k", "Skip"


class StatementState(StrEnum):
    """OFFERED: facilitators are asked. SHOWN: others may answer it. DECLINED: not shown, or taken back."""

    OFFERED = "offered"
    SHOWN = "shown"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole thought of a reply, verbatim, that others may say "Same here" to.

    ``mark`` is a random token by which buttons name it and under which presses lie. ``reply_id`` is the reply whose
    words it holds, ``others`` are replies that say the same in nearly the same words; ``authors`` are the pseudonyms of
    all of them. ``is_ticked`` says that it is shown once its offer is approved.
    """

    id: int
    prompt_id: int
    offer_id: int
    mark: str
    state: StatementState
    text: str = field(repr=False)
    reply_id: int
    others: tuple[int, ...] = ()
    authors: frozenset[str] = frozenset()
    is_ticked: bool = True

    @property
    def replies(self) -> tuple[int, ...]:
        """The replies that say it, the one with its words first."""
        return self.reply_id, *self.others


@dataclass(frozen=True, slots=True)
class Offer:
    """Statements that facilitators are asked about at one time; ``decided_at`` is None until somebody answered."""

    id: int
    prompt_id: int
    guild_id: int
    made_at: datetime
    decided_at: datetime | None = None
    channel_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewStatement:
    """A statement that the program proposes: its words, verbatim in the first reply, and the replies that say it."""

    text: str = field(repr=False)
    reply_id: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementTotal:
    """What was counted of one statement at the closing, once, before nobody could tell who pressed.

    ``known`` are the pseudonyms of those who stood with it by what everybody can read: its authors, who answered in
    agreement, who reacted. ``same`` and ``different`` count the people who pressed each; ``others`` counts those who
    pressed "Same here" and are not among ``known``. ``replies`` are the replies that say it, the one with its words
    first.
    """

    text: str = field(repr=False)
    replies: tuple[int, ...]
    same: int
    different: int
    others: int
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ViewTotals:
    """What was counted of a prompt at its closing. ``people`` is how many pressed "Same here" or "Different here"."""

    people: int = 0
    statements: tuple[StatementTotal, ...] = ()


@dataclass(frozen=True, slots=True)
class PressCount:
    """What was pressed about one statement or point: how many people "Same here", how many "Different here".

    ``others`` counts those who pressed "Same here" and are not known from what everybody can read.
    """

    same: int = 0
    different: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class PointViews:
    """What may be shown of the presses behind a point, if LEAST_PRESSES people did no more than press.

    Of fewer, everybody could work out how many they are: of a number, they can read who wrote, answered and reacted.

    ``people`` is how many made themselves count for it, each once: they wrote it, answered in agreement, reacted, were
    ticked, or pressed "Same here"; with ``at_least``, there may be more. ``differs`` says that at least LEAST_PRESSES
    people stand on each side.
    """

    people: int
    at_least: bool = False
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a person is asked about: a statement, or a point of a summary. ``mark`` names it in buttons.

    ``is_quote`` says that the words are somebody's own.
    """

    mark: str
    text: str = field(repr=False)
    is_quote: bool = True


@dataclass(frozen=True, slots=True)
class OpenRound:
    """What one person can be asked about a prompt or a check, in their order, and what they pressed so far.

    ``until`` is when it ends. ``next`` are the marks of subjects that they have not pressed about, in the order in
    which they come; ``pressed`` are the others. ``reply_claim`` is the claim of the prompt to which they can reply with
    their name; empty if its thread is gone.
    """

    owner: Prompt | Check
    until: datetime
    subjects: Mapping[str, Subject]
    pressed: Mapping[str, Choice]
    next: tuple[str, ...]
    reply_claim: str = ""

    @property
    def is_check(self) -> bool:
        """Whether they are asked about the points of a summary."""
        return isinstance(self.owner, Check)


@dataclass(frozen=True, slots=True)
class OwnPresses:
    """What a person pressed about a prompt, or its check: words, empty if these are not shown now, and choices."""

    owner: Prompt | Check
    pressed: tuple[tuple[str, Choice], ...] = field(repr=False)

    @property
    def prompt_id(self) -> int:
        """The prompt that it belongs to."""
        return self.owner.prompt_id if isinstance(self.owner, Check) else self.owner.id
