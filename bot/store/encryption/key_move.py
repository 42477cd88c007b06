"""Moves the keys and the journal of erasures from files of this machine to a server that several machines share.

What the server has is compared with the files before anything of them is destroyed. Killed anywhere, it can be
repeated: the files go last, and while the file of keys is there, no bot starts with the server.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.models.database_server import DatabaseServer, Place
from bot.store.database import Database
from bot.store.encryption.keys import check_keys, open_pseudonyms
from bot.store.encryption.sealer import Sealer
from bot.store.erasure.journal import ErasureJournal
from bot.store.keyed.keys import KeyFile


@dataclass(frozen=True, slots=True)
class KeyMoveResult:
    """How many keys were moved, how many notes of destroyed ones, and how many entries of the journal."""

    keys: int
    ended: int
    entries: int


async def move_keys(
    database: Place, data_keys: tuple[bytes, ...], keys: Path, journal: Path, server: DatabaseServer
) -> KeyMoveResult:
    """Move what is in files to the server, see that it is all there, and destroy the files.

    No bot may be running with the database. Raises StoreError, with the files as they were, if the server or the files
    cannot be used, belong to another database, or the server has other keys under the same numbers.
    """
    from bot.store.postgres.key_connection import KeyConnection
    from bot.store.postgres.key_import import has_all, put_all

    mark = await _read_mark(database, Sealer(*data_keys))
    file, noted = KeyFile(keys, database=mark), ErasureJournal(journal)
    held, entries = await file.read_all(), await asyncio.to_thread(noted.read)
    connection = KeyConnection(server, database)
    try:
        await asyncio.to_thread(put_all, connection, mark, held, entries)
        await asyncio.to_thread(has_all, connection, held, entries)  # again, as others see it
        await asyncio.to_thread(journal.unlink, missing_ok=True)
        await file.destroy_file()
    finally:
        await asyncio.to_thread(connection.close)
    return KeyMoveResult(held.count_keys(), held.count_ended(), len(entries.entries))


async def _read_mark(place: Place, sealer: Sealer) -> str:
    """Return the mark by which keys know their database."""
    await asyncio.to_thread(check_keys, place, sealer)
    database = Database(place)
    try:
        return (await open_pseudonyms(database, sealer, may_write=False)).database()
    finally:
        await database.close()
