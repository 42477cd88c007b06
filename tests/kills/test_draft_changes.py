"""A process that is killed in the middle of a draft's change leaves the change whole, or leaves nothing of it."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.models.database_server import Place
from bot.models.reviews import AddNote
from bot.store import Store, open_store
from tests.engines import at
from tests.kills.dying import killed
from tests.store.samples import GUILD, NOW
from tests.store.test_drafts import opened
from tests.world import DATA_KEY


def change_until(path: Place, point: str) -> None:
    """Add a note to the open draft; the process kills itself at an event of the writing connection."""

    async def play() -> None:
        store = await open_store(path, DATA_KEY)
        (draft,) = await store.drafts.open_drafts()
        event.listen(store._database._engine.writer.sync_engine, point, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        await store.drafts.change(draft, 5, AddNote("1", "Ask on Monday."), NOW)

    asyncio.run(play())


@pytest.mark.parametrize(("point", "made"), [("commit", 0), ("checkin", 1)])
@pytest.mark.sampled(1)
async def test_a_change_cut_short_is_whole_or_absent(tmp_path: Path, store: Store, point: str, made: int) -> None:
    draft = await opened(store)
    path = tmp_path / "test.db"
    await store.close()

    await killed(change_until, at(path), point)

    again = await open_store(path, DATA_KEY)
    after = await again.drafts.get(GUILD, draft.id)
    assert [one.what for one in await again.drafts.changes(draft.id)] == [AddNote("1", "…")] * made
    assert after.changes == made
    assert (after.summary == draft.summary) == (made == 0)
    await again.close()
