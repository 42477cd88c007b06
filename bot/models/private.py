"""Private replies: sent by a form, never posted, and no longer anybody's once their prompt closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

LEAST_SHOWN = 5
"""Private replies of fewer people are never shown."""


class Quoting(StrEnum):
    """What the author of a private reply allows.

    YES: its words may be shown. COUNT: it is only counted. RETOLD: a facilitator may say it in their own words.
    """

    YES = "yes"
    COUNT = "count"
    RETOLD = "retold"


@dataclass(frozen=True, slots=True)
class PrivateReply:
    """A private reply, opened. ``id`` is 32 random hex digits; ``day`` is all that is kept of its time.

    ``group`` is one of STAFF_GROUPS or empty. ``left_out`` is the reason for which a reviewer left it out. With
    ``modelled``, its author was told that it may be sent to a language model, and did not say no.
    """

    id: str
    prompt_id: int
    text: str = field(repr=False)
    day: date
    quoting: Quoting
    group: str = ""
    manages: bool = False
    left_out: str = field(default="", repr=False)
    modelled: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Private replies of at least LEAST_SHOWN people to one prompt, which were released together.

    ``seen_at`` is when a reviewer let them into summaries. ``replies`` is how many are left: one can be withdrawn with
    its code. With ``check_id``, they say what a summary of the prompt misses, and were given in that check.
    """

    id: int
    guild_id: int
    prompt_id: int
    released_on: date
    seen_at: datetime | None = None
    replies: int = 0
    check_id: int | None = None
