"""What facilitators have to know is told once, however the bot dies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.kills.test_kills import killed, restarted

# Before its first commit the bot has noted nothing: it finds out after the start that the thread is gone.
POINTS = [
    "before event 1",
    *(f"{when} commit {number}" for number in (1, 2, 3) for when in ("before", "after")),
    *("before request 1", "after request 1"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("point", POINTS)
async def test_that_a_thread_was_deleted_is_told_once_and_its_30_days_count_from_then(
    tmp_path: Path, point: str
) -> None:
    await killed("telling", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        settings = await after.store.settings.of(prompt.guild_id)
        told = [message.content for message in after.messages(settings.facilitators_channel_id or 0)]
        now = after.env.now()

        assert sum("was deleted" in text for text in told) == 1
        assert await after.store.prompts.gone_untold() == ()
        assert await after.store.prompts.gone(now - timedelta(days=1)) == ()
        assert [gone.id for gone in await after.store.prompts.gone(now + timedelta(days=1))] == [prompt.id]
