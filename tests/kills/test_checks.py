"""A check that was started is posted once, and its results too, however the bot dies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.texts import SAME
from cogs.checks.cards import ASK, OVER
from tests.kills.test_kills import After, killed, restarted

NOTHING_KEPT = ["before commit 1"]
KEPT = ["after commit 1", "after request 2"]
ENDING = ["after commit 1", "after commit 2", "before request 2", "after request 2"]


def cards_in(after: After, channel_id: int, words: str) -> list[str]:
    return [text for text in (str(one.components) for one in after.messages(channel_id)) if words in text]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("point", [*NOTHING_KEPT, *KEPT])
async def test_a_check_is_posted_once_if_it_was_kept(tmp_path: Path, point: str) -> None:
    await killed("check", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        found = await after.store.checks.of_prompt(prompt.id)

        assert len(found) == int(point in KEPT)
        assert len(cards_in(after, prompt.thread_id or 0, ASK)) == len(found)
        assert all(check.message_id for check in found)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("point", ENDING)
async def test_a_check_ends_once_with_all_presses_and_one_message_of_results(tmp_path: Path, point: str) -> None:
    await killed("ending", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        (check,) = await after.store.checks.of_prompt(prompt.id)
        result = await after.store.checks.result(check)

        assert result is not None
        assert result.points
        assert {each.same for each in result.points} == {5}
        assert len(cards_in(after, prompt.thread_id or 0, SAME.format(people="5 people"))) == 1
        assert len(cards_in(after, prompt.thread_id or 0, OVER)) == 1
        assert await after.store.checks.to_release() == ()
        assert await after.store.checks._keys.owner_ids() == set()
