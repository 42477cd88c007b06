"""The keys of open prompts and checks on a small PostgreSQL server of their own, which several machines share.

It is the twin of the file of keys. Writers take turns at the server, so two processes never make two keys of one
owner; and each call asks the server, so none uses a key that another process has destroyed.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar

from bot.models.database_server import DatabaseServer, Place
from bot.store.encryption.sealer import KEY_BYTES
from bot.store.faults import StoreError
from bot.store.keyed.key_dates import KeyDate, read_date, write_date
from bot.store.keyed.key_store import HAS_ENDED, EndedError, NotDestroyedError
from bot.store.postgres.key_connection import KeyConnection
from bot.store.postgres.key_settings import Rows
from bot.store.postgres.key_tables import (
    OF_CHECKS,
    OF_MARKS,
    OF_PROMPTS,
    KeyTable,
    adopted,
    are_made,
    claim_for,
    make_tables,
    put_about,
    read_about,
    refuse_other,
)
from bot.store.postgres.key_traces import destroy_traces, note_unfinished

T = TypeVar("T")

log = logging.getLogger(__name__)

NO_KEY = (
    "The server of the keys at {path} is missing the key of a question or a check that people answered, so their taps "
    "can’t be counted and their private replies aren’t released. Set WARD_KEYS to the server that the bot uses. If its "
    "keys are lost for good, run the command tidy with --keys-lost: it gives these taps up and releases the rest."
)
FIND = "SELECT {number}, key, claim FROM {keys} WHERE {number} = ANY(%s)"
READ = "SELECT {number}, key, claim, ends_at, proof FROM {keys}"
INSERT = "INSERT INTO {keys} ({number}, key, claim, ends_at, proof) VALUES (%s, %s, %s, %s, %s)"
SET_DATE = "UPDATE {keys} SET claim = %s, ends_at = %s, proof = %s WHERE {number} = %s"
DELETE = "DELETE FROM {keys} WHERE {number} = ANY(%s) RETURNING {number}, coalesce(claim, '')"
NOTE_ENDED = (
    "INSERT INTO {ends} ({number}, claim) VALUES (%s, %s) ON CONFLICT ({number}) DO UPDATE SET claim = excluded.claim"
)
FIND_ENDED = "SELECT 1 FROM {ends} WHERE {number} = %s AND claim = %s"
READ_ENDED = "SELECT {number}, claim FROM {ends}"


class KeyServer:
    """Keys on a server, behind the same verbs as those of the file. ``database`` is a mark of the bot's database."""

    def __init__(self, connection: KeyConnection, table: KeyTable = OF_PROMPTS, *, database: str) -> None:
        self._connection = connection
        self._table = table
        self._database = database

    @property
    def place(self) -> Place:
        """Where the keys are."""
        return self.server

    @property
    def server(self) -> DatabaseServer:
        """Return where the keys are."""
        return self._connection.server

    def of_checks(self) -> KeyServer:
        """Return the keys of checks, on the same server."""
        return KeyServer(self._connection, OF_CHECKS, database=self._database)

    def of_marks(self) -> KeyServer:
        """Return the salts of the marks of erased reactions, by prompt, on the same server."""
        return KeyServer(self._connection, OF_MARKS, database=self._database)

    async def prepare(self, *, may_write: bool = True) -> None:
        """Make the tables, and finish what was cut short. Raises StoreError if the server is not fit for keys.

        Where traces can't go yet, each later round tries again, and releases nothing until then.
        """
        if may_write:
            await self._write(_nothing)
            try:
                await asyncio.to_thread(destroy_traces, self._connection)
            except NotDestroyedError as error:
                log.warning("traces of a destroyed key may be left: %s", error)
        else:
            await self._read(_nothing, None)

    async def make(self, owner_id: int, claim: str = "", ends_at: datetime | None = None) -> bytes:
        """Return an owner's key; make it if there is none, with the date at which it has to end.

        The date of a key that is there stays. Raises EndedError if this owner's key was destroyed.
        """
        return await self._write(lambda connection: _make(connection, self._table, owner_id, claim, ends_at))

    async def find(self, owner_ids: Collection[int]) -> Mapping[int, bytes]:
        """Return the keys of those of these owners that have one."""
        if not owner_ids:
            return {}
        return await self._read(lambda connection: _find(connection, self._table, owner_ids), {})

    async def owner_ids(self) -> frozenset[int]:
        """Return the owners that have a key."""
        return frozenset(await self.dates())

    async def dates(self) -> Mapping[int, KeyDate]:
        """Return until when each key may last, by its owner; OVER where somebody altered its date."""
        return await self._read(lambda connection: _dates(connection, self._table), {})

    async def ended(self) -> Mapping[int, str]:
        """Return the owners whose key was destroyed, with their claims."""
        return await self._read(lambda connection: _ended(connection, self._table), {})

    async def adopt(self, dates: Mapping[int, KeyDate], ended: Mapping[int, str]) -> None:
        """Complete keys that came from a file of before keys had dates, once, from what the database says."""
        if await self._read(lambda connection: _lacks_dates(connection, self._table), False):
            await self._write(lambda connection: _adopt(connection, self._table, dates, ended))

    async def note_ended(self, owner_id: int, claim: str) -> None:
        """Note that an owner's key is lost for good, so that its rows can be released without it."""
        await self._write(lambda connection: _note_ended(connection, self._table, {owner_id: claim}))

    async def destroy(self, owner_ids: Collection[int]) -> None:
        """Delete keys, note that they were destroyed, and destroy their traces in the server's files.

        Repeating it changes nothing. Raises NotDestroyedError if a trace may be left.
        """
        gone = sorted(owner_ids)
        if not await self._read(lambda _connection: True, False):
            return
        if gone and await self.find(gone):
            await self._write(lambda connection: _delete(connection, self._table, gone))
        await asyncio.to_thread(destroy_traces, self._connection)

    def missing(self) -> StoreError:
        """Return the error that says that a key is missing under which something lies."""
        return StoreError(NO_KEY, self.server)

    async def close(self) -> None:
        """Let the connection go, which the journal of erasures shares."""
        await asyncio.to_thread(self._connection.close)

    async def _read(self, step: Callable[[Rows], T], empty: T) -> T:
        """Take a step that reads; nothing is made for it. Returns ``empty`` where there are no tables yet."""

        def within() -> T:
            with self._connection.read() as connection:
                if not are_made(connection, self.server):
                    return empty
                refuse_other(connection, self.server, self._database)
                return step(connection)

        return await asyncio.to_thread(within)

    async def _write(self, step: Callable[[Rows], T]) -> T:
        def within() -> T:
            with self._connection.write() as connection:
                make_tables(connection, self.server)
                claim_for(connection, self.server, self._database)
                return step(connection)

        return await asyncio.to_thread(within)


def _nothing(_connection: Rows) -> None:
    """Opening the database was all."""


def _find(connection: Rows, table: KeyTable, owner_ids: Collection[int]) -> dict[int, bytes]:
    return {row[0]: bytes(row[1]) for row in connection.execute(table.sql(FIND), (list(owner_ids),))}


def _dates(connection: Rows, table: KeyTable) -> dict[int, KeyDate]:
    return {row[0]: read_date(table.keys, *row) for row in connection.execute(table.sql(READ))}


def _ended(connection: Rows, table: KeyTable) -> dict[int, str]:
    return dict(connection.execute(table.sql(READ_ENDED)).fetchall())


def _make(connection: Rows, table: KeyTable, owner_id: int, claim: str, ends_at: datetime | None) -> bytes:
    row = connection.execute(table.sql(FIND), ([owner_id],)).fetchone()
    if row is not None and (not claim or row[2] in (None, claim)):
        return bytes(row[1])
    if row is not None:  # its number was that of another, which was erased
        connection.execute(table.sql(DELETE), ([owner_id],))
        note_unfinished(connection)
    elif claim and connection.execute(table.sql(FIND_ENDED), (owner_id, claim)).fetchone() is not None:
        raise EndedError(HAS_ENDED)
    new = os.urandom(KEY_BYTES)
    dated = write_date(table.keys, new, owner_id, claim, ends_at)
    connection.execute(table.sql(INSERT), (owner_id, new, *dated))
    return new


def _lacks_dates(connection: Rows, table: KeyTable) -> bool:
    undated = table.sql("SELECT 1 FROM {keys} WHERE claim IS NULL AND ends_at IS NULL AND proof IS NULL LIMIT 1")
    is_adopted = read_about(connection, adopted(table)) is not None
    return not is_adopted or connection.execute(undated).fetchone() is not None


def _adopt(connection: Rows, table: KeyTable, dates: Mapping[int, KeyDate], ended: Mapping[int, str]) -> None:
    held = {row[0]: row for row in connection.execute(table.sql(READ)).fetchall()}
    for owner_id, key, claim, *_ in held.values():
        if claim is None and owner_id in dates:
            date = dates[owner_id]
            dated = write_date(table.keys, bytes(key), owner_id, date.claim, date.ends_at)
            connection.execute(table.sql(SET_DATE), (*dated, owner_id))
    if read_about(connection, adopted(table)) is None:
        _note_ended(connection, table, {number: claim for number, claim in ended.items() if number not in held})
        put_about(connection, adopted(table), "")


def _note_ended(connection: Rows, table: KeyTable, ended: Mapping[int, str]) -> None:
    for owner_id, claim in ended.items():
        connection.execute(table.sql(NOTE_ENDED), (owner_id, claim))


def _delete(connection: Rows, table: KeyTable, owner_ids: Collection[int]) -> None:
    gone = {row[0]: str(row[1]) for row in connection.execute(table.sql(DELETE), (list(owner_ids),))}
    _note_ended(connection, table, gone)
    if gone:
        note_unfinished(connection)
