"""Where this machine's clock and Discord's differ by hours, what was cut short is still posted once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.models.prompts import PromptState
from bot.prompts.reminders import START as REMINDER
from bot.prompts.weekly_digest import START as WEEKLY
from bot.prompts.weekly_digest import WEEK, find_next_slot
from cogs.prompts.closing import CLOSED, close_prompt
from cogs.reminders.thread_reminders import remind_all
from cogs.reminders.weekly_digest import tell_week
from tests.cogs.prompts.cut_postings import lines, post_until, posted_now, remind_time
from tests.cogs.prompts.scenes import cards
from tests.posted_prompts import posted_prompts
from tests.world import World, new_world

SKEWS = {"ahead": timedelta(hours=5), "behind": -timedelta(hours=5)}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The whole bot in a server whose channel was in use for a day."""
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.prompts", "cogs.replies", "cogs.reminders")) as made:
        made.env.backend.advance_clock(timedelta(days=1).total_seconds())
        yield made


@pytest.fixture(params=SKEWS)
def skew(request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """Let the bot take another time as now than Discord does."""
    differs = SKEWS[request.param]
    monkeypatch.setattr(discord.utils, "utcnow", lambda: world.env.now() + differs)
    return differs


async def again(world: World) -> None:
    """A later start, which takes what was cut short for what it is."""
    await world.restart()
    await world.env.advance_time(60)


@pytest.mark.usefixtures("skew")
@pytest.mark.parametrize("last", ["card", "line"])
@pytest.mark.sampled(1)
async def test_a_posting_cut_short_in_a_channel_is_finished_once(world: World, last: str) -> None:
    await post_until(world, world.prompts, last)
    for n in range(3):
        await world.staff[0].send(world.prompts, f"Something else, {n}.")

    await again(world)

    assert len(cards(world)) == len(world.threads()) == len(lines(world, world.prompts)) == 1
    assert await world.store.prompts.unfinished() == ()


@pytest.mark.usefixtures("skew")
@pytest.mark.parametrize("last", ["card", "line"])
@pytest.mark.sampled(1)
async def test_a_posting_cut_short_in_a_forum_is_finished_once(world: World, last: str) -> None:
    await post_until(world, world.forum, last)

    await again(world)

    (thread,) = world.threads(world.forum)
    assert len(cards(world, thread)) == len(lines(world, thread)) == 1
    assert await world.store.prompts.unfinished() == ()


@pytest.mark.usefixtures("skew")
async def test_people_are_thanked_once(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    closed = await close_prompt(world.bot, prompt, discord.utils.utcnow())
    (thread,) = world.threads()
    for n in range(4):
        await world.staff[0].send(thread, f"Late, {n}.")
    await _forget(world, "UPDATE prompts SET closing_id = NULL")

    await again(world)

    assert (await world.store.prompts.get(world.guild.id, prompt.id)).closing_id == closed.closing_id
    assert sum(CLOSED in text for text in world.texts(thread)) == 1


@pytest.mark.usefixtures("skew")
async def test_a_card_behind_many_messages_is_found(world: World) -> None:
    await post_until(world, world.prompts, "card")
    with world.env._bot_scope():
        for n in range(220):
            world.env.backend.create_message(world.prompts.id, world.staff[0].id, f"Something else, {n}.")

    await again(world)

    assert len(cards(world)) == 1
    assert [prompt.state for prompt in await posted_prompts(world.store)] == [PromptState.OPEN]


@pytest.mark.usefixtures("skew")
async def test_a_thread_is_reminded_once(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    await world.store.settings.change(world.guild.id, reminders=True)
    await _at(world, remind_time(prompt))
    await _round(world, remind_all)
    await _forget(world, "UPDATE prompts SET reminder_id = NULL")

    await again(world)
    await _at(world, discord.utils.utcnow() + timedelta(hours=24))  # nobody wrote since
    await _round(world, remind_all)

    assert sum(text.startswith(REMINDER) for text in world.texts(world.threads()[0])) == 1


@pytest.mark.usefixtures("skew")
@pytest.mark.sampled(1)
async def test_a_week_is_told_once_and_the_next_one_too(world: World) -> None:
    await posted_now(world, world.prompts)
    await _round(world, tell_week)
    for weeks in (1, 2):
        slot = find_next_slot(discord.utils.utcnow(), "Europe/London")
        await _at(world, slot + timedelta(minutes=1))
        await _round(world, tell_week)
        await world.store.reminders.note_week(world.guild.id, slot - WEEK)

        await again(world)
        await _round(world, tell_week)

        assert sum(text.startswith(WEEKLY) for text in world.texts(world.office)) == weeks


async def _forget(world: World, *statements: str) -> None:
    """Let the database know of less, as if the bot had died before it could note more."""
    async with world.store._database.write() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def _at(world: World, moment: datetime) -> None:
    """Move to a moment of the bot's own clock; nothing runs on the way."""
    world.env.backend.advance_clock((moment - discord.utils.utcnow()).total_seconds())


async def _round(world: World, step: Any) -> None:
    with world.env._bot_scope():
        await step(world.bot, world.guild.id, discord.utils.utcnow())
    await world.env.settle()
