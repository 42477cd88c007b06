"""Drafts: a summary that a person goes through before anyone relies on it, and the changes made to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.models.summaries import Kind, Summary


class DraftState(StrEnum):
    """OPEN: under review. PUBLISHED: shown to staff. DROPPED: put aside, never published."""

    OPEN = "open"
    PUBLISHED = "published"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Reword:
    """Give a point a heading in the facilitator's words; empty words bring the verbatim heading back."""

    point: str
    words: str


@dataclass(frozen=True, slots=True)
class ChooseHeading:
    """Let the whole quote of a supporter, named by their message, head a point; a facilitator's own words go."""

    point: str
    message: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one point of several: the supporters of ``others`` join ``point``, each person once."""

    point: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Move supporters, named by their message, to another point, to a new one ("new"), or out of all ("")."""

    point: str
    messages: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class AddReplies:
    """Put replies that the draft read, named by their messages, on a point, or on a new one ("new")."""

    point: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say who supports a point: those named are confirmed, possible ones among them become supporters.

    ``unnamed`` are those whose words, as they were shown, name nobody: that is ticked too.
    """

    point: str
    messages: tuple[str, ...]
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowQuotes:
    """Choose which quotes of a point are shown; the others are counted only."""

    point: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameNobody:
    """Tick quotes of a point as naming nobody; those not named here are unticked."""

    point: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeQuote:
    """Show other words of a supporter's own reply; they must be verbatim in it."""

    point: str
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class SetKind:
    """Set a point's kind."""

    point: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class AddNote:
    """Add a reviewer's note to a point; an empty one takes it away."""

    point: str
    note: str


@dataclass(frozen=True, slots=True)
class DropPoint:
    """Take a point out of the summary; its supporters' replies stay read."""

    point: str


Change = (
    Reword
    | ChooseHeading
    | Merge
    | Move
    | AddReplies
    | Confirm
    | ShowQuotes
    | NameNobody
    | ChangeQuote
    | SetKind
    | AddNote
    | DropPoint
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A stored draft. ``held`` maps the ids of the replies that were read to pseudonyms; ``changes`` counts edits.

    ``message_id`` is its card in the facilitators' channel (None until it was posted). ``series_id`` is None for the
    draft of one prompt; ``prompt_id`` is None for the draft of a series.
    """

    id: int
    guild_id: int
    prompt_id: int | None
    series_id: int | None
    state: DraftState
    summary: Summary = field(repr=False)
    held: dict[str, str] = field(repr=False)
    changes: int
    made_at: datetime
    channel_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeMade:
    """A recorded change: who made it as a pseudonym, when, and what."""

    number: int
    person: str
    at: datetime
    what: Change = field(repr=False)


@dataclass(frozen=True, slots=True)
class Objection:
    """An answer to "That’s not what I meant": seen by reviewers only, listed until settled.

    ``summary_id`` is None if the summary's message was deleted since.
    """

    id: int
    guild_id: int
    summary_id: int | None
    person: str
    text: str = field(repr=False)
    made_at: datetime
    settled_at: datetime | None = None
    settled_how: str = ""
