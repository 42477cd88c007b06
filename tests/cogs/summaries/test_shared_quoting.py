"""Who says no to quotes is quoted in no shared summary, and still counted."""

from __future__ import annotations

import pytest

from bot.services.replies.quoting import find_quoting_prompts
from bot.store import StoreError
from bot.summaries.lifecycle.record import REFUSED
from tests.cogs.summaries.discussion import SAID, Discussion, discuss
from tests.cogs.summaries.sharing import is_shown, latest, recorded, share, standing
from tests.world import words


async def test_who_says_no_to_quotes_is_quoted_in_no_summary_and_still_read(discussion: Discussion) -> None:
    shared = await share(discussion)
    first = standing(discussion)
    world = discussion.world

    (before,) = await recorded(discussion)
    await world.store.people.choose(world.guild.id, first.author.id, quotes=False)
    with world.env._bot_scope():
        world.bot.dispatch("quotes_changed", discussion.prompt.id)
    await world.env.settle()

    text = words(latest(discussion))
    assert latest(discussion).id == shared.id
    assert not is_shown(first, discussion)
    assert REFUSED in text
    (record,) = await recorded(discussion)
    assert record.summary.coverage == before.summary.coverage
    assert [point.people for point in record.summary.points] == [point.people for point in before.summary.points]
    await share(discussion)
    assert not is_shown(first, discussion)


async def test_a_no_to_quotes_while_the_database_cannot_be_read_is_followed_once_it_can_be(
    discussion: Discussion, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await share(discussion)
    first = standing(discussion)
    world = discussion.world

    async def fail(*_: object) -> None:
        raise StoreError("The disk of the database at {path} reports an error.")

    with monkeypatch.context() as broken:
        broken.setattr(world.store.summaries, "shared", fail)
        broken.setattr(world.store.drafts, "of_prompt", fail)
        await world.store.people.choose(world.guild.id, first.author.id, quotes=False)
        with world.env._bot_scope():
            world.bot.dispatch("quotes_changed", discussion.prompt.id)
        await world.env.settle()
    assert is_shown(first, discussion)
    await world.env.advance_time(10 * 60)

    assert not is_shown(first, discussion)
    assert f"summaries of prompt {discussion.prompt.id} could not be repaired: StoreError" in caplog.text
    assert f"the draft of prompt {discussion.prompt.id} could not be repaired: StoreError" in caplog.text
    assert not world.env.errors


async def test_a_start_takes_out_quotes_of_who_said_no_while_nobody_told(discussion: Discussion) -> None:
    await share(discussion)
    first = standing(discussion)
    world = discussion.world
    await world.store.people.choose(world.guild.id, first.author.id, quotes=False)
    await world.restart()

    assert not is_shown(first, discussion)


async def test_only_summaries_that_quote_somebody_are_renewed_when_they_say_no_to_quotes(
    discussion: Discussion,
) -> None:
    world = discussion.world
    await share(discussion)
    other = await discuss(world, SAID[1:3])
    await other.say(world.staff[0], "ok")
    await share(other)
    author = standing(discussion).author.id

    own = await world.store.replies.of_person(world.guild.id, author)
    found = await find_quoting_prompts(world.store, own)

    assert author == world.staff[0].id
    assert {reply.prompt_id for reply in own} == {discussion.prompt.id, other.prompt.id}
    assert found == {discussion.prompt.id}
