"""The facts that fill in the documents: the current settings of the program and of one server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.models.model_endpoint import ModelEndpoint
from bot.models.settings import BY_HAND, SETTINGS, Contact, GuildSettings, Kind

NOT_SET = "not set"


@dataclass(frozen=True, slots=True)
class ProgramSetting:
    """A setting of the program; the value of a secret one says only whether it is set."""

    name: str
    meaning: str
    value: str


@dataclass(frozen=True, slots=True)
class LanguageModelFacts:
    """The language model that a server switched on. It has no key, since a worker process writes the documents.

    ``is_outside`` says that its host was approved as one outside of the organisation's own network.
    """

    name: str
    host: str
    run_by: str
    is_outside: bool
    words_a_day: int
    gets_private: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the documents are made from. ``server`` is its name, or its number if the name is not known.

    ``made_on`` is a date in words. ``model`` is the folder of the model that summaries use, or empty if they use none.
    ``is_on_server`` says that the database is on a PostgreSQL server, and not in a file, and
    ``has_key_server`` that the keys of questions and checks are on one of their own.
    ``language_model`` is None where the program has none, or the server did not switch it on.
    """

    server: str
    settings: GuildSettings
    program: tuple[ProgramSetting, ...]
    made_on: str
    version: str
    model: str = ""
    is_on_server: bool = False
    has_key_server: bool = False
    language_model: LanguageModelFacts | None = None

    @property
    def is_by_hand(self) -> bool:
        """Whether a person reviews summaries before they are published."""
        return self.settings.publish == BY_HAND


def describe_language_model(
    endpoint: ModelEndpoint | None, settings: GuildSettings, server: str
) -> LanguageModelFacts | None:
    """Return what the documents say of the language model of a server; None where nothing is sent to one."""
    if endpoint is None or not settings.language_model:
        return None
    return LanguageModelFacts(
        name=endpoint.model,
        host=endpoint.host,
        run_by=endpoint.name_who_runs_it(settings, server),
        is_outside=endpoint.is_outside,
        words_a_day=endpoint.words_a_day,
        gets_private=settings.language_model_private,
    )


def server_settings(settings: GuildSettings) -> Iterator[tuple[str, str]]:
    """List every setting of a server with its label and its value in words."""
    for name, setting in SETTINGS.items():
        yield setting.label, _describe(setting.kind, getattr(settings, name))


def _describe(kind: Kind, value: Any) -> str:
    if kind is Kind.WORDS:  # they may name wards or projects, which have no place in a document
        return str(len(value))
    if kind is Kind.CONTACTS:
        return ", ".join(contact.label for contact in Contact if value.get(contact)) or NOT_SET
    if kind is Kind.TEXT:
        return str(value) if value else "the program's own"
    if kind is Kind.SWITCH:
        return "yes" if value else "no"
    return NOT_SET if value is None else str(value)
