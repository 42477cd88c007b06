"""People as the store knows them: what a person chose for themselves, in one server."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

STAFF_GROUPS = (
    "Medical and dental",
    "Nursing and midwifery",
    "Allied health professionals",
    "Scientific and technical",
    "Healthcare scientists",
    "Additional clinical services",
    "Administrative and clerical",
    "Estates and ancillary",
    "Students",
    "Volunteers",
    "Primary care",
    "Social care",
)
"""What a person may say of themselves; nothing said is an answer too, and pay bands are never asked for."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A person's own choices in a server; the defaults are what holds before they choose.

    ``stopped``: nothing they write is collected. ``quotes``: they may be quoted outside of the server;
    ``refused``: they said no to that, or took it back, and are quoted inside neither. ``notices``: they allow direct
    messages. ``group`` is one of STAFF_GROUPS, or empty. ``shown``: others may be shown what they wrote, to say whether
    it is the same with them. ``modelled``: what they wrote may be sent to the organisation's language model.
    """

    person: str
    stopped: bool = False
    quotes: bool = False
    notices: bool = False
    group: str = ""
    manages: bool = False
    refused: bool = False
    shown: bool = True
    modelled: bool = True

    @property
    def keeps_from_model(self) -> bool:
        """Whether nothing they wrote may be sent to a language model, whenever they wrote it."""
        return self.stopped or not self.modelled

    @property
    def keeps_back(self) -> bool:
        """Whether nothing they wrote may be shown to others as a question."""
        return self.stopped or self.refused or not self.shown


@dataclass(frozen=True, slots=True)
class Silence:
    """A time in which nothing that a person wrote was collected; ``until`` is None while it lasts."""

    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Say whether a moment lies in it."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody did that others may ask about: a reply left out, an export, a message removed.

    ``person`` is the pseudonym of who did it, empty for the bot itself. ``subject`` names what it was done to, without
    anybody's words; ``reason`` is in the words of who did it.
    """

    id: int
    guild_id: int
    at: datetime
    person: str
    action: str
    subject: str
    reason: str = field(default="", repr=False)
    prompt_id: int | None = None
