"""What a server's managers have set with /setup. Each setting is declared once, with its range and every text about it.

The card of /setup, its forms, the documents and the register of what is stored read the declaration.
Another setting takes a field here, its place in a form, its column, a migration, and the code that obeys it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum, StrEnum
from typing import Any

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


class Kind(Enum):
    """What a setting holds: it decides how people choose it, and how its value is shown."""

    TEXT_OR_FORUM = "a text channel or a forum"
    TEXT_CHANNEL = "a text channel"
    TEXT_OR_NEWS = "a text channel, or one of Discord’s announcement channels"
    ROLE = "a role"
    TIME_ZONE = "an IANA time zone"
    NUMBER = "a whole number"
    DAYS = "a number of days"
    CHOICE = "one of a few words"
    SWITCH = "on or off"
    TIME = "a local time, HH:MM"
    TEXT = "free text"
    CONTACTS = "contacts by Contact’s values"
    WORDS = "a list of words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting's kind, its value at first, and its texts. Numbers go from ``least`` to ``most``, both included.

    ``label`` names it in documents, ``stored`` says in the register what its column holds, and ``docs`` is how the
    handbook for admins names it. ``card`` is its line on the card of /setup, with the value in place of {}. ``ask``
    names it in its form, and ``hint`` is the line below. A text that is empty leaves its place out.
    """

    kind: Kind
    default: Any = None
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    label: str
    stored: str
    docs: str
    card: str = ""
    unset: str = "not set"
    ask: str = ""
    hint: str = ""
    needs_model: bool = False
    """Whether it is shown only where the program has a language model."""

    def as_field(self) -> Any:
        """Make a field of a dataclass with the setting's default, which carries the setting."""
        carried = {"setting": self}
        if isinstance(self.default, dict):
            return field(default_factory=self.default.copy, metadata=carried)
        return field(default=self.default, metadata=carried)


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """One server's settings. Ids are Discord's; None means not set.

    ``publish`` says whether the draft of a closed prompt waits for a reviewer (BY_HAND) or is published (AT_ONCE).
    ``contacts`` are the organisation's own, by Contact's values. With ``reminders``, a prompt's thread is reminded
    once, half-way, and never between ``quiet_from`` and ``quiet_to``.
    """

    guild_id: int
    prompts_channel_id: int | None = Setting(
        kind=Kind.TEXT_OR_FORUM,
        label="Prompts channel (its number at Discord)",
        stored="where prompts are posted",
        docs="prompts channel",
        card="Prompts channel: {}",
        ask="Prompts channel",
        hint="Where staff read and talk. A text channel or a forum.",
    ).as_field()
    facilitators_channel_id: int | None = Setting(
        kind=Kind.TEXT_CHANNEL,
        label="Facilitators’ channel (its number at Discord)",
        stored="where facilitators are told of things",
        docs="facilitators' channel",
        card="Facilitators’ channel: {}",
        ask="Facilitators’ channel",
        hint="Where the bot tells facilitators what needs them.",
    ).as_field()
    facilitator_role_id: int | None = Setting(
        kind=Kind.ROLE,
        label="Facilitator role (its number at Discord)",
        stored="the role of facilitators",
        docs="facilitator role",
        card="Facilitator role: {}",
        ask="Facilitator role",
        hint="Who loads reports and posts prompts.",
    ).as_field()
    organiser_role_id: int | None = Setting(
        kind=Kind.ROLE,
        label="Organiser role (its number at Discord)",
        stored="the role of organisers",
        docs="organiser role",
        card="Organiser role: {}",
        ask="Organiser role",
        hint="Who reads summaries, with facilitators.",
    ).as_field()
    ping_role_id: int | None = Setting(
        kind=Kind.ROLE,
        label="Role that is told of a new prompt (its number at Discord)",
        stored="the role that is told of a new prompt",
        docs="ping role",
        card="Role to ping with a prompt: {}",
        unset="nobody",
        ask="Role to ping with a prompt",
        hint="Leave it empty to ping nobody.",
    ).as_field()
    time_zone: str = Setting(
        kind=Kind.TIME_ZONE,
        default="Europe/London",
        label="Time zone",
        stored="the time zone of slots and dates",
        docs="time zone",
        card="Time zone: {}",
        ask="Time zone",
        hint="Area and city, or a city alone.",
    ).as_field()
    open_days: int = Setting(
        kind=Kind.DAYS,
        default=14,
        least=1,
        most=90,
        label="Days that a prompt is open",
        stored="how many days a prompt is open",
        docs="open days",
        card="A prompt stays open for {}",
        ask="Days that a prompt stays open",
        hint="A number from 1 to 90.",
    ).as_field()
    answer_days: int | None = Setting(
        kind=Kind.DAYS,
        least=1,
        most=180,
        label="Days in which the board answers a closed prompt",
        stored="in how many days after its closing the board answers a prompt",
        docs="answer days",
        card="Time for the board’s answer, after a prompt closes: {}",
        unset="not set",
        ask="Days until the board answers",
        hint="Counted from closing, 1 to 180. Staff read the date on each card. Leave it empty for no date.",
    ).as_field()
    publish: str = Setting(
        kind=Kind.CHOICE,
        default=BY_HAND,
        choices=(
            ("Waits for a facilitator to check it", BY_HAND),
            ("Is published at once", AT_ONCE),
        ),
        label="Summaries are published",
        stored="whether summaries wait for a reviewer",
        docs="publish",
        card="Summaries are published: {}",
        ask="When a prompt closes, its summary",
        hint="A summary published at once says that nobody has checked it.",
    ).as_field()
    announcements_channel_id: int | None = Setting(
        kind=Kind.TEXT_OR_NEWS,
        label="Announcements channel (its number at Discord)",
        stored="where published summaries are posted too",
        docs="announcements channel",
        card="Announcements channel: {}",
        ask="Announcements channel",
        hint="Where a published summary is posted too. Leave it empty to post it in its thread only.",
    ).as_field()
    retention_days: int = Setting(
        kind=Kind.DAYS,
        default=365,
        least=30,
        most=3650,
        label="Days that replies are kept after their prompt closed",
        stored="how many days replies are kept after their prompt closes",
        docs="retention",
        card="Replies are erased {} after their prompt closes",
        ask="Days that replies are kept",
        hint="Counted from closing, 30 to 3650. Facilitators are told at least 30 days before any are erased.",
    ).as_field()
    group_threshold: int = Setting(
        kind=Kind.NUMBER,
        default=11,
        least=5,
        most=100,
        label="People that a staff group needs to be shown",
        stored="how many people a staff group needs to be shown",
        docs="staff groups",
        card="Staff groups are shown if they have {} people or more",
        ask="People that a staff group needs to be shown",
        hint="A number from 5 to 100. Smaller groups are hidden.",
    ).as_field()
    contacts: Mapping[str, str] = Setting(
        kind=Kind.CONTACTS,
        default={},
        label="Contacts",
        stored="the organisation’s contacts, as its managers wrote them",
        docs="contacts",
        card="Contacts: {} set",
    ).as_field()
    house_rules: str = Setting(
        kind=Kind.TEXT,
        default="",
        label="House rules",
        stored="the house rules, as its managers wrote them",
        docs="house rules",
        card="House rules: {}",
        unset="the bot’s own",
    ).as_field()
    removed_words: tuple[str, ...] = Setting(
        kind=Kind.WORDS,
        default=(),
        label="Words that are taken out of replies (how many)",
        stored="words that are taken out of replies before they are stored",
        docs="words to remove",
        card="Words to remove: {} (/moderation)",
    ).as_field()
    reminders: bool = Setting(
        kind=Kind.SWITCH,
        default=False,
        label="One reminder a prompt, half-way",
        stored="whether a prompt’s thread is reminded once",
        docs="reminders",
        card="One reminder half-way through each prompt: {}",
        ask="Remind each thread once, half-way",
        hint="The bot waits while people are talking there.",
    ).as_field()
    quiet_from: str = Setting(
        kind=Kind.TIME,
        default="20:00",
        label="No reminders from",
        stored="from when no reminder is posted",
        docs="quiet hours",
        card="Quiet hours for reminders begin: {}",
        ask="No reminders from",
        hint="A time, like 20:00.",
    ).as_field()
    quiet_to: str = Setting(
        kind=Kind.TIME,
        default="08:00",
        label="No reminders until",
        stored="until when no reminder is posted",
        docs="quiet hours",
        card="Quiet hours for reminders end: {}",
        ask="No reminders until",
        hint="A time, like 08:00. The same time twice means no quiet hours.",
    ).as_field()
    language_model: bool = Setting(
        kind=Kind.SWITCH,
        default=False,
        label="Replies are sent to a language model, which groups them",
        stored="whether replies are sent to the organisation’s language model",
        docs="language model",
        card="A language model helps sort replies: {}",
        ask="A language model helps sort replies",
        hint="For questions posted from now on. Switched off, nothing more is sent, and its answers are deleted.",
        needs_model=True,
    ).as_field()
    language_model_private: bool = Setting(
        kind=Kind.SWITCH,
        default=False,
        label="Private replies are sent to it too",
        stored="whether private replies are sent to the language model too",
        docs="language model and private replies",
        card="It gets private replies too: {}",
        ask="It gets private replies too",
        hint="Once facilitators have read them, and nobody can tell who wrote them.",
        needs_model=True,
    ).as_field()

    def announced_in(self, channel_id: int) -> int | None:
        """Return where a summary of a prompt in a channel is posted too; None for a try-out among facilitators."""
        return None if channel_id == self.facilitators_channel_id else self.announcements_channel_id


SETTINGS: Mapping[str, Setting] = {
    each.name: each.metadata["setting"] for each in fields(GuildSettings) if each.name != "guild_id"
}
"""Every setting of a server by its field, in the order of /setup."""
