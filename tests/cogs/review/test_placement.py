"""What Discord failed to post, or a kill left half done, is posted later, once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.models.reviews import DraftState
from cogs.review.desk import NO_ANSWER
from cogs.review.draft_card import ENDED
from cogs.summaries.card_text import TITLE
from cogs.summaries.commands import IN_THREAD
from cogs.summaries.shared_summaries import LATER
from tests.cogs.prompts.scenes import library
from tests.cogs.review.sitting import FIRST, Sitting, drafts_in
from tests.cogs.review.test_drafts import close
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, shown, words

PREPARING = "will be shown here in a moment"
MINUTES = 6 * 60


def fail(world: World, channel: Any, times: int) -> None:
    """Discord answers posts in a channel with a fault of its own."""
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=503, times=times)


def stop(when: str) -> str:
    """A trigger that undoes a step, as if the process had died before it."""
    return f"CREATE TRIGGER stop BEFORE UPDATE OF {when} BEGIN SELECT RAISE(ABORT, 'the process died here'); END"


async def test_a_draft_whose_card_discord_failed_to_post_is_placed_within_minutes(discussion: Discussion) -> None:
    world = discussion.world
    fail(world, world.office, 2)
    await close(discussion)
    assert drafts_in(world) == []
    await world.env.advance_time(MINUTES)

    assert len(drafts_in(world)) == 1


async def test_who_asks_for_a_draft_is_told_that_its_card_comes_later(discussion: Discussion) -> None:
    world = discussion.world
    fail(world, world.office, 2)
    answer = await Sitting(discussion, world.facilitator).start()
    assert NO_ANSWER in shown(answer)
    await world.env.advance_time(MINUTES)

    assert len(drafts_in(world)) == 1


async def test_a_draft_without_a_facilitators_channel_is_placed_when_setup_names_one(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    await close(discussion)
    await world.store.settings.change(world.guild.id, facilitators_channel_id=world.office.id)
    with world.env._bot_scope():
        world.bot.dispatch("facilitators_named", world.guild.id)  # as /setup does
    await world.env.settle()

    assert len(drafts_in(world)) == 1


async def test_a_card_that_was_sent_before_a_kill_is_not_sent_again(discussion: Discussion) -> None:
    world = discussion.world
    await close(discussion)
    (card,) = drafts_in(world)
    await world.change_database("UPDATE drafts SET message_id = NULL, channel_id = NULL")
    await world.restart()

    assert [message.id for message in drafts_in(world)] == [card.id]
    draft = await world.store.drafts.of_prompt(discussion.prompt.id)
    assert draft is not None
    assert draft.message_id == card.id


async def test_a_draft_that_was_made_before_a_kill_is_published_at_once_after_it(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    await close(discussion)  # the draft is made, and as after a kill nothing is posted
    await world.store.settings.change(world.guild.id, facilitators_channel_id=world.office.id, publish="at once")
    await world.restart()

    assert FIRST in words(discussion.thread.history()[-1])
    assert drafts_in(world) == []
    assert await world.store.drafts.of_prompt(discussion.prompt.id) is None


async def test_a_summary_that_discord_failed_to_post_at_once_comes_within_minutes(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, publish="at once")
    fail(world, discussion.thread, 3)
    await close(discussion)
    await world.env.advance_time(MINUTES)

    texts = [text for text in world.texts(discussion.thread) if FIRST in text and TITLE in text]
    assert len(texts) == 1
    assert drafts_in(world) == []


@pytest.mark.parametrize("step", ["message_id ON summaries", "state ON drafts WHEN NEW.state = 'published'"])
@pytest.mark.sampled(1)
async def test_publishing_at_once_that_a_kill_cut_short_is_finished_at_the_start(
    discussion: Discussion, step: str
) -> None:
    world = discussion.world
    channel = world.guild.create_text_channel("news")
    await world.env.settle()
    await world.store.settings.change(world.guild.id, publish="at once", announcements_channel_id=channel.id)
    await world.change_database(stop(step))
    await close(discussion)
    await world.change_database("DROP TRIGGER stop")
    world.env.errors.clear()
    await world.restart()
    await world.env.advance_time(MINUTES)

    for place in (discussion.thread, channel):
        texts = world.texts(place)
        assert not any(PREPARING in text for text in texts)
        assert sum(TITLE in text for text in texts) == 1
    assert await world.store.drafts.of_prompt(discussion.prompt.id) is None


async def test_the_summary_is_said_to_be_in_the_thread_only_when_it_is_there(discussion: Discussion) -> None:
    world = discussion.world
    fail(world, discussion.thread, 3)
    prompt = str(discussion.prompt.id)
    answer = await world.organiser.slash(discussion.thread, "summary thread", prompt=prompt, share=True)
    assert IN_THREAD not in shown(answer)
    assert LATER.format(channel=discussion.thread.id) in shown(answer)
    await world.env.advance_time(MINUTES)

    assert FIRST in words(discussion.thread.history()[-1])


async def test_a_card_that_could_not_follow_an_end_of_its_draft_says_so_later(sitting: Sitting) -> None:
    world = sitting.world
    draft = await sitting.draft()
    world.env.inject_error("PATCH", f"/channels/{world.office.id}/messages/{sitting.card.id}", status=503, times=2)
    await sitting.publish()
    await world.env.advance_time(MINUTES)

    assert (await world.store.drafts.get(draft.guild_id, draft.id)).state is DraftState.PUBLISHED
    assert ENDED[DraftState.PUBLISHED] in words(drafts_in(world)[-1])


async def test_a_prompt_whose_closing_is_heard_of_twice_is_summed_up_once(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, publish="at once")
    await close(discussion)
    with world.env._bot_scope():
        world.bot.dispatch("prompt_closed", discussion.prompt.id)  # as at a start that overtakes the closing
    await world.env.settle()

    assert sum(TITLE in text for text in world.texts(discussion.thread)) == 1


async def test_a_summary_that_is_asked_for_again_while_it_waits_is_posted_once(discussion: Discussion) -> None:
    world = discussion.world
    fail(world, discussion.thread, 3)
    for _ in range(2):
        answer = await world.organiser.slash(
            discussion.thread, "summary thread", prompt=str(discussion.prompt.id), share=True
        )
    assert IN_THREAD in shown(answer)
    await world.env.advance_time(MINUTES)

    assert sum(TITLE in text for text in world.texts(discussion.thread)) == 1


async def test_a_prompt_whose_summary_was_published_before_its_end_is_summed_up_again_at_it(
    discussion: Discussion,
) -> None:
    world = discussion.world
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    await sitting.publish()
    before = len(drafts_in(world))
    await world.env.advance_time(MINUTES)
    await close(discussion)

    assert len(drafts_in(world)) == before + 1


class TestClosedByHand:
    """Who closes a prompt is told where to go on."""

    @pytest.fixture
    def extensions(self) -> tuple[str, ...]:
        """What posts, collects and closes, and the review."""
        return ("cogs.library", "cogs.prompts", "cogs.replies", "cogs.summaries")

    @pytest.mark.parametrize("replies", [0, 2])
    async def test_they_are_led_to_the_draft_where_there_is_one(self, world: World, replies: int) -> None:
        (first, *_) = await library(world)
        await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")
        (thread,) = world.threads()
        for person in world.staff[:replies]:
            await person.send(thread, "Nobody reads the monthly report, and it takes us two days to write it.")
        told = shown(await world.facilitator.slash(thread, "prompt close"))
        drafts = await world.store.drafts.open_drafts()
        assert len(drafts) == len(drafts_in(world)) == bool(replies)
        place = f"https://discord.com/channels/{world.guild.id}/{world.office.id}"
        assert [draft for draft in drafts if f"[The draft]({place}/{draft.message_id})" not in told] == []
        assert ("draft" in told) == bool(replies)
