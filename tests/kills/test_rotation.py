"""A rotation of the data key that is killed at any moment is gone on with, and until then both keys open everything."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from bot.models.database_server import Place
from bot.store import Store, open_store, rotate
from bot.store.encryption import key_rotation as rotating
from bot.store.encryption.sealer import WrongKeyError
from tests.by_hand import back_up
from tests.engines import at
from tests.processes import Forked
from tests.store.everything import fill, read
from tests.store.test_key_rotation import NEW_KEY, ROWS, key_ids
from tests.world import DATA_KEY

# One transaction takes the lock, one notes the key, then come the rows of each table, two at a time, then the secrets.
LAST = 0
MOMENTS = [(moment, number) for moment in ("begin", "commit") for number in (2, 4, 5, 11, 15, LAST)]
NEVER = 999


def rotate_until(path: Place, moment: str, number: int) -> None:
    """Rotate two rows at a time; the process kills itself when it begins or commits its ``number``th transaction."""
    seen = []

    def look(_connection: Connection) -> None:
        seen.append(moment)
        if len(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    rotating.BATCH = 2
    event.listen(Engine, moment, look)
    rotate(path, NEW_KEY, DATA_KEY)
    sys.stdout.write(f"{len(seen)}\n")


async def play(path: Path, moment: str, number: int) -> tuple[int | None, str]:
    child = Forked(rotate_until, at(path), moment, number)
    try:
        return await child.ended()
    finally:
        child.kill()


async def transactions(path: Path) -> int:
    """How many a whole rotation takes, tried on a copy."""
    copy = back_up(path, path.with_name("copy.db"))
    code, said = await play(copy, "commit", NEVER)
    assert code == 0
    return int(said)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("moment", "number"), MOMENTS)
async def test_a_rotation_cut_short_is_gone_on_with(tmp_path: Path, store: Store, moment: str, number: int) -> None:
    await fill(store)
    before = await read(store)
    await store.close()
    path = tmp_path / "test.db"

    number = number or await transactions(path)
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
