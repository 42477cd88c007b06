"""The file of prompt keys: apart, for its owner alone, and a key in it is destroyed for certain or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store, StoreError, open_store
from bot.store.keyed import keys as prompt_keys
from bot.store.keyed.keys import KeyFile, NotDestroyedError
from tests.engines import IS_ON_POSTGRES
from tests.store.samples import NOW
from tests.store.senders import prompt_in, send
from tests.world import DATA_KEY


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "prompt-keys" / "keys.db")


def held(path: Path) -> bytes:
    """The raw bytes of a file and of its write-ahead log."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


async def test_a_prompts_key_is_made_once_also_by_many_at_once(keys: KeyFile) -> None:
    made = await asyncio.gather(*(keys.make(7) for _ in range(8)), *(KeyFile(keys.path).make(7) for _ in range(8)))

    assert len(set(made)) == 1
    assert len(made[0]) == 32
    assert await keys.make(8) != made[0]
    assert await keys.find((7, 9)) == {7: made[0]}
    assert await keys.owner_ids() == {7, 8}


async def test_a_new_file_that_many_open_at_once_holds_one_key(tmp_path: Path) -> None:
    for number in range(60):
        path = tmp_path / str(number) / "keys.db"
        assert len(set(await asyncio.gather(*(KeyFile(path).make(7) for _ in range(16))))) == 1


async def test_only_the_bots_user_can_read_the_file(keys: KeyFile) -> None:
    await keys.make(7)

    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.path.parent.stat().st_mode) == 0o700


async def test_looking_for_keys_makes_no_file(keys: KeyFile) -> None:
    assert await keys.find((7,)) == {}
    await keys.destroy((7,))

    assert not keys.path.parent.exists()


async def test_a_destroyed_key_stands_in_no_byte_of_the_file_or_its_log(keys: KeyFile) -> None:
    other, key = await keys.make(6), await keys.make(7)
    with closing(sqlite3.connect(keys.path)) as reader:  # so that the log stays when the bot lets go of the file
        reader.execute("SELECT * FROM prompt_keys").fetchall()
        await keys.make(8)
        assert key in held(keys.path)

        await keys.destroy((7,))

        assert key not in held(keys.path)
        assert other in held(keys.path)


async def test_a_key_that_somebody_reads_is_not_destroyed_until_they_end(
    keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_keys, "PRAGMAS", (*prompt_keys.PRAGMAS, "busy_timeout = 10"))
    key = await keys.make(7)
    with closing(sqlite3.connect(keys.path, isolation_level=None)) as reader:
        await keys.make(8)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM prompt_keys").fetchall()

        for _ in range(2):
            with pytest.raises(NotDestroyedError, match="be sure that it destroyed an old key"):
                await keys.destroy((7,))

        assert key in held(keys.path)
        reader.execute("COMMIT")
        await keys.destroy((7,))
        assert key not in held(keys.path)


async def test_nothing_is_released_while_the_key_is_not_destroyed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_keys, "PRAGMAS", (*prompt_keys.PRAGMAS, "busy_timeout = 10"))
    prompt = await prompt_in(store)
    for person in range(6):
        await send(store, prompt, person)
    prompt = await store.prompts.close(prompt, NOW)
    with closing(sqlite3.connect(str(store.private._keys.place), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM prompt_keys").fetchall()
        with pytest.raises(NotDestroyedError):
            await store.private.release(prompt, NOW)

        assert await store.private.to_release() == (prompt,)
        assert await store.private.untold() == ()

    assert await store.private.release(prompt, NOW) is not None
    assert await store.private.to_release() == ()


async def test_keys_of_prompts_that_are_gone_or_released_are_destroyed(store: Store) -> None:
    kept = await prompt_in(store)
    await send(store, kept, 1)
    keys = store.private._keys
    await keys.make(99)
    done = await prompt_in(store, 2)
    await store.private.release(await store.prompts.close(done, NOW), NOW)
    await keys.make(done.id)

    assert await store.private.tidy()

    assert await keys.owner_ids() == {kept.id}


async def test_a_file_that_cannot_be_used_is_named_at_the_start(tmp_path: Path) -> None:
    named = tmp_path / "keys" / "keys.db"
    named.parent.mkdir()
    named.write_bytes(b"This is no database, but a letter that somebody put here." * 100)

    with pytest.raises(StoreError, match="WARD_PROMPT_KEYS") as raised:
        await open_store(tmp_path / "test.db", DATA_KEY, prompt_keys=named)

    assert str(tmp_path) not in raised.value.public


async def test_the_keys_lie_where_they_were_named(tmp_path: Path) -> None:
    named = tmp_path / "elsewhere" / "keys.db"

    store = await open_store(tmp_path / "data" / "test.db", DATA_KEY, prompt_keys=named)
    await send(store, await prompt_in(store), 1)
    await store.close()

    assert named.exists()
    assert {file.name for file in (tmp_path / "data").glob("*")} == (set() if IS_ON_POSTGRES else {"test.db"})
