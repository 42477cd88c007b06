"""A new session reads at once what may hold something new, and everything else within the day."""

from __future__ import annotations

import pytest

from bot.models.prompts import WatchedPrompt
from cogs.replies import catch_up
from tests.cogs.replies.talk import Talk

DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def nothing_unchanged_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a server with so many closed prompts that none of these is among the first."""
    monkeypatch.setattr(catch_up, "MOST_AT_ONCE", 0)


@pytest.fixture
async def closed(talk: Talk) -> Talk:
    """A prompt that has closed, and whose thread was read after that."""
    await talk.say("We need more staff."), await talk.say("And a lift.")
    await talk.world.store.prompts.close(talk.prompt, talk.world.env.now())
    await talk.world.env.advance_time(60)
    await talk.restart()
    read = {prompt.id: read async for prompt, read in talk.world.store.prompts.iterate_watched()}
    assert read[talk.prompt.id] is not None
    return talk


async def test_the_words_of_prompts_are_not_kept_in_memory(closed: Talk) -> None:
    assert type(closed.world.bot.watch.of_prompt(closed.prompt.id)) is WatchedPrompt


def histories(talk: Talk, since: int) -> int:
    """How often a history was read since a request."""
    requests = talk.world.env.http_requests[since:]
    return sum(each.method == "GET" and each.path.endswith("/messages") for each in requests)


async def test_a_closed_prompt_in_whose_thread_nothing_was_said_is_not_read_at_the_start(closed: Talk) -> None:
    before = len(closed.world.env.http_requests)

    await closed.restart()

    assert histories(closed, before) == 0


async def test_an_edit_of_the_time_away_is_found_within_the_day(closed: Talk) -> None:
    said = next(message for message in closed.thread.history() if message.content == "And a lift.")
    with closed.away():
        await closed.world.staff[0].edit(said, "And two lifts.")
    await closed.restart()
    at_once = await closed.texts()
    await closed.world.env.advance_time(DAY)

    assert "And two lifts." not in at_once
    assert "And two lifts." in await closed.texts()


async def test_a_late_reply_of_the_time_away_is_found_at_once(closed: Talk) -> None:
    with closed.away():
        await closed.say("A late thought.")
    await closed.restart()

    assert "A late thought." in await closed.texts()


async def test_a_deletion_of_the_time_away_is_found_at_once(closed: Talk) -> None:
    said = next(message for message in closed.thread.history() if message.content == "And a lift.")
    with closed.away():
        await closed.world.staff[0].delete(said)
        # Discord counts deleted messages no longer; simcord does.
        closed.world.env.backend.get_channel(closed.thread.id).message_count -= 1
    await closed.restart()

    assert await closed.texts() == ["We need more staff."]


async def test_sessions_in_quick_succession_do_not_put_a_reading_off(closed: Talk) -> None:
    said = next(message for message in closed.thread.history() if message.content == "And a lift.")
    with closed.away():
        await closed.world.staff[0].edit(said, "And two lifts.")
    for _ in range(3):
        await closed.restart()
        await closed.world.env.advance_time(60)

    assert "And two lifts." in await closed.texts()


async def test_an_open_prompt_is_read_at_every_start(talk: Talk) -> None:
    said = await talk.say("And a lift.")
    with talk.away():
        await talk.world.staff[0].edit(said, "And two lifts.")
    await talk.restart()

    assert await talk.texts() == ["And two lifts."]
