"""A database that cannot be used ends in one clear sentence, and loses nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import aiosqlite
import pytest
from sqlalchemy.exc import IntegrityError

from bot.errors import UserError
from bot.store import Store, StoreError, open_store
from bot.store.encryption.sealer import WrongKeyError
from bot.store.replies import inbox
from bot.store.sqlite import engine as sqlite_engine
from tests.by_hand import writer_turn
from tests.engines import IS_ON_POSTGRES, Why
from tests.store.samples import arrival, open_prompt
from tests.store.test_inbox import fill_up, make_room
from tests.world import DATA_KEY, new_key

AS_NOBODY = """
import asyncio, os, pathlib, sys
from bot.errors import UserError
from bot.store import open_store
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
async def main():
    store = await open_store(pathlib.Path(sys.argv[1]), bytes(range(32)))
    try:
        await store.settings.join([5])
    finally:
        await store.close()
try:
    asyncio.run(main())
except UserError as error:
    print(error)
"""


async def test_another_data_key_is_refused_at_start(tmp_path: Path, store: Store) -> None:
    await store.close()

    with pytest.raises(WrongKeyError, match="WARD_DATA_KEY doesn’t fit"):
        await open_store(tmp_path / "test.db", new_key())


@pytest.mark.sqlite_file(Why.NO_DATABASE)
async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(b"Dear all, this is a letter. " * 200)

    with pytest.raises(StoreError, match=r"no database.*WARD_DATABASE"):
        await open_store(path, DATA_KEY)

    assert path.read_bytes().startswith(b"Dear all")


@pytest.mark.sqlite_file(Why.NO_DATABASE)
async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can’t be written"):
        await open_store(tmp_path, DATA_KEY)


@pytest.mark.sqlite_file(Why.FULL_DISK)
async def test_a_full_disk_ends_in_a_clear_sentence_and_reading_goes_on(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])
    limit = await fill_up(store)

    with pytest.raises(StoreError, match=r"is full. Make room"):
        await store.replies.apply([arrival(prompt, n, text="words " * 500) for n in range(2, 200)])
    assert await store.replies.count(prompt.id) == (1, 1)

    await make_room(store, limit)
    await store.replies.apply([arrival(prompt, 2)])
    assert await store.replies.count(prompt.id) == (1, 2)


@pytest.mark.sqlite_file(Why.RIGHTS)
def test_a_database_that_the_user_may_only_read_ends_in_a_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    asyncio.run(_made(path))
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == tmp_path.owner() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o555)
    tmp_path.chmod(0o555)
    path.chmod(0o444)

    found = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path)], capture_output=True, text=True, cwd=Path.cwd(), check=False
    )
    tmp_path.chmod(0o755)

    assert "can’t be written" in found.stdout, found.stderr
    assert found.returncode == 0


async def test_a_database_that_another_program_holds_is_told_and_no_reply_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_impatient(monkeypatch)
    monkeypatch.setattr(inbox, "FIRST_PAUSE_S", 0.01)
    store = await open_store(tmp_path / "test.db", DATA_KEY)
    prompt = await open_prompt(store)
    store.inbox.start()

    with writer_turn(tmp_path / "test.db"):
        with pytest.raises(StoreError, match="Another program is using the database"):
            await store.replies.apply([arrival(prompt, 1)])
        store.inbox.put(arrival(prompt, 2))
        while store.inbox.fault is None:
            await asyncio.sleep(0.01)
    await store.inbox.flush()

    assert await store.replies.count(prompt.id) == (1, 1)
    await store.close()


async def test_a_store_that_was_closed_stays_closed(store: Store) -> None:
    await store.close()

    with pytest.raises(StoreError, match="is stopping"):
        await store.settings.guild_ids()
    with pytest.raises(StoreError, match="is stopping"):
        await store.settings.join([5])


@pytest.mark.sqlite_file(Why.NO_DATABASE)
async def test_people_in_discord_do_not_see_where_the_database_lies(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        await open_store(tmp_path, DATA_KEY)

    assert str(tmp_path) in str(caught.value)
    assert str(tmp_path) not in caught.value.public
    assert caught.value.public.startswith("The database can’t be written")


async def test_an_error_of_the_database_holds_no_values(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught:  # of which PostgreSQL's own words quote the whole row
        await store.settings.keep_note("Zebrafinch", None)  # type: ignore[arg-type]

    assert "Zebrafinch" not in str(caught.value)


async def test_many_writers_at_once_all_succeed(store: Store) -> None:
    prompt = await open_prompt(store)

    await asyncio.gather(*(store.replies.apply([arrival(prompt, n, author=n)]) for n in range(1, 101)))

    assert await store.replies.count(prompt.id) == (100, 100)


async def test_a_write_that_fails_leaves_nothing_behind(store: Store) -> None:
    await store.settings.join([1])

    with pytest.raises(UserError):
        async with store._database.write() as connection:
            await connection.exec_driver_sql("DELETE FROM guilds")
            raise UserError("stop here")

    assert await store.settings.guild_ids() == (1,)


@pytest.mark.parametrize("looks", range(6))
async def test_a_write_that_is_cancelled_while_it_waits_holds_up_no_other(
    tmp_path: Path, store: Store, looks: int
) -> None:
    with writer_turn(tmp_path / "test.db"):
        writing = asyncio.create_task(store.settings.join([5]))
        for _ in range(looks):
            await asyncio.sleep(0.001)
        writing.cancel()
    await asyncio.wait([writing])

    await _can_be_written(store)


async def test_a_write_that_is_cancelled_anywhere_holds_up_no_other(store: Store) -> None:
    for steps in range(60):
        writing = asyncio.create_task(store.settings.join([5]))
        for _ in range(steps):
            await asyncio.sleep(0.0001)
        writing.cancel()
        await asyncio.wait([writing])

        await _can_be_written(store)


@pytest.mark.sqlite_file(Why.DRIVER)
@pytest.mark.parametrize("begin", ["read", "write"])
async def test_what_is_cancelled_before_its_rows_are_read_lets_the_file_go(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, begin: str
) -> None:
    async def cut_short(_cursor: object) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await asyncio.sleep(0)

    await _can_be_written(store)  # to connect asks for rows too, and isn’t meant here
    with monkeypatch.context() as patched, pytest.raises(asyncio.CancelledError) as cancelled:
        patched.setattr(aiosqlite.Cursor, "fetchall", cut_short)
        async with getattr(store._database, begin)() as connection:
            await connection.exec_driver_sql("SELECT * FROM guilds")
    await store.close()

    with closing(sqlite3.connect(tmp_path / "test.db", timeout=0.1)) as other:
        assert other.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)  # only where nobody has it open
    assert cancelled.tb is not None  # what was cut short is kept until here, as by the loop that ran it


def test_a_connection_is_closed_once_however_often_that_is_asked_for(tmp_path: Path) -> None:
    """The driver closes again what was cut short while it closed, and would never end if that failed."""
    connection = sqlite3.connect(tmp_path / "test.db", factory=sqlite_engine.Connection)
    unread = connection.execute("SELECT 1 UNION SELECT 2")
    connection.close()
    connection.close()

    with pytest.raises(sqlite3.ProgrammingError):
        unread.fetchone()


def be_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a writer wait for its turn a moment alone."""
    monkeypatch.setattr(sqlite_engine, "BUSY_MS", 20)
    if IS_ON_POSTGRES:
        from bot.store.postgres import engine

        monkeypatch.setattr(engine, "WRITE", engine.WRITE.replace(str(engine.BUSY_MS), "20"))


async def _can_be_written(store: Store) -> None:
    async with asyncio.timeout(10):
        await store.settings.join([6])
    assert 6 in await store.settings.guild_ids()


async def _made(path: Path) -> None:
    store = await open_store(path, DATA_KEY)
    await store.close()
