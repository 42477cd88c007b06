"""A posting that was cut short is finished, and nothing is posted twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.models.prompts import NewPrompt, Prompt
from bot.services.prompts import new_prompt
from cogs.prompts.card import CardFacts, prompt_card
from cogs.prompts.posting import TOO_LATE
from tests.cogs.prompts.scenes import DAY, QUESTION, cards, library, posted
from tests.world import World


async def claimed(world: World, channel: Any = None) -> Prompt:
    """A claim whose posting was cut short before anything was sent."""
    (first, *_) = await library(world)
    excerpt = await world.store.library.excerpt(world.guild.id, first)
    now = discord.utils.utcnow()
    new: NewPrompt = await new_prompt(world.store, world.guild.id, excerpt, (channel or world.prompts).id, now)
    prompt = await world.store.prompts.claim(new, now)
    assert prompt is not None
    return prompt


async def whole(world: World, channel: Any = None) -> None:
    """There is one card, one thread and one line with the question, and the store knows them."""
    channel = channel or world.prompts
    await world.env.advance_time(DAY / 4)
    (prompt,) = await posted(world)
    (thread,) = world.threads(channel)
    place = channel if channel is world.prompts else thread
    notices = [message for message in place.history() if message.content.startswith(f"{QUESTION} Reply")]
    assert prompt.thread_id == thread.id
    assert len(cards(world, place)) == 1
    assert [notice.id for notice in notices] == [prompt.notice_id]
    assert await world.store.prompts.unfinished() == ()


async def test_a_claim_without_a_card_is_posted(world: World) -> None:
    await claimed(world)

    await world.restart()

    await whole(world)


async def test_a_card_that_was_sent_and_not_noted_is_found(world: World) -> None:
    prompt = await claimed(world)
    await world.bot.get_channel(world.prompts.id).send(view=prompt_card(prompt, CardFacts("Europe/London")))  # type: ignore[union-attr]
    for n in range(5):
        await world.staff[0].send(world.prompts, f"Something else, {n}.")

    await world.restart()

    await whole(world)


async def test_a_card_in_a_forum_that_was_sent_and_not_noted_is_found(world: World) -> None:
    prompt = await claimed(world, world.forum)
    forum: Any = world.bot.get_channel(world.forum.id)
    await forum.create_thread(name=QUESTION, view=prompt_card(prompt, CardFacts("Europe/London")))

    await world.restart()

    await whole(world, world.forum)


@pytest.mark.parametrize("with_thread", [False, True])
async def test_a_card_without_a_noted_thread_gets_one(world: World, with_thread: bool) -> None:
    prompt = await claimed(world)
    channel: Any = world.bot.get_channel(world.prompts.id)
    card = await channel.send(view=prompt_card(prompt, CardFacts("Europe/London")))
    await world.store.prompts.confirm(prompt, message_id=card.id, thread_id=None, now=discord.utils.utcnow())
    if with_thread:
        await card.create_thread(name="1. made before the end")

    await world.restart()

    await whole(world)


async def test_a_line_that_was_sent_and_not_noted_is_found(world: World) -> None:
    prompt = await claimed(world)
    channel: Any = world.bot.get_channel(world.prompts.id)
    card = await channel.send(view=prompt_card(prompt, CardFacts("Europe/London")))
    thread = await card.create_thread(name="1. made before the end")
    await world.store.prompts.confirm(prompt, message_id=card.id, thread_id=thread.id, now=discord.utils.utcnow())
    await channel.send(f"{QUESTION} Reply here: <#{thread.id}>")

    await world.restart()

    await whole(world)


async def test_a_claim_of_more_than_a_day_ago_is_given_up_and_told(world: World) -> None:
    await claimed(world)
    await world.bot.close()
    world.env.backend.advance_clock(timedelta(days=2).total_seconds())

    await world.restart()
    await world.env.advance_time(DAY / 4)

    assert cards(world) == []
    assert await world.store.prompts.unfinished() == ()
    assert sum(TOO_LATE in text for text in world.texts(world.office)) == 1
