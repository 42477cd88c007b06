"""Until when each key may last: the date stands beside the key, with a proof made with it.

So a database that was restored or altered cannot postpone the end, and neither can somebody who writes beside the keys.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

OVER = datetime.min.replace(tzinfo=UTC)
"""The date of a key whose own date was altered: it is over."""


@dataclass(frozen=True, slots=True)
class KeyDate:
    """Until when a key may last: the date that people were told. None for a key from before keys had dates.

    ``claim`` is that of the prompt or check, whose number may have been another's before.
    """

    claim: str
    ends_at: datetime | None


def read_date(
    table: str, owner_id: int, key: bytes, claim: str | None, ends_at: str | None, proof: bytes | None
) -> KeyDate:
    """Return what is stored beside a key in a table; OVER where the proof does not fit."""
    if claim is None and ends_at is None and proof is None:
        return KeyDate("", None)
    true = _prove(table, key, owner_id, claim or "", ends_at or "")
    if ends_at is None or not hmac.compare_digest(true, proof or b""):
        return KeyDate(claim or "", OVER)
    return KeyDate(claim or "", datetime.fromisoformat(ends_at))


def write_date(
    table: str, key: bytes, owner_id: int, claim: str, ends_at: datetime | None
) -> tuple[str | None, str | None, bytes | None]:
    """Return what is stored beside a key: claim, date and proof; nothing for one without a date."""
    if ends_at is None:
        return None, None, None
    date = ends_at.astimezone(UTC).isoformat()
    return claim, date, _prove(table, key, owner_id, claim, date)


def _prove(table: str, key: bytes, owner_id: int, claim: str, ends_at: str) -> bytes:
    """Return what binds a key's date to it: nobody can write another date beside it who has not the key."""
    return hmac.digest(key, f"date:{table}:{owner_id}:{claim}:{ends_at}".encode(), "sha256")
