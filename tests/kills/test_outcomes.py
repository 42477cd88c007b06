"""An outcome that was kept is posted once in its thread and stands on the card, however the bot dies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kills.test_kills import After, killed, restarted

# The first request says that the press on “Post” arrived; then come the thread, the card, the notice's channel, and it.
NOTHING_KEPT = ["before commit 1"]
KEPT = ["after commit 1", "before request 2", "after request 2", "after request 3", "before request 5"]


def outcomes_in(after: After, channel_id: int) -> list[str]:
    """The messages of a channel that tell what the outcome says."""
    return [text for text in (str(one.components) for one in after.messages(channel_id)) if "We hire six" in text]


def notices(after: After) -> int:
    """How many direct messages tell of the outcome."""
    held = after.env.backend.messages.values()
    return sum("now has an answer" in message.content for channel in held for message in channel.values())


@pytest.mark.sampled(2)
@pytest.mark.parametrize("point", [*NOTHING_KEPT, *KEPT])
async def test_an_outcome_is_posted_once_if_it_was_kept(tmp_path: Path, point: str) -> None:
    await killed("outcome", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        kept = await after.store.outcomes.of_guild(prompt.guild_id)
        expected = int(point in KEPT)

        assert len(kept) == expected
        assert len(outcomes_in(after, prompt.thread_id or 0)) == expected
        assert len(outcomes_in(after, prompt.channel_id)) == expected
        assert notices(after) in ({0, 1} if point == "before request 5" else {expected})
        assert await after.store.outcomes.unposted() == ()
