"""A database is in the file that the settings name, whatever signs are in its name."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import StoreError, open_store, rotate
from bot.store.migration import migrate
from tests.engines import Why
from tests.world import DATA_KEY, new_key

NAMES = ["what?.db", "half%20.db", "ward#1.db", "{curly}.db", "a b ü.db"]


@pytest.mark.parametrize("name", NAMES)
async def test_a_database_can_have_any_name_and_nothing_is_written_beside_it(tmp_path: Path, name: str) -> None:
    path, new = tmp_path / name, new_key()
    store = await open_store(path, DATA_KEY)
    await store.settings.keep_note("met", "yes")
    await store.close()
    await asyncio.to_thread(rotate, path, new, DATA_KEY)

    store = await open_store(path, new)
    assert await store.settings.note("met") == "yes"
    await store.close()
    assert [file.name for file in tmp_path.iterdir() if file.is_file() and not file.name.startswith(name)] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_older_database_of_any_name_is_brought_up_to_date(tmp_path: Path, name: str) -> None:
    migrate(tmp_path / name, head="0001")
    migrate(tmp_path / name)
    migrate(tmp_path / name)

    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith(name)] == []


@pytest.mark.sqlite_file(Why.NO_DATABASE)
@pytest.mark.parametrize("name", ["notes.db", "{curly}.db"])
async def test_a_file_of_another_program_is_refused_and_people_in_discord_are_not_told_where_it_is(
    tmp_path: Path, name: str
) -> None:
    with closing(sqlite3.connect(tmp_path / name)) as connection:
        connection.execute("CREATE TABLE notes (words)")

    with pytest.raises(StoreError, match="belongs to another program") as caught:
        await open_store(tmp_path / name, DATA_KEY)

    assert str(tmp_path / name) in str(caught.value)
    assert str(tmp_path) not in caught.value.public
