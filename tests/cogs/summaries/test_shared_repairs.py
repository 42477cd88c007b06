"""What could not be shown, or was erased while nobody told, is set right by the next start or round."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.models.replies import Erasure
from bot.store.summaries import SummaryStore
from cogs.summaries import repairs
from cogs.summaries.shared_summaries import LATER
from tests.cogs.summaries.discussion import Discussion, discuss, like
from tests.cogs.summaries.sharing import CHANGED, START, edits_of, is_shown, latest, recorded, share, standing
from tests.world import shown, words


async def test_a_start_repairs_what_was_erased_while_nobody_told(discussion: Discussion) -> None:
    await share(discussion)
    first = standing(discussion)
    replies = await discussion.world.store.replies.of_prompt(discussion.prompt.id)
    await discussion.world.store.replies.withdraw(next(reply for reply in replies if reply.id == first.id))
    await discussion.world.restart()

    assert not is_shown(first, discussion)
    assert CHANGED in words(latest(discussion))


async def test_a_start_shows_what_was_recorded_and_not_shown_yet(discussion: Discussion) -> None:
    world = discussion.world
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001, times=2)
    prompt = str(discussion.prompt.id)
    answer = await world.organiser.slash(discussion.thread, "summary thread", prompt=prompt, share=True)
    assert LATER.format(channel=discussion.thread.id) in shown(answer)
    assert "“" not in words(latest(discussion))
    assert [record.pending for record in await recorded(discussion)] == [True]
    await world.restart()

    assert is_shown(standing(discussion), discussion)
    assert [record.pending for record in await recorded(discussion)] == [False]


async def test_a_deletion_that_cannot_be_shown_is_recorded_and_shown_at_the_next_start(discussion: Discussion) -> None:
    world = discussion.world
    await share(discussion)
    first = standing(discussion)
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001)
    await discussion.take_back(first)
    (record,) = await recorded(discussion)
    assert first.content[:START] not in record.to_json()
    await world.restart()

    assert not is_shown(first, discussion)


async def test_starting_again_changes_nothing_where_all_is_well(discussion: Discussion) -> None:
    world = discussion.world
    await share(discussion)
    before = words(latest(discussion))
    edits = edits_of(world)
    await world.restart()

    assert words(latest(discussion)) == before
    assert edits_of(world) == edits


async def test_a_summary_in_an_archived_thread_is_changed_and_the_thread_archived_again(
    discussion: Discussion,
) -> None:
    world = discussion.world
    await share(discussion)
    # Discord refuses to edit a message in an archived thread; the simulated one does not know that.
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083)
    await discussion.take_back(discussion.messages[0])

    assert CHANGED in words(latest(discussion))
    thread = await world.bot.fetch_channel(discussion.thread.id)
    assert isinstance(thread, discord.Thread)
    assert thread.archived
    assert [record.pending for record in await recorded(discussion)] == [False]


async def test_a_deleted_summary_is_forgotten(discussion: Discussion) -> None:
    shared = await share(discussion)
    await discussion.world.staff[0].delete(discussion.messages[-1])
    assert len(await recorded(discussion)) == 1
    message = await discussion.world.bot.get_partial_messageable(discussion.thread.id).fetch_message(shared.id)
    await message.delete()
    await discussion.world.env.settle()

    assert await recorded(discussion) == []


async def test_a_summary_whose_message_went_unseen_is_forgotten_at_the_next_deletion(discussion: Discussion) -> None:
    shared = await share(discussion)
    discussion.world.env.inject_error("PATCH", "/channels/*/messages/*", status=404, code=10008)
    await discussion.take_back(discussion.messages[0])

    assert shared.id == latest(discussion).id
    assert await recorded(discussion) == []


async def test_of_many_summaries_the_older_ones_are_repaired_little_by_little_after_a_start(
    discussion: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = discussion.world
    monkeypatch.setattr(repairs, "REPAIRED_AT_ONCE", 1)
    await like(discussion)
    await share(discussion)
    other = await discuss(world)
    await share(other)
    taken = standing(discussion)
    await world.store.replies.apply([Erasure(discussion.prompt.id, (taken.id,))])  # killed before anybody heard of it
    await world.restart()
    await world.env.advance_time(30)

    assert not is_shown(taken, discussion)


async def test_a_round_looks_at_the_summaries_of_prompts_in_which_people_wrote_alone(
    discussion: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = discussion.world
    await share(discussion)
    other = await discuss(world)
    for each in (discussion, other):
        world.bot.watch.add(each.prompt)
    await share(other)
    await world.env.advance_time(1_300)
    asked: list[int] = []
    shared = SummaryStore.shared

    async def ask(self: SummaryStore, prompt_id: int | None = None) -> Any:
        asked.append(prompt_id or 0)
        return await shared(self, prompt_id)

    monkeypatch.setattr(SummaryStore, "shared", ask)
    with world.env._bot_scope():
        world.bot.dispatch("replies_stored", (other.prompt.id,))
    await world.env.advance_time(1_300)

    assert set(asked) == {other.prompt.id}
