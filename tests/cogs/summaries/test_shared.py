"""A summary that is shared in a thread: what it shows, to whom, and where it cannot be posted."""

from __future__ import annotations

import pytest

from bot.discord_errors import FORBIDDEN
from bot.services.summaries.published_summaries import format_age
from bot.summaries.lifecycle.freshness import RepliesSince
from bot.summaries.lifecycle.record import CHANGED as CHANGED_ON
from bot.summaries.output.counts import STANDINGS
from bot.summaries.output.plain_text import READ
from bot.summaries.review.publication import NOT_CHECKED
from cogs.summaries.card import READ_ALL
from cogs.summaries.card_text import WROTE
from cogs.summaries.shared_summaries import FORGOTTEN, NO_THREAD
from cogs.summaries.texts import QUESTIONS
from tests.cogs.summaries.discussion import Discussion, like, read_shared
from tests.cogs.summaries.sharing import CHANGED, is_shown, latest, recorded, share, standing
from tests.wording import says
from tests.world import shown, words


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_shared_summary_stands_in_the_thread_without_links_to_messages(
    discussion: Discussion, elsewhere: bool
) -> None:
    shared = await share(discussion, discussion.world.office if elsewhere else None)

    text = words(shared)
    assert is_shown(standing(discussion), discussion)
    assert WROTE.format(people="4 people", standing=STANDINGS[0]) in text
    assert "https://" not in text
    assert not shared.mentions
    everything = await read_shared(discussion.world.staff[0], shared)
    assert READ.format(read=12, held="13 replies", private="") in everything
    assert NOT_CHECKED in everything
    assert "https://" not in everything
    assert [record.pending for record in await recorded(discussion)] == [False]


async def test_anybody_can_read_all_of_a_shared_summary_and_nobody_else_sees_their_pages(
    discussion: Discussion,
) -> None:
    shared = await share(discussion)
    before = len(discussion.thread.history())

    assert QUESTIONS in await read_shared(discussion.world.staff[3], shared)
    assert QUESTIONS not in words(shared)
    assert words(latest(discussion)) == words(shared)
    assert len(discussion.thread.history()) == before


async def test_a_shared_summary_stays_as_it_was_recorded_when_more_replies_come(discussion: Discussion) -> None:
    shared = await share(discussion)
    await discussion.say(discussion.world.staff[0], "The lifts have been out of order since before the summer.")
    text = await read_shared(discussion.world.organiser, shared)

    message = next(one for one in discussion.thread.history() if one.id == shared.id)
    assert "lifts" not in f"{words(message)}{text}"
    assert not says(words(message), CHANGED_ON)


async def test_a_forgotten_summary_says_that_it_has_no_other_pages(discussion: Discussion) -> None:
    shared = await share(discussion)
    await discussion.world.store.summaries.forget(shared.id)
    answer = await discussion.world.staff[0].click(shared, label=READ_ALL)

    assert FORGOTTEN in shown(answer)
    assert words(latest(discussion)) == words(shared)


async def test_where_there_is_no_thread_sharing_says_so_and_records_nothing(discussion: Discussion) -> None:
    world = discussion.world
    gone = await world.store.prompts.note_gone(discussion.prompt, world.env.now())
    await world.store.prompts.keep(gone, "Deleted by mistake.")
    answer = await world.organiser.slash(world.prompts, "summary thread", prompt=str(gone.id), share=True)

    assert NO_THREAD in answer.response.content
    assert await recorded(discussion) == []


async def test_a_thread_in_which_the_bot_may_not_write_gets_no_summary(discussion: Discussion) -> None:
    world = discussion.world
    world.env.inject_error("POST", f"/channels/{discussion.thread.id}/messages", status=403, code=50013)
    answer = await world.organiser.slash(discussion.thread, "summary thread", share=True)

    assert FORBIDDEN in answer.response.content
    assert await recorded(discussion) == []
    assert len(world.env.errors) == 1  # the refusal, which was answered


async def test_a_reply_that_comes_days_later_makes_the_shared_summary_out_of_date(discussion: Discussion) -> None:
    world = discussion.world
    world.bot.watch.add(discussion.prompt)
    shared = await share(discussion)
    await world.env.advance_time(2 * 86_400)
    await discussion.say(world.staff[1], "Nights are short staffed again, and nobody has told us why.")
    with world.env._bot_scope():
        world.bot.dispatch("replies_stored", (discussion.prompt.id,))  # as the replies' cog does after a commit
    await world.env.advance_time(700)

    now = next(message for message in discussion.thread.history() if message.id == shared.id)
    assert format_age(RepliesSince(1)) in words(now)


async def test_a_summary_stands_in_words_and_follows_deletions_where_pictures_are_refused(
    discussion: Discussion,
) -> None:
    world = discussion.world
    await like(discussion)
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50013)
    shared = await share(discussion)
    taken = standing(discussion)
    assert not shared.attachments

    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50013)
    await discussion.take_back(taken)

    assert not is_shown(taken, discussion)
    assert CHANGED in words(latest(discussion))
