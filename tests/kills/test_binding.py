"""The migration that binds what is sealed is killed at any moment: nothing is lost, and the next start finishes it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.store import Store, open_store
from bot.store import migration as migrating
from bot.store.encryption.sealer import Sealer
from bot.store.migrations import HEAD
from tests.by_hand import look
from tests.engines import Why
from tests.processes import Forked
from tests.store.everything import fill, read
from tests.store.old_seals import put_back
from tests.world import DATA_KEY

pytestmark = pytest.mark.sqlite_file(Why.OLD)


def migrate_until(path: Path, moment: str, number: int) -> None:
    """Migrate; the process kills itself at the ``number``th of a kind of moments."""
    seen = []

    def look(*_: object) -> None:
        seen.append(moment)
        if len(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment == "copy":
        whole = migrating._copy

        def half(path: Path, copy: Path) -> None:
            whole(path, copy)
            os.truncate(copy, 100)
            look()

        migrating._copy = half
    else:
        event.listen(Engine, moment, look)
    migrating.migrate(path, Sealer(DATA_KEY))
    sys.stdout.write(f"{len(seen)}\n")


MOMENTS = [
    ("copy", 1),
    ("begin", 1),
    ("commit", 1),
    *(("before_cursor_execute", n) for n in (5, 9, 12, 16, 21, 30, 40)),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("moment", "number"), MOMENTS)
async def test_a_binding_cut_short_is_done_at_the_next_start(
    tmp_path: Path, store: Store, moment: str, number: int
) -> None:
    await fill(store)
    before = await read(store)
    await store.close()
    path = tmp_path / "test.db"
    put_back(path)

    child = Forked(migrate_until, path, moment, number)
    try:
        code, _ = await child.ended()
    finally:
        child.kill()

    assert code == -signal.SIGKILL
    assert look(path, "SELECT version_num FROM alembic_version") == [("0009",)]
    again = await open_store(path, DATA_KEY)
    # The tables of board papers and of what a language model sorted came later, so they are empty again.
    assert await read(again) == {**before, "board papers": [], "sortings": [], "returning themes": []}
    await again.close()
    assert look(tmp_path / f"test.db.before-{HEAD}", "SELECT version_num FROM alembic_version") == [("0009",)]
