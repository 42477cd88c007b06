"""The facts that the documents are filled with: the settings as they are, of the program and of one server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from bot.models.settings import BY_HAND, Contact, GuildSettings

NOT_SET = "not set"
LABELS = {
    "prompts_channel_id": "Prompts channel (its number at Discord)",
    "facilitators_channel_id": "Facilitators’ channel (its number at Discord)",
    "facilitator_role_id": "Facilitator role (its number at Discord)",
    "organiser_role_id": "Organiser role (its number at Discord)",
    "ping_role_id": "Role that is told of a new prompt (its number at Discord)",
    "time_zone": "Time zone",
    "open_days": "Days that a prompt is open",
    "publish": "Summaries are published",
    "announcements_channel_id": "Announcements channel (its number at Discord)",
    "retention_days": "Days that replies are kept after their prompt closed",
    "group_threshold": "People that a staff group needs to be shown",
    "contacts": "Contacts",
    "house_rules": "House rules",
    "removed_words": "Words that are taken out of replies (how many)",
    "reminders": "One reminder a prompt, half-way",
    "quiet_from": "No reminders from",
    "quiet_to": "No reminders until",
}


@dataclass(frozen=True, slots=True)
class ProgramSetting:
    """A setting of the program; the value of a secret one says only whether it is set."""

    name: str
    meaning: str
    value: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the documents are made from. ``server`` is its name, or its number where the name is not known.

    ``made_on`` is a date in words. ``model`` names the folder of a model that summaries use; empty for words alone.
    """

    server: str
    settings: GuildSettings
    program: tuple[ProgramSetting, ...]
    made_on: str
    version: str
    model: str = ""

    @property
    def is_by_hand(self) -> bool:
        """Whether a person reviews summaries before they are published."""
        return self.settings.publish == BY_HAND


def server_settings(settings: GuildSettings) -> Iterator[tuple[str, str]]:
    """Return every setting of a server with its label and its value in words."""
    for field in fields(settings):
        if field.name != "guild_id":
            yield LABELS[field.name], _told(field.name, settings)


def _told(name: str, settings: GuildSettings) -> str:
    if name == "removed_words":  # they may name wards or projects, which have no place in a document
        return str(len(settings.removed_words))
    if name == "contacts":
        named = [contact.label for contact in Contact if settings.contacts.get(contact)]
        return ", ".join(named) or NOT_SET
    if name == "house_rules":
        return settings.house_rules or "those that come with the program"
    value = getattr(settings, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return NOT_SET if value is None else str(value)
