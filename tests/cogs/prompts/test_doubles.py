"""A forum's post that Discord made twice is there once, or its replies are collected in both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.models.prompts import Prompt, PromptState
from cogs.prompts.card import CLOSED as CARD_CLOSED
from cogs.prompts.card import REPLY
from cogs.prompts.closing import CLOSED
from cogs.prompts.doubles import NOT_HERE, TWO_DISCUSSIONS
from cogs.prompts.posting import finish, post
from tests.cogs.prompts.cut_postings import forget, fresh, lines
from tests.cogs.prompts.scenes import DAY, cards
from tests.servers.bad_line import taken_twice
from tests.wording import says
from tests.world import World, new_world

HERE, THERE = "We need more people at night.", "Handover takes too long."


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot with what posts prompts and collects replies."""
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.prompts", "cogs.replies")) as made:
        yield made


def writes(world: World, text: str, who: int = 0) -> Callable[[Any], None]:
    """Somebody writes in a post as soon as it is there."""

    def say(made: Any) -> None:
        world.env.backend.create_message(int(made["id"]), world.staff[who].id, text)

    return say


def silent(_made: Any) -> None:
    """Nobody writes."""


async def posted_twice(world: World, *after: Callable[[Any], None]) -> Prompt:
    """Post a prompt in the forum, which Discord does twice."""
    new = await fresh(world, world.forum)
    with taken_twice("POST", f"/channels/{world.forum.id}/threads", *after), world.env._bot_scope():
        prompt = await post(world.bot, new, discord.utils.utcnow())
    assert prompt is not None
    await settle(world)
    return await world.store.prompts.get(world.guild.id, prompt.id)


async def settle(world: World) -> None:
    for _ in range(3):
        await world.env.settle()
        await world.store.inbox.flush()


async def stored(world: World, prompt: Prompt) -> list[str]:
    return [reply.text for reply in await world.store.replies.of_prompt(prompt.id)]


async def test_a_double_in_which_nobody_wrote_goes(world: World) -> None:
    prompt = await posted_twice(world)

    (thread,) = world.threads(world.forum)
    assert prompt.thread_id == thread.id
    assert len(cards(world, thread)) == len(lines(world, thread)) == 1
    assert prompt.state is PromptState.OPEN
    assert prompt.gone_at is None
    assert not world.bot.get_channel(thread.id).locked  # type: ignore[union-attr]
    assert world.texts(world.office) == []


async def test_a_double_that_was_left_when_the_bot_died_goes_too(world: World) -> None:
    prompt = await posted_twice(world, writes(world, HERE))
    await forget(world, prompt, ("message_id", "thread_id", "notice_id"))
    claimed = await world.store.prompts.get(world.guild.id, prompt.id)
    forum: Any = world.bot.get_channel(world.forum.id)
    (kept,) = world.threads(world.forum)
    first = next(iter(kept.history()))
    view = discord.ui.LayoutView.from_message(first)
    await forum.create_thread(name="the double", view=view)

    await world.restart()
    await world.env.advance_time(DAY / 4)

    (thread,) = world.threads(world.forum)
    assert thread.id == kept.id
    assert (await world.store.prompts.get(world.guild.id, claimed.id)).thread_id == kept.id
    assert await stored(world, claimed) == [HERE]


async def test_where_people_wrote_in_the_double_alone_it_is_the_one_that_stays(world: World) -> None:
    prompt = await posted_twice(world, writes(world, HERE), silent)

    (thread,) = world.threads(world.forum)
    assert prompt.thread_id == thread.id
    assert HERE in world.texts(thread)
    assert len(lines(world, thread)) == 1
    assert await stored(world, prompt) == [HERE]
    assert prompt.gone_at is None
    assert world.texts(world.office) == []


async def test_where_people_wrote_in_both_every_reply_is_collected_also_later(world: World) -> None:
    prompt = await posted_twice(world, writes(world, HERE), writes(world, THERE, 1))

    first, second = world.threads(world.forum)
    other = await world.store.prompts.by_thread(first.id)
    assert other is not None
    assert prompt.thread_id == second.id
    assert [await stored(world, each) for each in (other, prompt)] == [[HERE], [THERE]]
    (told,) = world.texts(world.office)
    assert says(told, TWO_DISCUSSIONS)
    assert f"<#{second.id}> and <#{first.id}>" in told

    # By its button, later, while the bot is away, and to the end.
    (card,) = cards(world, first)
    form = await world.staff[2].click(card, label=REPLY)
    await world.staff[2].submit_modal(form, {"words": "By the form."})
    feed = world.env._gateway_feed
    world.env.backend.subscribers.remove(feed)
    await world.staff[3].send(first, "While it was away.")
    world.env.backend.subscribers.append(feed)
    await world.restart()
    await settle(world)
    assert sorted(await stored(world, other)) == ["By the form.", HERE, "While it was away."]
    assert await stored(world, prompt) == [THERE]
    with world.env._bot_scope():
        await finish(world.bot, await world.store.prompts.get(world.guild.id, prompt.id), discord.utils.utcnow())
    await world.env.advance_time(15 * DAY)
    assert all(
        sum(CLOSED in text or CARD_CLOSED in text for text in world.texts(each)) == 2 for each in (first, second)
    )
    assert len(world.threads(world.forum)) == 2


async def test_a_double_that_may_not_be_deleted_says_where_the_discussion_is(world: World) -> None:
    world.env.inject_error("DELETE", "/channels/*", status=403, code=50013, times=None)

    prompt = await posted_twice(world)

    double, kept = world.threads(world.forum)
    assert prompt.thread_id == kept.id
    assert world.texts(double) == [NOT_HERE.format(kept.id)]
    assert world.bot.get_channel(double.id).locked  # type: ignore[union-attr]
