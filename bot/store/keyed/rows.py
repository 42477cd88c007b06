"""Rows under the key of a prompt or a check: a person finds and withdraws their own while that key is there.

Private replies are rows of prompts, what people say is missing is a row of a check. The prompt or the check is called
the owner of its rows.
"""

from __future__ import annotations

import hmac
import secrets
from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Column, RowMapping, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased
from bot.store.keyed.key_store import KeyStore
from bot.store.keyed.owner_keys import Owner, make_key
from bot.store.people.choices import Silences
from bot.store.repository import SealedRepository, chunks, write_rows
from bot.store.schema.sealed_columns import select_sealed

OwnerT = TypeVar("OwnerT", bound=Owner)
RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rows, and who owns them: all in which private replies to prompts and in checks differ.

    ``purpose`` is what a pseudonym under the key is for. ``rows`` have the columns person and ``owner_id``; ``owners``
    have state, one of ``open`` and ``ended`` here, released_at and ``ends_at``, the date that people were told.
    ``not_open`` is said to those who come too late, ``still_open`` to those who want a release too early.
    """

    purpose: str
    rows: Table
    owners: Table
    owner_id: Column[int]
    ends_at: Column[datetime]
    open: str
    ended: str
    not_open: str
    still_open: str


class KeyedRows(SealedRepository, Generic[OwnerT, RowT]):
    """Verbs of people over their own rows."""

    kind: ClassVar[Kind]

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: KeyStore) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._keys = keys
        self._silences = Silences(database, sealer)

    async def own(self, owner: OwnerT, user_id: int) -> RowT | None:
        """Return a person's own row, while its owner is open; None afterwards, when nobody can tell."""
        own = await self._own(owner.guild_id, user_id, self.kind.owners.c.id == owner.id)
        return own[0][1] if own else None

    async def own_all(self, guild_id: int, user_id: int) -> tuple[tuple[OwnerT, RowT], ...]:
        """Return a person's own rows in a server, each with its owner: of open owners only."""
        return await self._own(guild_id, user_id)

    async def withdraw_own(self, owner: OwnerT, user_id: int) -> bool:
        """Erase a person's own row. False if there is none, or nobody can tell now whose it is."""
        key = (await self._keys.find((owner.id,))).get(owner.id)
        if key is None:
            return False
        person = self._person(key, owner.guild_id, user_id)
        async with self._database.write() as connection:
            gone = await write_rows(connection, delete(self.kind.rows).where(*self._is(owner, person)))
            if gone:
                self._note_erased(Erased.ROW, person)
        return bool(gone)

    @abstractmethod
    def _owner(self, row: RowMapping) -> OwnerT:
        """Return a row of the owners as what it is."""

    @abstractmethod
    def _opened(self, row: RowMapping) -> RowT:
        """Return a row as what it is, opened."""

    async def _enter(self, connection: AsyncConnection, owner: OwnerT, user_id: int) -> OwnerT:
        """Let a person write to an owner, and return that as it is now.

        Raises UserError if it is not open, or they asked that nothing be collected.
        """
        await self._silences.refuse(connection, self._pseudonyms.of(owner.guild_id, user_id))
        owners = self.kind.owners
        is_open = owners.c.id == owner.id, owners.c.guild_id == owner.guild_id, owners.c.state == self.kind.open
        row = (await connection.execute(select(owners).where(*is_open))).mappings().first()
        if row is None:
            raise UserError(self.kind.not_open)
        return self._owner(row)

    async def _make_person(self, connection: AsyncConnection, owner: OwnerT, user_id: int) -> str:
        """Return a person's pseudonym under the owner's key, which is made if there is none.

        Call it within the transaction of _enter: while that lasts the owner cannot end, so no key is made for one that
        did. Raises StoreError as make_key does.
        """
        key = await make_key(connection, self._keys, owner, self.kind.owner_id.name)
        return self._person(key, owner.guild_id, user_id)

    def _person(self, key: bytes, guild_id: int, user_id: int) -> str:
        """Return the pseudonym of a person under an owner's key, in 32 hex digits.

        It is made of the one in the server, so that neither the owner's key nor the pseudonym key is enough for it.
        """
        person = self._pseudonyms.of(guild_id, user_id)
        return hmac.digest(key, f"{self.kind.purpose}:{person}".encode(), "sha256").hex()[:32]

    def _is(self, owner: OwnerT, person: str) -> tuple[Any, Any]:
        return self.kind.owner_id == owner.id, self.kind.rows.c.person == person

    async def _own(self, guild_id: int, user_id: int, *wanted: Any) -> tuple[tuple[OwnerT, RowT], ...]:
        owners, rows = self.kind.owners, self.kind.rows
        is_open = owners.c.guild_id == guild_id, owners.c.state == self.kind.open
        query = select(owners).where(*is_open, *wanted).order_by(owners.c.id)
        async with self._database.read() as connection:
            opened = (await connection.execute(query)).mappings().all()
            keys = await self._keys.find([owner["id"] for owner in opened])
            people = [self._person(key, guild_id, user_id) for key in keys.values()]
            own: dict[int, RowMapping] = {}
            for some in chunks(people):
                theirs = await connection.execute(select_sealed(rows).where(rows.c.person.in_(some)))
                own |= {row[self.kind.owner_id]: row for row in theirs.mappings()}
        return tuple((self._owner(owner), self._opened(own[owner["id"]])) for owner in opened if owner["id"] in own)


def new_id() -> str:
    """Return a random id of a row, in 32 hex digits: rows lie in its order, so nothing tells who came first."""
    return secrets.token_hex(16)
