"""Back the database up while it is in use, and restore a backup with all that was erased since taken out again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.store import Store
from bot.store.encryption.seals import SealCheck
from bot.store.erasure.journal import Contents, ErasureJournal
from bot.store.sqlite.backup import RESTORED, clear_faults, copy_database, fold_log, new_copy, put_in_place, remove
from bot.store.sqlite.copy_facts import CopyFacts, check_whole, note_backup, read_facts
from bot.store.sqlite.lock import hold_lock

OpenStore = Callable[[Path], AbstractAsyncContextManager[Store]]
"""Opens the database at a place with the settings' keys and journal."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and checked: its size in bytes, and what its sealed rows said."""

    size: int
    seals: SealCheck


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """A backup that is in its place: what it says of itself, how much was erased again, and where the replaced one is.

    ``may_hold_erased`` is true where the journal of erasures does not tell all that was erased since.
    """

    facts: CopyFacts
    seals: SealCheck
    erased: int
    may_hold_erased: bool
    kept: Path | None


async def make_backup(database: Path, target: Path, open_store: OpenStore, now: datetime) -> Backup:
    """Copy a database, in use or not, to a new file, and note when. Raises StoreError, with no new file, if it cannot.

    The copy is opened and read to its end before it gets its name: every page, and every sealed row.
    """
    with new_copy(target) as part:
        await asyncio.to_thread(copy_database, database, part, is_live=True)
        await asyncio.to_thread(note_backup, part, now)
        async with open_store(part) as store:
            seals = await store.seals.check()
        await asyncio.to_thread(fold_log, part)
        await asyncio.to_thread(check_whole, part)
        size = part.stat().st_size
    await asyncio.to_thread(note_backup, database, now)
    return Backup(size, seals)


async def restore_backup(
    backup: Path, database: Path, open_store: OpenStore, journal: ErasureJournal, now: datetime
) -> RestoreResult:
    """Put a copy of a backup in the place of a database, which no bot may be running with.

    Before it is in its place, it is brought up to date, and what was erased since it was made is erased from it.
    Killed at any moment, there is the old database or the new one. Raises StoreError, with nothing changed, if the
    backup or the place cannot be used.
    """
    with hold_lock(database):
        part = database.with_name(f"{database.name}{RESTORED}part")
        facts, before = await asyncio.to_thread(check_whole, backup), await asyncio.to_thread(read_facts, database)
        held = await asyncio.to_thread(journal.read)
        _clear(part)
        try:
            with clear_faults(database):
                part.touch(mode=0o600)
                await asyncio.to_thread(copy_database, backup, part, is_live=False)
            async with open_store(part) as store:
                seals = await store.seals.check()
            with clear_faults(database):
                await asyncio.to_thread(fold_log, part)
                kept = await asyncio.to_thread(put_in_place, part, database, now)
        finally:
            _clear(part)
    erased = sum(entry.number > facts.applied for entry in held.entries)
    return RestoreResult(facts, seals, erased, not _tells_all(held, journal.path.exists(), facts, before), kept)


def _tells_all(held: Contents, is_there: bool, copy: CopyFacts, before: CopyFacts | None) -> bool:
    """Tell whether the journal knows all that was erased since a copy was made.

    ``before`` is what the database said of itself that the copy replaced. Without a journal it may still tell that
    nothing was erased.
    """
    last = held.last if is_there else copy.applied
    if before is not None and before.identity == copy.identity:
        return held.base <= copy.applied and before.applied <= last
    return is_there and held.base <= copy.applied <= last


def _clear(part: Path) -> None:
    """Remove a part file, what lies beside it, and the copy that its update made."""
    for file in part.parent.glob(f"{part.name}.before-*"):
        file.unlink(missing_ok=True)
    remove(part)
