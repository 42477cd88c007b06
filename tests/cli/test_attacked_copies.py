"""Attacks on the files as an outsider would make them, and what the real commands say: each is a process of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.verify import NOT_SOUND, UNSEEN
from bot.store import Store, open_store
from tests.cli.settings_files import keys_beside, write_settings
from tests.cli.test_person import stored
from tests.databases import prepare
from tests.processes import Forked, run_cli
from tests.store.people.test_choices import ADA
from tests.store.samples import GUILD
from tests.world import DATA_KEY

FORGED = {
    "replies": "UPDATE replies SET person = printf('%032x', id)",
    "people": "UPDATE people SET quotes = 1 - coalesce(quotes, 0)",
    "reactions": (
        "INSERT INTO reactions (reply_id, person, emoji) SELECT id, printf('%032x', 7), 'x' FROM replies LIMIT 1"
    ),
}


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """A database that holds something of everything of two people, whose store is closed."""
    path = tmp_path / "test.db"
    prepare(path)
    store = await open_store(path, DATA_KEY, prompt_keys=keys_beside(tmp_path))
    await stored(store)
    await store.close()
    write_settings(tmp_path / "settings")
    return path


async def run(folder: Path, *arguments: str) -> tuple[int | None, str]:
    """What ``python -m bot`` with the settings of the folder ends with, and all that it prints."""
    process = Forked(run_cli, (*arguments, "--env-file", str(folder / "settings")), {})
    try:
        return await process.ended()
    finally:
        process.kill()


@pytest.mark.parametrize("table", FORGED)
async def test_verify_names_the_table_in_which_somebody_wrote_by_hand(database: Path, table: str) -> None:
    code_before, said_before = await run(database.parent, "verify")
    with closing(sqlite3.connect(database)) as connection, connection:
        forged = connection.execute(FORGED[table]).rowcount

    code, said = await run(database.parent, "verify")

    assert (code_before, "stored rows: sound" in said_before) == (0, True), said_before
    assert forged
    assert code == 1
    assert NOT_SOUND.format(tables=f"{forged} in {table}") in said
    assert UNSEEN in said


async def test_a_copy_from_before_an_erasure_is_erased_again_by_the_first_command_that_opens_it(database: Path) -> None:
    copy = database.with_name("backup.db")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    code, said = await run(database.parent, "person", "erase", str(ADA), "--yes")
    assert code == 0, said
    person = await pseudonym(database)
    for file in database.parent.glob("test.db*"):
        file.unlink()
    copy.rename(database)
    assert person.encode() in database.read_bytes()

    code, said = await run(database.parent, "verify")

    assert code == 0, said
    files = [file for file in database.parent.iterdir() if file.is_file()]
    assert not any(person.encode() in file.read_bytes() for file in files)
    store = await open_store(database, DATA_KEY, prompt_keys=keys_beside(database.parent))
    assert await store.replies.of_person(GUILD, ADA) == ()
    await store.close()


async def pseudonym(database: Path) -> str:
    """How the database names Ada."""
    store: Store = await open_store(database, DATA_KEY, prompt_keys=keys_beside(database.parent))
    name = store.replies._pseudonyms.of(GUILD, ADA)
    await store.close()
    return name
