"""A summary that nobody checked leads to the checked one, if there is one to read."""

from __future__ import annotations

from bot.text.links import message_link
from cogs.summaries.commands import CHECKED_ONE
from tests.cogs.outcomes.given import published
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import World, shown


async def test_a_summary_that_nobody_checked_leads_to_the_one_that_a_facilitator_published(world: World) -> None:
    talk = await published(world)
    (shared,) = await world.store.summaries.shared(talk.prompt.id)
    text = shown(await world.organiser.slash(talk.thread, "summary thread"))

    assert says(
        text, CHECKED_ONE, summary=f"[a summary]({message_link(world.guild.id, talk.thread.id, shared.message_id)})"
    )


async def test_no_line_leads_into_a_thread_that_was_deleted(world: World) -> None:
    talk = await published(world)
    world.env.backend.delete_channel(talk.thread.id)
    gone = await world.store.prompts.note_gone(talk.prompt, world.env.now())
    await world.store.prompts.keep(gone, "For the board.")
    text = shown(await world.organiser.slash(world.prompts, "summary thread", prompt=str(talk.prompt.id)))

    assert "not checked yet" in text
    assert "by itself now" not in text


async def test_no_line_leads_to_a_message_that_was_deleted_while_the_bot_was_away(world: World) -> None:
    talk = await published(world)
    (shared,) = await world.store.summaries.shared(talk.prompt.id)
    feed = world.env._gateway_feed
    world.env.backend.subscribers.remove(feed)
    world.env.backend.delete_message(talk.thread.id, shared.message_id)
    world.env.backend.subscribers.append(feed)

    assert "by itself now" not in shown(await world.organiser.slash(talk.thread, "summary thread"))


async def test_where_nothing_checked_is_published_no_line_leads_to_it(discussion: Discussion) -> None:
    text = shown(await discussion.world.organiser.slash(discussion.thread, "summary thread"))

    assert "by itself now" not in text
