"""An erasing by date that is killed at any moment is whole or absent; the next start leaves no trace in any file."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.summaries.lifecycle.record import Record
from tests.store.test_retention import DATE, OVER, files, sealed_bytes, summed_up
from tests.world import DATA_KEY

CHILD = """
import asyncio, os, pathlib, signal, sys
from datetime import timedelta
from sqlalchemy import event
from bot.store import open_store
from tests.store.samples import NOW

DATA_KEY = bytes(range(32))

async def main(path, point):
    store = await open_store(pathlib.Path(path), DATA_KEY)
    (kept,) = await store.retention.keeping()
    engine = store._database._writer.sync_engine
    event.listen(engine, point, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    await store.retention.erase(kept.prompt.id, "5 January 2027", NOW + timedelta(days=365))

asyncio.run(main(*sys.argv[1:]))
"""


def held_in(path: Path) -> list[object]:
    """How many replies and open drafts a file holds, and whether its replies were erased, before anybody opens it."""
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM replies), (SELECT count(*) FROM drafts WHERE state = 'open'), "
            "frozen_at IS NOT NULL FROM prompts"
        ).fetchone()
    return [row[0], row[1], bool(row[2])]


@pytest.mark.parametrize(("point", "erased"), [("commit", False), ("checkin", True)])
@pytest.mark.sampled(1)
async def test_an_erasing_cut_short_is_whole_or_absent_and_is_finished_later(
    tmp_path: Path, store: Store, point: str, erased: bool
) -> None:
    prompt = await summed_up(store)
    path = tmp_path / "test.db"
    await store.close()
    sealed = sealed_bytes(path, "replies", "private_replies", "summaries", "drafts")

    child = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, str(path), point)

    assert await asyncio.wait_for(child.wait(), 60) == -signal.SIGKILL
    assert held_in(path) == ([0, 0, True] if erased else [2, 1, False])
    # It was noted in the journal of erasures before, so opening the database finishes it.
    again = await open_store(path, DATA_KEY)
    (shared,) = await again.summaries.shared()
    assert Record.from_json(shared.body).summary.frozen
    assert await again.replies.count(prompt.id) == (0, 0)
    assert (await again.prompts.get(prompt.guild_id, prompt.id)).frozen_at is not None
    assert await again.drafts.of_prompt(prompt.id) is None

    assert await again.retention.erase(prompt.id, DATE, OVER) is None
    assert await again.forget_traces()
    held = files(path)
    assert [one for one in sealed if one in held] == []
    await again.close()
