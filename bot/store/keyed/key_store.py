"""What a home of keys has to be able to do, in a file or on a server of its own.

Repositories ask for these verbs alone, so that none of them knows which home it has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.models.database_server import Place
from bot.store.faults import StoreError
from bot.store.keyed.key_dates import KeyDate

HAS_ENDED = "This has closed, so nothing more can be taken here."


class NotDestroyedError(StoreError):
    """A key was deleted, and a trace of it may still be there. Try again later."""


class AwayError(StoreError):
    """The keys can't be asked just now, and can be later: whatever needs them waits, as for the database."""


class EndedError(StoreError):
    """A key is asked for again that was destroyed: the database says that its owner is open, and is wrong."""


class KeyStore(Protocol):
    """One random key of 32 bytes for each open prompt and check in which somebody pressed or wrote privately.

    An owner is the prompt or the check that a key belongs to. Nothing keeps a key in memory longer than a call, so
    none is used that another program has destroyed. Each verb raises StoreError if the keys cannot be used, or belong
    to another database.
    """

    @property
    def place(self) -> Place:
        """Where the keys are."""

    def of_checks(self) -> KeyStore:
        """Return the keys of checks, in the same home."""

    def of_marks(self) -> KeyStore:
        """Return the salts of the marks of erased reactions, by prompt, in the same home."""

    async def prepare(self, *, may_write: bool) -> None:
        """Make what is missing, finish what was cut short, and raise StoreError for what has to be mended first."""

    async def make(self, owner_id: int, claim: str = "", ends_at: datetime | None = None) -> bytes:
        """Return an owner's key; make it if there is none, with the date at which it has to end.

        The date of a key that is there stays. Raises EndedError if this owner's key was destroyed.
        """

    async def find(self, owner_ids: Collection[int]) -> Mapping[int, bytes]:
        """Return the keys of those of these owners that have one."""

    async def owner_ids(self) -> frozenset[int]:
        """Return the owners that have a key."""

    async def dates(self) -> Mapping[int, KeyDate]:
        """Return until when each key may last, by its owner; OVER where somebody altered its date."""

    async def ended(self) -> Mapping[int, str]:
        """Return the owners whose key was destroyed, with their claims."""

    async def adopt(self, dates: Mapping[int, KeyDate], ended: Mapping[int, str]) -> None:
        """Complete keys from before they had dates, once, from what the database says.

        ``dates`` are those of unreleased owners; ``ended`` are owners whose key had been destroyed and whose rows were
        not released when the program stopped.
        """

    async def note_ended(self, owner_id: int, claim: str) -> None:
        """Note that an owner's key is lost for good, so that its rows can be released without it."""

    async def destroy(self, owner_ids: Collection[int]) -> None:
        """Destroy keys for certain, and note that they were. Repeating it changes nothing.

        Raises NotDestroyedError where a trace may be left; the next call or the next start goes on from there.
        """

    def missing(self) -> StoreError:
        """Return the error that says that a key is missing under which something lies."""

    async def close(self) -> None:
        """Let go of what is open."""
