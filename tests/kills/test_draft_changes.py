"""A process that is killed in the middle of a draft's change leaves the change whole, or leaves nothing of it."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.models.reviews import AddNote
from bot.store import Store, open_store
from tests.store.samples import GUILD
from tests.store.test_drafts import opened
from tests.world import DATA_KEY

CHILD = """
import asyncio, os, pathlib, signal, sys
from sqlalchemy import event
from bot.models.reviews import AddNote
from bot.store import open_store
from tests.store.samples import NOW
from tests.world import DATA_KEY

async def main(path, point):
    store = await open_store(pathlib.Path(path), DATA_KEY)
    (draft,) = await store.drafts.open_drafts()
    engine = store._database._writer.sync_engine
    event.listen(engine, point, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    await store.drafts.change(draft, 5, AddNote("1", "Ask on Monday."), NOW)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize(("point", "made"), [("commit", 0), ("checkin", 1)])
@pytest.mark.sampled(1)
async def test_a_change_cut_short_is_whole_or_absent(tmp_path: Path, store: Store, point: str, made: int) -> None:
    draft = await opened(store)
    path = tmp_path / "test.db"
    await store.close()

    child = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, str(path), point)

    assert await asyncio.wait_for(child.wait(), 60) == -signal.SIGKILL
    again = await open_store(path, DATA_KEY)
    after = await again.drafts.get(GUILD, draft.id)
    assert [one.what for one in await again.drafts.changes(draft.id)] == [AddNote("1", "…")] * made
    assert after.changes == made
    assert (after.summary == draft.summary) == (made == 0)
    await again.close()
