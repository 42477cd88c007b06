"""Series, slots and prompts: what is posted where and when. Times are aware UTC unless a name says local."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class SeriesState(StrEnum):
    """NEW: made, and not started yet."""

    NEW = "new"
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekly slot: weekday (Monday is 0), a local time of day and the IANA time zone in which it is local."""

    weekday: int
    local_time: time
    time_zone: str
    first_date: date
    left_out: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Series:
    """An ordered run of excerpts in one channel at a weekly slot.

    ``excerpt_ids`` is the whole run in order; ``posted_ids`` are those that have had their prompt in this series.
    ``slots_after`` is the moment after which slots count (set at creation, and again by resuming).
    """

    id: int
    guild_id: int
    title: str
    channel_id: int
    slot: Slot
    state: SeriesState
    slots_after: datetime
    invited: int | None = None
    excerpt_ids: tuple[int, ...] = ()
    posted_ids: frozenset[int] = frozenset()

    @property
    def waiting_ids(self) -> tuple[int, ...]:
        """The excerpts still to be posted, in order."""
        return tuple(i for i in self.excerpt_ids if i not in self.posted_ids)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a prompt, frozen when it is posted, so that later edits of the library do not change them.

    ``answer_days`` is in how many days after its closing the board answers, as its card promises. ``model_host`` is the
    host of the language model that replies may be sent to, as its card says, and ``model_run_by`` who runs that; both
    are empty where nothing may be sent. With ``model_private``, the card says so of private replies too.
    """

    text: str
    own_words: bool
    question: str
    source_title: str
    publisher: str = ""
    year: int | None = None
    address: str = ""
    licence: str = ""
    heading: str = ""
    place: str = ""
    series_title: str = ""
    number: int | None = None
    answer_days: int | None = None
    model_host: str = ""
    model_run_by: str = ""
    model_private: bool = False


class PromptState(StrEnum):
    """CLAIMED: the slot is taken, nothing is known to be sent. OPEN: posted. CLOSED: thanked. FAILED: not posted."""

    CLAIMED = "claimed"
    OPEN = "open"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WatchedPrompt:
    """What every message and every reading of a thread asks of a prompt: held in memory of all that were posted."""

    id: int
    guild_id: int
    channel_id: int
    state: PromptState
    message_id: int | None = field(default=None, kw_only=True)
    thread_id: int | None = field(default=None, kw_only=True)
    notice_id: int | None = field(default=None, kw_only=True)
    closed_at: datetime | None = field(default=None, kw_only=True)
    gone_at: datetime | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Prompt(WatchedPrompt):
    """One excerpt with its question, posted in a channel. It owns one thread.

    ``claim`` is a random token (16 hex digits) that is in the custom_id of the card's buttons. At ``released_at``
    the key of its private replies was destroyed; at ``frozen_at`` its replies were erased because their time was over.
    ``shows_others`` says that its card leads to statements of others, and ``others_id`` is the line that told so.
    """

    claim: str
    wording: Wording
    claimed_at: datetime
    closes_at: datetime
    series_id: int | None = None
    excerpt_id: int | None = None
    slot_at: datetime | None = None
    closing_id: int | None = None
    posted_at: datetime | None = None
    late: bool = False
    keep_reason: str = ""
    released_at: datetime | None = None
    retention_told_at: datetime | None = None
    frozen_at: datetime | None = None
    reminded_at: datetime | None = None
    reminder_id: int | None = None
    shows_others: bool = False
    others_id: int | None = None

    @property
    def ends_at(self) -> datetime:
        """The same as ``closes_at``, under the name that checks use: its key can last until then."""
        return self.closes_at

    @property
    def is_held_back(self) -> bool:
        """Whether its thread was deleted and no facilitator keeps its replies, so that no new summary reads them."""
        return self.gone_at is not None and not self.keep_reason


@dataclass(frozen=True, slots=True)
class PromptCount:
    """A prompt with its figures: distinct people, and replies held."""

    prompt: Prompt
    people: int
    replies: int


@dataclass(frozen=True, slots=True)
class NewPrompt:
    """What is needed to claim a prompt before it is sent."""

    guild_id: int
    channel_id: int
    wording: Wording
    closes_at: datetime
    excerpt_id: int | None
    series_id: int | None = None
    slot_at: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class NewSeries:
    """What a facilitator says when a series is made."""

    guild_id: int
    title: str
    channel_id: int
    slot: Slot
    excerpt_ids: tuple[int, ...] = field(default=())
    invited: int | None = None
