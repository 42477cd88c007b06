"""Without the key, the files of a database show no word that a person wrote, and no id of a person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.store.database import Database
from bot.store.encryption.keys import open_pseudonyms
from bot.store.encryption.sealer import Sealer
from bot.store.migration import migrate
from tests.by_hand import back_up
from tests.engines import Why
from tests.store.everything import FORM, MARKS, PEOPLE, fill_replies, fill_review, read
from tests.store.next_migration import with_next
from tests.world import DATA_KEY

pytestmark = pytest.mark.sqlite_file(Why.BYTES)


@dataclass
class Files:
    """A bot's open database with its log, the copy that a migration left, and a backup."""

    store: Store
    database: Path
    log: Path
    copy: Path
    backup: Path

    def all(self) -> tuple[Path, ...]:
        return (self.database, self.log, self.copy, self.backup)


async def opened(path: Path) -> Store:
    """A store over a database that a further migration changed, which the program itself would refuse."""
    database, sealer = Database(path), Sealer(DATA_KEY)
    return Store(database, sealer, await open_pseudonyms(database, sealer, may_write=True))


@pytest.fixture
async def files(tmp_path: Path) -> AsyncIterator[Files]:
    path = tmp_path / "old.db"
    old = await open_store(path, DATA_KEY)
    prompt = await fill_replies(old)
    await old.close()
    migrate(path, migrations=with_next(tmp_path), head="9000")
    store = await opened(path)
    await fill_review(store, prompt)
    backup = tmp_path / "backup.db"
    back_up(path, backup)  # as the shell's ".backup" does
    (copy,) = tmp_path.glob("old.db.before-*")
    yield Files(store, path, path.with_name("old.db-wal"), copy, backup)
    await store.close()


def written(person: int) -> tuple[bytes, ...]:
    """The ways to write an id: in decimal, in hex, and in packed bytes of either order."""
    digits = f"{person:x}"
    return (
        *(text.encode() for text in (str(person), digits, digits.upper(), f"{person:016x}")),
        *(person.to_bytes(8, order) for order in ("big", "little")),
    )


async def test_no_file_shows_a_word_that_a_person_wrote_or_an_id(files: Files) -> None:
    for file in files.all():
        held = file.read_bytes()
        # The file holds sealed rows, whose key's id is in clear: what is not found in it is not there.
        assert held.count(Sealer(DATA_KEY).key_id.encode()) > len(PEOPLE), file.name
        for mark in MARKS:
            assert mark.lower().encode() not in held.lower(), (file.name, mark)
        for person in PEOPLE:
            assert not any(form in held for form in written(person)), (file.name, person)


async def test_with_the_key_all_of_it_is_there(files: Files) -> None:
    everything = await read(files.store)
    backup = await opened(files.backup)
    in_backup = await read(backup)
    await backup.close()

    # A reworded text took the place of what was there.
    assert [mark for mark in MARKS if mark not in repr(everything)] == [FORM]
    assert in_backup == everything
