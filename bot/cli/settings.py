"""The settings of a file, and the database that they name, opened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.file_rights import restrict_files
from bot.config import Config, read_environ
from bot.models.shards import EVERY_SHARD, Shards
from bot.services.closing import close_due
from bot.services.erasure import finish_erasures
from bot.store import Store, open_store, open_to_read
from bot.store.fence import Fence


def read_config(env_file: Path, *, without: Collection[str] = ("DISCORD_TOKEN",)) -> Config:
    """Read the settings of a command that opens the database, and take its files from others' eyes.

    ``without`` names required settings that may be missing. Raises SettingError for another one that is.
    """
    config = Config.from_environ(read_environ(env_file), without=without)
    restrict_files(config, env_file)
    return config


async def open_or_make(
    config: Config, *, beside: bool = False, held: Shards = EVERY_SHARD, fence: Fence | None = None
) -> Store:
    """Open the database that the settings name; where it is missing or older, make it and migrate it.

    The caller closes it. ``beside``, ``held`` and ``fence`` are those of ``open_store``, which raises what this does.
    """
    return await open_store(
        config.database,
        *config.data_keys,
        prompt_keys=config.keys,
        erasures=config.erasures,
        backup_days=config.backup_days,
        held=held,
        beside=beside,
        fence=fence,
    )


@asynccontextmanager
async def open_database(config: Config) -> AsyncIterator[Store]:
    """Open the database beside a running bot or without, and close it at the end. Raises StoreError where it cannot.

    First of all, what is due is closed: people were told that from its date on nobody can trace their words, and the
    bot may have been off since.
    """
    async with open_as_it_is(config) as store:
        await close_due(store, datetime.now(UTC))
        yield store


@asynccontextmanager
async def open_as_it_is(config: Config) -> AsyncIterator[Store]:
    """Open the same, and close nothing that is due.

    What was erased since the database was made, where it is an older copy, is erased from it first.
    """
    store = await open_to_read(
        config.database,
        *config.data_keys,
        prompt_keys=config.keys,
        erasures=config.erasures,
        backup_days=config.backup_days,
    )
    try:
        await finish_erasures(store, datetime.now(UTC))
        yield store
    finally:
        await store.close()
