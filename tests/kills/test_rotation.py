"""A rotation of the data key that is killed at any moment is gone on with, and until then both keys open everything."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.store import Store, open_store, rotate
from bot.store.sealing import WrongKeyError
from tests.store.everything import fill, read
from tests.store.test_rotating import NEW_KEY, ROWS, key_ids
from tests.world import DATA_KEY

CHILD = """
import os, pathlib, signal, sys
from sqlalchemy import Engine, event
from bot.store import rotate, rotating

path, moment, number, *keys = sys.argv[1:]
seen = []

def look(connection):
    seen.append(moment)
    if len(seen) == int(number):
        os.kill(os.getpid(), signal.SIGKILL)

rotating.BATCH = 2
event.listen(Engine, moment, look)
rotate(pathlib.Path(path), *map(bytes.fromhex, keys))
print(len(seen))
"""
# In all 15 transactions: one takes the lock, one notes the key, then rows of five tables, then the secrets.
MOMENTS = [("begin", n) for n in (2, 4, 5, 11, 15)] + [("commit", n) for n in (2, 4, 5, 11, 15)]


async def play(path: Path, moment: str, number: int) -> tuple[int | None, bytes]:
    arguments = (str(path), moment, str(number), NEW_KEY.hex(), DATA_KEY.hex())
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, *arguments, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await asyncio.wait_for(child.communicate(), 60)
    return child.returncode, said


@pytest.mark.parametrize(("moment", "number"), MOMENTS)
async def test_a_rotation_cut_short_is_gone_on_with(tmp_path: Path, store: Store, moment: str, number: int) -> None:
    await fill(store)
    before = await read(store)
    await store.close()
    path = tmp_path / "test.db"

    code, _ = await play(path, moment, number)

    assert code == -signal.SIGKILL
    both = await open_store(path, NEW_KEY, DATA_KEY)
    assert await read(both) == before
    await both.close()
    with pytest.raises(WrongKeyError):
        await open_store(path, NEW_KEY)
    assert 0 < rotate(path, NEW_KEY, DATA_KEY).rows <= ROWS
    assert len(key_ids(path)) == 1
    after = await open_store(path, NEW_KEY)
    assert await read(after) == before
    await after.close()


async def test_the_moments_reach_to_the_end(tmp_path: Path, store: Store) -> None:
    await fill(store)
    await store.close()

    code, said = await play(tmp_path / "test.db", "commit", 99)

    assert (code, int(said)) == (0, MOMENTS[-1][1])
