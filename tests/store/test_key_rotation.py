"""Several data keys: the first writes, all open, and a rotation brings everything under the first."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import LargeBinary

from bot.cli import rotate_key, verify
from bot.store import Store, StoreError, open_store, open_to_read, rotate
from bot.store.database import Database
from bot.store.encryption import key_rotation as rotating
from bot.store.encryption.keys import open_pseudonyms
from bot.store.encryption.sealer import Sealer, WrongKeyError
from bot.store.migration import migrate
from bot.store.schema.sealed_columns import SEALED
from bot.store.tables import metadata, presses, replies
from tests.by_hand import held, look
from tests.cli.settings_files import write_settings
from tests.engines import IS_ON_POSTGRES, Why, at
from tests.store.everything import fill, fill_replies, fill_review, read
from tests.store.samples import GUILD, NOW, arrival
from tests.summaries.proof.test_verify import shared
from tests.world import DATA_KEY, new_key

NEW_KEY = bytes(range(100, 132))
ROWS = 42
"""Sealed rows after ``fill``, the pseudonym key among them."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the fixture ``store``."""
    return tmp_path / "test.db"


UNDER_KEYS_THAT_GO = {presses.c.locked}
"""What lies under the key of a prompt or a check, which is destroyed at the end and never rotated."""


def key_ids(path: Path) -> set[str]:
    """The ids of the keys that any row is under."""
    # The names are those of the schema.
    return {row[0] for table in SEALED for row in look(path, f"SELECT key_id FROM {table.name}")}  # noqa: S608


def files(path: Path) -> dict[str, bytes]:
    """What lies beside the database and in it; of one on a server, what it gives."""
    if IS_ON_POSTGRES:
        return {path.name: held(path)}
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def test_every_column_that_holds_sealed_values_is_known_to_the_rotation() -> None:
    sealed = {
        (table, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and column not in UNDER_KEYS_THAT_GO
    }

    assert {(table, column) for table, sealing in SEALED.items() for column in sealing.columns} == sealed
    assert all("key_id" in table.c for table in SEALED)


async def test_the_first_key_writes_and_all_open(path: Path, store: Store) -> None:
    prompt = await fill_replies(store)
    before = await read(store)
    await store.close()

    both = await open_store(path, NEW_KEY, DATA_KEY)
    assert await read(both) == before
    await fill_review(both, prompt)
    await both.replies.apply([arrival(prompt, 50)])
    everything = await read(both)
    await both.close()

    assert key_ids(path) == {Sealer(DATA_KEY).key_id, Sealer(NEW_KEY).key_id}
    for keys in ((NEW_KEY, DATA_KEY), (DATA_KEY, NEW_KEY), (new_key(), NEW_KEY, DATA_KEY)):
        again = await open_to_read(path, *keys)
        assert await read(again) == everything
        await again.close()


async def test_what_is_added_to_an_older_row_leaves_the_whole_row_readable(path: Path, store: Store) -> None:
    await fill(store)
    await store.close()
    both = await open_store(path, NEW_KEY, DATA_KEY)
    (waiting,) = await both.objections.waiting(GUILD)

    await both.objections.settle(GUILD, waiting.id, "Put right.", NOW)
    ((form, name),) = [(one.reply, one.name) for one in await both.replies.unposted_forms()]
    await both.replies.reword(form, "In other words.", NOW)

    settled = await both.objections.get(GUILD, waiting.id)
    assert (settled.text, settled.settled_how) == (waiting.text, "Put right.")
    assert [(one.reply.text, one.name) for one in await both.replies.unposted_forms()] == [("In other words.", name)]
    await both.close()


async def test_a_rotation_lists_few_rows_at_once_however_many_there_are(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(store)
    await store.close()
    monkeypatch.setattr(rotating, "PAGE", 2)
    renew_rows = rotating._renew_rows
    counts: list[int] = []

    def count(*arguments: Any) -> int:
        counts.append(renew_rows(*arguments))
        return counts[-1]

    monkeypatch.setattr(rotating, "_renew_rows", count)

    assert rotate(path, NEW_KEY, DATA_KEY).rows == ROWS

    assert max(counts) == 2
    assert key_ids(path) == {Sealer(NEW_KEY).key_id}


async def test_a_rotation_brings_everything_under_the_first_key_and_changes_nothing_else(
    path: Path, store: Store
) -> None:
    await fill(store)
    before = await read(store)
    await store.close()
    old = [row[0] for row in look(path, "SELECT sealed FROM replies")]

    assert rotate(path, NEW_KEY, DATA_KEY).rows == ROWS

    assert key_ids(path) == {Sealer(NEW_KEY).key_id}
    now = b"".join(files(path).values())
    assert not any(sealed in now for sealed in old)
    after = await open_store(path, NEW_KEY)
    assert await read(after) == before
    await after.close()
    with pytest.raises(WrongKeyError, match="doesn’t fit"):
        await open_store(path, DATA_KEY)
    assert rotate(path, NEW_KEY).rows == 0


async def test_a_key_that_rows_are_under_is_asked_for_until_the_rotation_is_done(path: Path, store: Store) -> None:
    await fill(store)
    await store.close()
    await (await open_store(path, NEW_KEY, DATA_KEY)).close()

    for key in (NEW_KEY, DATA_KEY):
        before = files(path)
        with pytest.raises(WrongKeyError, match="is missing a key"):
            await open_store(path, key)
        with pytest.raises(WrongKeyError, match="is missing a key"):
            rotate(path, key)
        assert files(path) == before
    rotate(path, NEW_KEY, DATA_KEY)
    await (await open_store(path, NEW_KEY)).close()


async def test_rows_under_a_key_that_nothing_tells_of_are_left_as_they_are(path: Path, store: Store) -> None:
    await fill(store)
    async with store._database.write() as connection:
        await connection.execute(replies.update().where(replies.c.id == 1).values(key_id="0badcafe"))
    await store.close()
    before = files(path)

    with pytest.raises(WrongKeyError, match="is missing a key"):
        rotate(path, NEW_KEY, DATA_KEY)

    assert files(path) == before


async def test_a_row_that_does_not_open_is_told_and_the_keys_stay_needed(path: Path, store: Store) -> None:
    await fill(store)
    async with store._database.write() as connection:
        await connection.execute(replies.update().where(replies.c.id == 1).values(sealed=b"\0" * 40))
    await store.close()

    with pytest.raises(StoreError, match="row of the table replies was changed or damaged"):
        rotate(path, NEW_KEY, DATA_KEY)

    with pytest.raises(WrongKeyError, match="is missing a key"):
        await open_store(path, NEW_KEY)


@pytest.mark.parametrize("killed", [False, pytest.param(True, marks=pytest.mark.sqlite_file(Why.OPEN_FILES))])
async def test_a_wrong_key_is_refused_and_no_byte_is_written(path: Path, store: Store, killed: bool) -> None:
    await fill(store)
    wrong = path
    if killed:  # its log is still beside it
        wrong = path.parent / "killed" / path.name
        wrong.parent.mkdir()
        for name, content in files(path).items():
            (wrong.parent / name).write_bytes(content)
    await store.close()
    before = files(wrong)

    for tried in (open_store, open_to_read):
        with pytest.raises(WrongKeyError, match="WARD_DATA_KEY doesn’t fit"):
            await tried(wrong, new_key(), new_key())
    with pytest.raises(WrongKeyError, match="WARD_DATA_KEY doesn’t fit"):
        rotate(wrong, new_key())

    after = files(wrong)
    assert {name for name in before if not name.endswith("-shm")} == {name for name in after if "-shm" not in name}
    assert all(after[name] == content for name, content in before.items() if not name.endswith("-shm"))
    again = await open_store(wrong, DATA_KEY)
    assert len((await read(again))["replies"]) == 4
    await again.close()


@pytest.mark.sqlite_file(Why.OLD)
async def test_a_wrong_key_does_not_migrate_an_older_database(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, head="0001")
    database = Database(at(path))
    await open_pseudonyms(database, Sealer(DATA_KEY), may_write=True)
    await database.close()
    before = files(path)

    with pytest.raises(WrongKeyError):
        await open_store(path, new_key())

    assert files(path) == before


@pytest.mark.sqlite_file(Why.ALONE)
async def test_a_rotation_is_refused_while_a_bot_runs_on_the_file(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "PATIENCE_S", 0.02)
    await fill(store)

    with pytest.raises(StoreError, match=r"in use\. Stop the bot"):
        await asyncio.to_thread(rotate, path, NEW_KEY, DATA_KEY)

    assert key_ids(path) == {Sealer(DATA_KEY).key_id}


@pytest.mark.sqlite_file(Why.NO_DATABASE)
def test_there_has_to_be_a_database(path: Path) -> None:
    with pytest.raises(StoreError, match="There’s no database"):
        rotate(path, NEW_KEY)
    assert not path.exists()


def settings(path: Path, *keys: bytes) -> list[str]:
    return ["--env-file", str(write_settings(path.with_name("settings"), *keys, WARD_DATABASE=str(path)))]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for name in ("WARD_DATABASE", "WARD_DATA_KEY"):
        monkeypatch.delenv(name, raising=False)
    return CliRunner()


async def run(shell: CliRunner, command: object, arguments: list[str]) -> Result:
    return await asyncio.to_thread(shell.invoke, command, arguments)  # type: ignore[arg-type]


@pytest.mark.sqlite_file(Why.COMMAND)
async def test_the_command_says_how_many_rows_and_what_to_do_next(path: Path, store: Store, shell: CliRunner) -> None:
    await shared(store)
    await store.close()
    path.with_name(f"{path.name}.before-0002").touch(mode=0o600)

    done = await run(shell, rotate_key.command, settings(path, NEW_KEY, DATA_KEY))
    again = await run(shell, rotate_key.command, settings(path, NEW_KEY))
    checked = await run(shell, verify.command, settings(path, NEW_KEY))

    assert done.exit_code == 0
    assert done.output.startswith("5 rows were encrypted again. Everything is under the first key now.\n")
    assert "no longer needs the other keys" in done.output
    assert "test.db.before-0002" in done.output
    assert again.output.startswith("WARD_DATA_KEY holds one key, and everything is encrypted under it.")
    assert checked.output.splitlines()[:2] == [
        "summary 1 of prompt 1: sound, 3 quotes, 3 people",
        "stored rows: sound, 4 rows as the bot wrote them",
    ]
