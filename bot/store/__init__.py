"""The one seam to the database. Nothing outside this package writes SQL or depends on the dialect.

Each step of the loop has its module, whose methods are verbs of the vocabulary and return dataclasses.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from sqlalchemy import select

from bot.store.database import Database, StoreError, prepare_file
from bot.store.drafts import DraftStore
from bot.store.inbox import Inbox
from bot.store.library import LibraryStore
from bot.store.migrating import check_version, migrate
from bot.store.objections import ObjectionStore
from bot.store.prompts import PromptStore
from bot.store.replies import ReplyStore
from bot.store.sealing import KEY_BYTES, Pseudonyms, Sealer
from bot.store.series import SeriesStore
from bot.store.settings import SettingsStore
from bot.store.summaries import SummaryStore
from bot.store.tables import secrets

__all__ = ["Store", "StoreError", "open_store", "open_to_read"]

PSEUDONYM_KEY = "pseudonym key"


class Store:
    """An open database: one attribute for each step of the loop. Made by open_store."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self.settings = SettingsStore(database)
        self.library = LibraryStore(database)
        self.series = SeriesStore(database)
        self.prompts = PromptStore(database)
        self.replies = ReplyStore(database, sealer, pseudonyms)
        self.summaries = SummaryStore(database, sealer)
        self.drafts = DraftStore(database, sealer, pseudonyms)
        self.objections = ObjectionStore(database, sealer, pseudonyms)
        self.inbox = Inbox(self.replies)

    async def close(self) -> None:
        """Commit what is queued and let the file go."""
        await self.inbox.close()
        await self._database.close()


async def open_store(path: Path, data_key: bytes) -> Store:
    """Open the SQLite file at ``path``: make it, migrate it, check the key.

    ``data_key`` has 32 bytes. Raises StoreError for a file that cannot be used and WrongKeyError for another key.
    """
    prepare_file(path)
    await asyncio.to_thread(migrate, path)
    return await _opened(path, data_key)


async def open_to_read(path: Path, data_key: bytes) -> Store:
    """Open a database as it is, beside a running bot: no file is made and none is migrated.

    Raises StoreError where there is no database or it is of another version, and WrongKeyError for another key.
    """
    await asyncio.to_thread(check_version, path)
    return await _opened(path, data_key)


async def _opened(path: Path, data_key: bytes) -> Store:
    database = Database(path)
    sealer = Sealer(data_key)
    try:
        pseudonyms = await _pseudonyms(database, sealer)
    except BaseException:
        await database.close()
        raise
    return Store(database, sealer, pseudonyms)


async def _pseudonyms(database: Database, sealer: Sealer) -> Pseudonyms:
    """Open the pseudonym key, or make it at the first start. The key is stored sealed under the data key."""
    query = select(secrets.c.sealed).where(secrets.c.name == PSEUDONYM_KEY)
    async with database.read() as connection:
        sealed = await connection.scalar(query)
    if sealed is None:
        fresh = sealer.seal(os.urandom(KEY_BYTES).hex(), PSEUDONYM_KEY)
        insert = database.insert(secrets).values(name=PSEUDONYM_KEY, sealed=fresh, key_id=sealer.key_id)
        async with database.write() as connection:
            await connection.execute(insert.on_conflict_do_nothing())
            sealed = (await connection.execute(query)).scalar_one()
    return Pseudonyms(bytes.fromhex(sealer.open(sealed, PSEUDONYM_KEY)))
