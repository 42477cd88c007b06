"""Everything that is stored about one person in one server, opened, to be shown to that person alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.models.checks import Check, CheckWords
from bot.models.outcomes import Outcome, PointRef
from bot.models.people import Action, Choices, Silence
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.reviews import Objection
from bot.models.suggestions import Suggestion
from bot.models.views import OwnPresses


@dataclass(frozen=True, slots=True)
class OwnReaction:
    """An emoji that the person put on a reply's message."""

    prompt_id: int
    message_id: int | None
    emoji: str


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A change that the person made to a draft, as a facilitator; ``what`` names its kind."""

    prompt_id: int | None
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """A stored summary that read replies of the person: how many it counts, and their words that are in it.

    ``shared_at`` says which message shows it: ids of channel and message. A draft that facilitators work on has None.
    """

    prompt_id: int
    counted: int
    quotes: tuple[str, ...] = field(repr=False)
    shared_at: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class PointOutcome:
    """What became of a point that a person's replies support: its name, its heading, and its newest outcome."""

    ref: PointRef
    heading: str = field(repr=False)
    outcome: Outcome = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tick:
    """A point on which a facilitator put a reply of the person: its name and heading, and the words that are there.

    ``shared_at`` says which message shows it, as above; None if only a draft has it.
    """

    ref: PointRef
    heading: str = field(repr=False)
    reply: str
    words: str = field(repr=False)
    shared_at: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is held about one person. ``prompts`` are those that anything here belongs to, by their ids.

    ``left_out`` holds the reasons for which facilitators left replies out of summaries, by the replies' ids. ``undone``
    are points off which they took their words. ``private`` are private replies to open prompts, ``missing`` is what
    they say is missing in open checks, and ``presses`` are what they tapped in either: after the end nobody can tell
    whose they are.
    """

    guild_id: int
    retention_days: int
    choices: Choices
    silences: tuple[Silence, ...]
    prompts: Mapping[int, Prompt]
    replies: tuple[Reply, ...] = field(default=(), repr=False)
    left_out: Mapping[int, str] = field(default_factory=dict, repr=False)
    private: tuple[PrivateReply, ...] = field(default=(), repr=False)
    reactions: tuple[OwnReaction, ...] = ()
    objections: tuple[Objection, ...] = field(default=(), repr=False)
    changes: tuple[OwnChange, ...] = ()
    actions: tuple[Action, ...] = ()
    uses: tuple[Use, ...] = ()
    suggestions: tuple[Suggestion, ...] = field(default=(), repr=False)
    became: tuple[PointOutcome, ...] = ()
    missing: tuple[tuple[Check, CheckWords], ...] = field(default=(), repr=False)
    presses: tuple[OwnPresses, ...] = field(default=(), repr=False)
    ticks: tuple[Tick, ...] = ()
    undone: tuple[PointRef, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is held."""
        written = self.replies, self.private, self.missing, self.objections, self.suggestions, self.changes
        others = self.presses, self.reactions, self.actions, self.uses, self.silences
        return not any((*written, *others)) and self.choices == Choices(self.choices.person)


@dataclass(frozen=True, slots=True)
class ErasedReplies:
    """What an erasure took: how many replies, and the prompts that lost any, or reactions to them.

    ``private`` counts the private replies to open prompts, which ``count`` does not.
    ``posted`` are the messages in which the bot shows replies that were sent by the form: ids of prompt and message.
    ``suggestion_cards`` are the messages that show suggestions to facilitators.
    """

    count: int = 0
    prompts: frozenset[int] = frozenset()
    posted: tuple[tuple[int, int], ...] = ()
    suggestion_cards: tuple[int, ...] = ()
    private: int = 0
