"""A server whose calls to Discord hang holds up nothing of what another was promised, nor of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models.prompts import NewPrompt, PromptState
from cogs.prompts.closing import CLOSED, close_prompt
from cogs.prompts.posting import post
from tests.cogs.private_replies.authors import six_replies
from tests.cogs.private_replies.test_releases import told
from tests.cogs.prompts.scenes import DAY, HOUR, cards, library, make_series
from tests.cogs.replies.talk import WORDING, Talk, talk_in
from tests.servers.bad_line import no_end
from tests.world import World, new_world

COGS = (
    "cogs.core.reports",
    "cogs.library",
    "cogs.prompts",
    "cogs.replies",
    "cogs.private_replies",
    "cogs.views",
    "cogs.checks",
    "cogs.reminders",
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A question in the server of Riverside, to which six replied privately."""
    async with new_world(tmp_path, extensions=COGS) as world:
        world.staff.extend(world.guild.add_member(world.env.create_user(name)) for name in ("Eve", "Flo"))
        made = await talk_in(world, world.prompts)
        await six_replies(made)
        yield made


async def other_server(world: World) -> World:
    """Another server of the same bot, set up likewise."""
    guild = world.env.create_guild("Lakeside")
    roles = {name: guild.create_role(name) for name in ("Facilitators", "Organisers")}
    other = replace(
        world,
        guild=guild,
        prompts=guild.create_text_channel("prompts"),
        office=guild.create_text_channel("facilitators"),
        facilitator=guild.add_member(world.env.create_user("Fred"), roles=[roles["Facilitators"]]),
        staff=[guild.add_member(world.env.create_user(f"Lake {n}")) for n in range(6)],
    )
    await world.env.settle()
    await world.store.settings.save(other.settings)
    return other


async def keys(world: World) -> frozenset[int]:
    return await world.store.private._keys.owner_ids()


async def test_a_question_closes_on_its_date_while_the_calls_of_another_server_hang(talk: Talk) -> None:
    world = await other_server(talk.world)
    after = await talk_in(world, world.prompts)
    await six_replies(after)
    assert len(await keys(world)) == 2

    with no_end(talk.world.prompts.id, talk.world.office.id, talk.thread.id):
        await world.leap(14 * DAY - HOUR)
        await world.env.advance_time(HOUR + 60)

        assert await keys(world) == frozenset()
        held_up, closed = await talk.stored_prompt(), await after.stored_prompt()
        assert held_up.state is closed.state is PromptState.CLOSED
        assert held_up.released_at is not None
        assert closed.released_at is not None
        assert held_up.closing_id is None
        assert any(text.startswith(CLOSED) for text in world.texts(after.thread))
        assert len(told(world)) == 1
        assert told(talk.world) == []


async def test_a_question_closes_on_its_date_while_a_post_in_its_own_server_hangs(talk: Talk) -> None:
    world = talk.world
    await world.leap(14 * DAY - HOUR)
    now = world.env.now()
    new = NewPrompt(world.guild.id, world.prompts.id, WORDING, now + timedelta(days=14), None)

    with no_end(f"channels/{world.prompts.id}/messages"):
        with world.env._bot_scope():
            posting = asyncio.create_task(post(world.bot, new, now))
        await world.env.advance_time(HOUR + 60)

        assert not posting.done()
        assert await keys(world) == frozenset()
        assert (await talk.stored_prompt()).released_at is not None
        posting.cancel()


async def test_a_facilitator_closes_a_question_while_the_calls_of_its_own_server_hang(talk: Talk) -> None:
    world = talk.world
    with no_end(talk.thread.id):
        with world.env._bot_scope():
            closing = asyncio.create_task(close_prompt(world.bot, talk.prompt, world.env.now()))
        await world.env.settle()

        assert not closing.done()
        assert await keys(world) == frozenset()
        assert len(told(world)) == 1
        closing.cancel()


async def test_a_series_posts_on_time_while_the_calls_of_another_server_hang(talk: Talk) -> None:
    world = await other_server(talk.world)
    for each in (talk.world, world):
        await library(each)
        await make_series(each)

    with no_end(world.prompts.id):  # its series is the newer one, which comes first
        await world.env.advance_time(9 * HOUR + 60)

        assert len(cards(talk.world)) == 2
        assert len(cards(world)) == 0
