"""Keys asked of their home beside what the database holds under them: the two have to belong together."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.keyed.key_store import KeyStore
from bot.store.tables import check_words, pressers, presses, private_replies

_UNDER_KEYS = {
    "prompt_id": (private_replies, presses, pressers),
    "check_id": (check_words, presses, pressers),
}
"""The tables whose rows lie under an owner's key, by the column that names the owner."""


class Owner(Protocol):
    """A prompt or a check. ``ends_at`` is the date until which its key may last, as people were told."""

    @property
    def id(self) -> int: ...

    @property
    def guild_id(self) -> int: ...

    @property
    def claim(self) -> str: ...

    @property
    def ends_at(self) -> datetime: ...


async def make_key(connection: AsyncConnection, keys: KeyStore, owner: Owner, column: str) -> bytes:
    """Return an owner's key, made where nothing lies under one yet.

    Raises StoreError if something does and there is no key: a second one would make two people of one, and what
    lies under the first would never be released with it.
    """
    if not await keys.find((owner.id,)) and await has_rows(connection, owner.id, column):
        raise keys.missing()
    return await keys.make(owner.id, owner.claim, owner.ends_at)


async def refuse_without_key(connection: AsyncConnection, keys: KeyStore, owner: Owner, column: str) -> None:
    """Raise StoreError where rows lie under an owner's key that their home neither has nor knows to be destroyed."""
    is_known = await keys.find((owner.id,)) or (await keys.ended()).get(owner.id) == owner.claim
    if not is_known and await has_rows(connection, owner.id, column):
        raise keys.missing()


async def has_rows(connection: AsyncConnection, owner_id: int, column: str) -> bool:
    """Say whether anything lies under an owner's key; ``column`` names the owner in the rows."""
    for table in _UNDER_KEYS[column]:
        wanted = [table.c[column] == owner_id]
        if "person" in table.c:
            wanted.append(table.c.person.is_not(None))
        if await connection.scalar(select(table.c[column]).where(*wanted).limit(1)) is not None:
            return True
    return False
