"""A database of every earlier version opens with this one, and the copy that the update made is the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.store import open_store
from bot.store.encryption.keys import PSEUDONYM_KEY
from bot.store.encryption.sealer import Sealer
from bot.store.migration import migrate, read_revision
from bot.store.migrations import HEAD, MIGRATIONS
from bot.store.sqlite.copy_facts import check_whole
from tests.by_hand import insert, look, rows
from tests.engines import IS_ON_POSTGRES
from tests.world import DATA_KEY

EARLIER = sorted(file.stem[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))[:-1]


def make_old(path: Path, revision: str) -> None:
    """Make a database of an earlier version, in which a server has asked a question."""
    sealer = Sealer(DATA_KEY)
    migrate(path, sealer, head=revision)
    for table in ("guilds", "prompts"):
        insert(path, table, id=1)
    if not look(path, "SELECT 1 FROM secrets"):  # some migrations make the key
        sealed = sealer.seal("ab" * 32, PSEUDONYM_KEY)
        insert(path, "secrets", name=PSEUDONYM_KEY, sealed=sealed, key_id=sealer.key_id)


def test_every_revision_but_the_newest_is_tried() -> None:
    assert EARLIER[0] == "0001"
    assert [int(revision) for revision in EARLIER] == list(range(1, int(HEAD)))


@pytest.mark.sampled(8)
@pytest.mark.parametrize("revision", EARLIER)
async def test_a_database_of_an_earlier_version_is_brought_up_to_date_and_its_copy_leads_back(
    tmp_path: Path, revision: str
) -> None:
    path = tmp_path / "ward.db"
    make_old(path, revision)
    before = rows(path)

    store = await open_store(path, DATA_KEY)
    assert set(await store.settings.guild_ids()) == {1}
    assert (await store.seals.check()).changed == {}
    await store.close()

    assert read_revision(path) == HEAD
    if IS_ON_POSTGRES:
        return  # no copy is made on a server: its administrator makes a dump first
    check_whole(path)
    copy = tmp_path / f"ward.db.before-{HEAD}"
    assert rows(copy) == before

    shutil.copyfile(copy, tmp_path / "back.db")
    assert read_revision(tmp_path / "back.db") == revision
    again = await open_store(tmp_path / "back.db", DATA_KEY)
    await again.close()
    assert read_revision(tmp_path / "back.db") == HEAD
