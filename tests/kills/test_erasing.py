"""An erasing by date that is killed at any moment is whole or absent; the next start leaves no trace in any file."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.models.database_server import Place
from bot.store import Store, open_store
from bot.summaries.lifecycle.record import Record
from tests.by_hand import held, look
from tests.engines import at
from tests.kills.dying import killed
from tests.store.test_retention import DATE, OVER, sealed_bytes, summed_up
from tests.world import DATA_KEY


def erase_until(path: Place, point: str) -> None:
    """Erase what is too old; the process kills itself at an event of the writing connection."""

    async def play() -> None:
        store = await open_store(path, DATA_KEY)
        (kept,) = await store.retention.keeping()
        event.listen(store._database._engine.writer.sync_engine, point, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        await store.retention.erase(kept.prompt.id, DATE, OVER)

    asyncio.run(play())


def held_in(path: Path) -> list[object]:
    """How many replies and open drafts a database holds, and whether replies were erased, before anybody opens it."""
    ((replies, drafts, erased),) = look(
        path,
        "SELECT (SELECT count(*) FROM replies), (SELECT count(*) FROM drafts WHERE state = 'open'), "
        "frozen_at IS NOT NULL FROM prompts",
    )
    return [replies, drafts, bool(erased)]


@pytest.mark.parametrize(("point", "erased"), [("commit", False), ("checkin", True)])
@pytest.mark.sampled(1)
async def test_an_erasing_cut_short_is_whole_or_absent_and_is_finished_later(
    tmp_path: Path, store: Store, point: str, erased: bool
) -> None:
    prompt = await summed_up(store)
    path = tmp_path / "test.db"
    await store.close()
    sealed = sealed_bytes(path, "replies", "private_replies", "summaries", "drafts")

    await killed(erase_until, at(path), point)

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
    left = held(path)
    assert [one for one in sealed if one in left] == []
    await again.close()
