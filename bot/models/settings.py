"""What a server's managers have set with /setup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

BY_HAND = "by hand"
AT_ONCE = "at once"


class Contact(StrEnum):
    """Whom an organisation names: for concerns, for support, and for questions about data."""

    SPEAK_UP = "speak_up"
    SAFEGUARDING = "safeguarding"
    STAFF_SUPPORT = "staff_support"
    COMPLAINTS = "complaints"
    CONTROLLER = "controller"
    DATA_PROTECTION_OFFICER = "data_protection_officer"

    @property
    def label(self) -> str:
        """What people read, such as "Freedom to Speak Up guardian"."""
        return _LABELS[self.value]


_LABELS = {
    "speak_up": "Freedom to Speak Up guardian",
    "safeguarding": "Safeguarding",
    "staff_support": "Staff support",
    "complaints": "Complaints about how data is used",
    "controller": "Data controller",
    "data_protection_officer": "Data protection officer",
}


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """One server's settings. Ids are Discord's; None means not set.

    ``publish`` says whether the draft of a closed prompt waits for a reviewer (BY_HAND) or is published (AT_ONCE).
    Replies are erased ``retention_days`` after their prompt closed. Breakdowns show staff groups of ``group_threshold``
    people or more. ``contacts`` are the organisation's own, by Contact's values; ``removed_words`` are taken out of
    replies before they are stored. With ``reminders``, a prompt's thread is reminded once, half-way, and never between
    ``quiet_from`` and ``quiet_to`` (local times, HH:MM).
    """

    guild_id: int
    prompts_channel_id: int | None = None
    facilitators_channel_id: int | None = None
    facilitator_role_id: int | None = None
    organiser_role_id: int | None = None
    ping_role_id: int | None = None
    time_zone: str = "Europe/London"
    open_days: int = 14
    publish: str = BY_HAND
    announcements_channel_id: int | None = None
    retention_days: int = 365
    group_threshold: int = 11
    contacts: Mapping[str, str] = field(default_factory=dict)
    house_rules: str = ""
    removed_words: tuple[str, ...] = ()
    reminders: bool = False
    quiet_from: str = "20:00"
    quiet_to: str = "08:00"
