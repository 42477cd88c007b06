"""Where a language model of an organisation's own answers, as the program's settings name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.models.settings import Contact, GuildSettings

CALLS_AT_ONCE = 1
SECONDS = 300
WORDS_A_DAY = 500_000


@dataclass(frozen=True, slots=True)
class ModelEndpoint:
    """An OpenAI-compatible endpoint. ``url`` is its base, such as http://127.0.0.1:8080/v1; ``key`` is never shown.

    ``approved_host`` is the one host outside of this machine and its private network that words may go to, or empty.
    ``run_by`` is who runs the model, as people read it; empty means the organisation that /setup names.
    ``seconds`` is the longest that one call can take, ``words_a_day`` the most words that go out on one day.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    approved_host: str = ""
    run_by: str = ""
    words_a_day: int = WORDS_A_DAY
    seconds: int = SECONDS
    calls_at_once: int = CALLS_AT_ONCE

    @property
    def host(self) -> str:
        """The host of the address, in lower case and without a port: where words go, as people are told."""
        return (urlsplit(self.url).hostname or "").casefold()

    @property
    def is_outside(self) -> bool:
        """Whether an administrator approved the host as one outside of the organisation's own network."""
        return bool(self.approved_host) and self.approved_host == self.host

    def name_who_runs_it(self, settings: GuildSettings, server: str = "") -> str:
        """Name who runs the model: as the program's setting says, or the organisation of a server's data controller.

        Without either, it is the server's name, or "this organisation".
        """
        controller = settings.contacts.get(Contact.CONTROLLER, "").partition(",")[0].strip()
        return self.run_by or controller or server or "this organisation"
