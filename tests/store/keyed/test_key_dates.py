"""The file of keys says until when each key lasts: no database that was put back or changed puts that off."""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.models.prompts import Prompt, PromptState
from bot.services.closing import close_due
from bot.store import Store, StoreError, open_store
from bot.store.keyed.keys import HAS_ENDED, NO_KEY, EndedError
from tests.by_hand import back_up, change, put_back
from tests.kills.dying import killed_in
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import SAME, check_of, started, tap, write
from tests.store.senders import prompt_in, send
from tests.world import DATA_KEY, new_key

DUE = NOW + timedelta(days=15)
"""A day after the date that the forms named."""
YEARS_LATER = "2036-01-01 00:00:00.000000"
FIVE = range(5)
OLD_KEYS = "CREATE TABLE {0}_keys ({0}_id INTEGER PRIMARY KEY, key BLOB NOT NULL)"


def alter(path: Path, statement: str) -> None:
    """Change the database as somebody does who has the file and no key."""
    change(path, statement)


def alter_keys(path: Path, *statements: str) -> None:
    """Change the file of keys, which is one on both engines."""
    with closing(sqlite3.connect(path.parent / "prompt-keys" / path.name)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def held(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in (path.parent / "prompt-keys").iterdir())


async def sent(store: Store) -> tuple[Prompt, bytes]:
    """An open prompt to which five people replied privately, and its key."""
    prompt = await prompt_in(store)
    for person in FIVE:
        await send(store, prompt, person)
    return prompt, (await store.private._keys.find((prompt.id,)))[prompt.id]


@pytest.fixture
async def opened(tmp_path: Path, store: Store) -> AsyncIterator[list[Store]]:
    """Stores that are closed at the end."""
    stores: list[Store] = []
    yield stores
    for one in stores:
        await one.close()


async def test_a_changed_date_in_the_database_does_not_put_off_the_end(tmp_path: Path, store: Store) -> None:
    prompt, key = await sent(store)
    check = await check_of(store, await store.prompts.close(await prompt_in(store, 2), NOW))
    await write(store, check, 1)
    check_key = (await store.checks._keys.find((check.id,)))[check.id]
    alter(tmp_path / "test.db", f"UPDATE prompts SET closes_at = '{YEARS_LATER}'")  # noqa: S608 - a date of ours
    alter(tmp_path / "test.db", f"UPDATE checks SET ends_at = '{YEARS_LATER}'")  # noqa: S608 - a date of ours

    assert (await close_due(store, DUE)).is_complete

    assert key not in held(tmp_path / "test.db")
    assert check_key not in held(tmp_path / "test.db")
    closed = await store.prompts.get(GUILD, prompt.id)
    assert (closed.state, closed.closes_at) == (PromptState.CLOSED, prompt.closes_at)
    (batch,) = await store.private.waiting(GUILD)
    assert batch.replies == len(FIVE)


async def test_before_the_date_nothing_ends(tmp_path: Path, store: Store) -> None:
    prompt, key = await sent(store)
    assert (await close_due(store, prompt.closes_at - timedelta(seconds=1))).prompts == 0
    assert (await store.private._keys.find((prompt.id,)))[prompt.id] == key


async def test_an_earlier_date_in_the_database_holds(tmp_path: Path, store: Store) -> None:
    prompt, key = await sent(store)
    alter(tmp_path / "test.db", "UPDATE prompts SET closes_at = '2026-01-06 00:00:00.000000'")
    await close_due(store, NOW + timedelta(days=2))
    assert key not in held(tmp_path / "test.db")
    assert (await store.prompts.get(GUILD, prompt.id)).state is PromptState.CLOSED


async def test_a_backup_that_is_put_back_opens_nothing_again(tmp_path: Path, store: Store, opened: list[Store]) -> None:
    path = tmp_path / "test.db"
    prompt, key = await sent(store)
    back_up(path, tmp_path / "backup")
    await store.prompts.close(prompt, NOW)  # by hand, long before its date
    await store.private.release(prompt, NOW)
    await store.close()
    put_back(tmp_path / "backup", path)
    again = await open_store(path, DATA_KEY)
    opened.append(again)
    assert (await again.prompts.get(GUILD, prompt.id)).state is PromptState.OPEN

    with pytest.raises(StoreError, match="is missing the key"):  # the rows lie under a key that is destroyed
        await send(again, prompt, 1, "A second reply of one person.")
    assert (await close_due(again, NOW + timedelta(hours=1))).is_complete

    assert (await again.prompts.get(GUILD, prompt.id)).state is PromptState.CLOSED
    (batch,) = await again.private.waiting(GUILD)
    assert batch.replies == len(FIVE)
    assert key not in held(path)


async def test_a_destroyed_key_is_never_made_again(store: Store) -> None:
    prompt, _ = await sent(store)
    keys = store.private._keys
    await keys.destroy((prompt.id,))
    with pytest.raises(EndedError, match=HAS_ENDED):
        await keys.make(prompt.id, prompt.claim, prompt.closes_at)
    # Another prompt can have that number, once the first is erased with its server.
    assert await keys.make(prompt.id, "another claim", prompt.closes_at)


async def test_the_key_of_an_erased_prompt_does_not_serve_for_another_of_its_number(store: Store) -> None:
    keys = store.private._keys
    first = await keys.make(7, "first", DUE)
    assert await keys.make(7, "first", DUE + timedelta(days=1)) == first
    assert await keys.make(7, "second", DUE) != first
    assert (await keys.dates())[7].claim == "second"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE prompt_keys SET ends_at = '2036-01-01T00:00:00+00:00'",
        "UPDATE prompt_keys SET ends_at = NULL",
        "UPDATE prompt_keys SET proof = NULL",
    ],
)
async def test_a_date_that_was_changed_in_the_file_of_keys_is_over(tmp_path: Path, store: Store, change: str) -> None:
    prompt, key = await sent(store)
    alter_keys(tmp_path / "test.db", change)
    await close_due(store, NOW)
    assert key not in held(tmp_path / "test.db")
    assert (await store.prompts.get(GUILD, prompt.id)).state is PromptState.CLOSED


async def test_under_another_databases_keys_nothing_is_taken_or_released(
    tmp_path: Path, store: Store, opened: list[Store]
) -> None:
    prompt, key = await sent(store)
    other = await open_store(tmp_path / "other" / "other.db", new_key(), prompt_keys=tmp_path / "other" / "k" / "keys")
    opened.append(other)
    foreign = (await sent(other))[1]
    await store.prompts.close(prompt, NOW)
    await store.close()

    with pytest.raises(StoreError, match="belongs to another database"):
        await open_store(tmp_path / "test.db", DATA_KEY, prompt_keys=tmp_path / "other" / "k" / "keys")

    assert (await other.private._keys.find((1,)))[1] == foreign
    again = await open_store(tmp_path / "test.db", DATA_KEY)
    opened.append(again)
    await again.private.release(prompt, NOW)
    assert key not in held(tmp_path / "test.db")


async def test_under_an_empty_file_of_keys_nothing_is_taken_or_released(
    tmp_path: Path, store: Store, opened: list[Store]
) -> None:
    prompt, key = await sent(store)
    empty = await open_store(tmp_path / "test.db", DATA_KEY, prompt_keys=tmp_path / "empty" / "keys")
    opened.append(empty)
    missing = NO_KEY.split("{path}")[0]

    with pytest.raises(StoreError, match=missing):
        await send(empty, prompt, 1, "A second reply of one person.")
    await empty.prompts.close(prompt, NOW)
    with pytest.raises(StoreError, match=missing):
        await empty.private.release(prompt, NOW)
    assert not (await close_due(empty, DUE)).is_complete

    assert (await store.private._keys.find((prompt.id,)))[prompt.id] == key
    await store.private.release(prompt, NOW)
    (batch,) = await store.private.waiting(GUILD)
    assert batch.replies == len(FIVE)
    assert key not in held(tmp_path / "test.db")


def make_old(path: Path) -> None:
    """Make of the file of keys one from before keys had dates."""
    keys = path.parent / "prompt-keys" / path.name
    with closing(sqlite3.connect(keys)) as connection:
        rows = {owner: connection.execute(f"SELECT * FROM {owner}_keys").fetchall() for owner in ("prompt", "check")}  # noqa: S608
    for file in keys.parent.iterdir():
        file.unlink()
    with closing(sqlite3.connect(keys)) as connection:
        for owner, held_rows in rows.items():
            connection.execute(OLD_KEYS.format(owner))
            connection.executemany(f"INSERT INTO {owner}_keys VALUES (?, ?)", [row[:2] for row in held_rows])  # noqa: S608
        connection.commit()


async def old(tmp_path: Path, store: Store) -> tuple[Prompt, bytes]:
    """An open prompt, a check, and a closed prompt whose release was cut short, all with a file of keys of before."""
    prompt, key = await sent(store)
    await tap(store, await started(store, 2), 1, SAME)
    cut_short = await prompt_in(store, 3)
    for person in FIVE:
        await send(store, cut_short, person)
    await store.prompts.close(cut_short, NOW)
    make_old(tmp_path / "test.db")
    alter_keys(tmp_path / "test.db", f"DELETE FROM prompt_keys WHERE prompt_id = {cut_short.id}")  # noqa: S608
    return prompt, key


async def test_an_old_file_of_keys_gets_its_dates_at_the_first_opening(tmp_path: Path, store: Store) -> None:
    prompt, key = await old(tmp_path, store)

    await close_due(store, NOW)

    keys = store.private._keys
    assert (await keys.find((prompt.id,)))[prompt.id] == key
    assert (await keys.dates())[prompt.id].ends_at == prompt.closes_at
    assert {date.ends_at for date in (await store.checks._keys.dates()).values()} == {NOW + timedelta(days=7)}
    (batch,) = await store.private.waiting(GUILD)  # the release that was cut short went on
    assert (batch.prompt_id, batch.replies) == (3, len(FIVE))
    alter(tmp_path / "test.db", f"UPDATE prompts SET closes_at = '{YEARS_LATER}'")  # noqa: S608 - a date of ours
    await close_due(store, DUE)
    assert key not in held(tmp_path / "test.db")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("CREATE TABLE IF NOT EXISTS about", 1),
        ("ALTER TABLE prompt_keys", 2),
        ("ALTER TABLE check_keys", 3),
        ("PRAGMA user_version = 1", 1),
        ("INSERT OR IGNORE INTO about", 1),
        ("UPDATE prompt_keys", 1),
        ("INSERT OR REPLACE INTO prompt_ends", 1),
        ("INSERT INTO about", 1),
        ("UPDATE check_keys", 1),
        ("INSERT INTO about", 2),
        ("the end", 1),
    ],
)
async def test_the_upgrade_of_an_old_file_can_be_cut_short_anywhere(
    tmp_path: Path, store: Store, opened: list[Store], statement: str, number: int
) -> None:
    prompt, key = await old(tmp_path, store)
    await store.close()

    await killed_in(close_due, NOW, tmp_path / "test.db", statement, number)

    again = await open_store(tmp_path / "test.db", DATA_KEY)
    opened.append(again)
    assert (await close_due(again, NOW)).is_complete
    keys = again.private._keys
    assert (await keys.find((prompt.id,)))[prompt.id] == key
    assert (await keys.dates())[prompt.id].ends_at == prompt.closes_at
    (batch,) = await again.private.waiting(GUILD)
    assert batch.replies == len(FIVE)
    assert (await close_due(again, DUE)).is_complete
    assert key not in held(tmp_path / "test.db")


async def test_the_date_is_written_in_the_file_and_bound_to_the_key(tmp_path: Path, store: Store) -> None:
    prompt, key = await sent(store)
    with closing(sqlite3.connect(tmp_path / "prompt-keys" / "test.db")) as connection:
        (row,) = connection.execute("SELECT claim, ends_at, proof FROM prompt_keys").fetchall()
    assert (row[0], datetime.fromisoformat(row[1])) == (prompt.claim, prompt.closes_at)
    said = f"date:prompt_keys:{prompt.id}:{row[0]}:{row[1]}"
    assert row[2] == hmac.digest(key, said.encode(), "sha256")
