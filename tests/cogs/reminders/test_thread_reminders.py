"""A thread is reminded once, half-way and by day, however often the bot dies; nothing comes where nothing is wanted."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.models.private import Quoting
from bot.models.replies import Arrival
from bot.prompts.reminders import HAVE_REPLIED, NOT_A_TIME, OPEN_UNTIL, START
from cogs.reminders.thread_reminders import remind_all
from cogs.setup.changes import REMINDERS_OFF
from cogs.setup.forms import REMINDERS, TITLES
from tests.cogs.replies.talk import Talk, talk_in
from tests.cogs.setup.steps import fill_in
from tests.wording import says
from tests.world import World, new_world

DAY = timedelta(days=1)
HALF_WAY = datetime(2026, 1, 8, 8, 0, 30, tzinfo=UTC)
"""The prompt is posted at midnight, so half-way is midnight too: within quiet hours, which end at 8."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.replies", "cogs.reminders")) as made:
        yield made


async def reminded(talk: Talk) -> list[str]:
    return [text for text in talk.world.texts(talk.thread) if text.startswith(START)]


async def a_round(world: World, now: datetime) -> datetime | None:
    """A round at a moment; the clock stays."""
    with world.env._bot_scope():
        return await remind_all(world.bot, world.guild.id, now)


async def switch_on(world: World, **options: str) -> str:
    return await fill_in(world, TITLES[REMINDERS], reminders="on", **options)


async def count_in(talk: Talk, people: int) -> None:
    arrivals = [
        Arrival(9_000 + n, talk.prompt.guild_id, talk.prompt.id, 800 + n, "We need more time.", talk.world.env.now())
        for n in range(people)
    ]
    await talk.world.store.replies.apply(arrivals)


async def test_off_at_first_then_one_comes_half_way_after_quiet_hours(world: World) -> None:
    talk = await talk_in(world, world.prompts, question="What *helps* you?")
    assert await a_round(world, HALF_WAY) is None
    told = await switch_on(world)
    assert "between 20:00 and 08:00 (Europe/London)" in told
    due = await a_round(world, HALF_WAY - timedelta(minutes=1))
    assert due is not None
    assert timedelta(0) <= HALF_WAY - due <= timedelta(minutes=1)
    assert await reminded(talk) == []

    await count_in(talk, 5)
    assert await a_round(world, HALF_WAY) is None
    assert await a_round(world, HALF_WAY + DAY) is None
    (text,) = await reminded(talk)
    assert "What \\*helps\\* you?" in text
    assert OPEN_UNTIL.format(date="15 January 2026") + HAVE_REPLIED.format(people=5) in text
    assert (await talk.stored_prompt()).reminder_id is not None


async def test_it_waits_while_people_talk_and_is_dropped_in_the_last_day(world: World) -> None:
    await switch_on(world, quiet_from="00:00", quiet_to="0:00")
    talk = await talk_in(world, world.prompts)
    world.env.backend.advance_clock((7 * DAY - timedelta(hours=1)).total_seconds())
    await talk.say("We talk about it just now.")
    await talk.settle()
    now = world.env.now()
    due = await a_round(world, now + timedelta(hours=11))
    assert due is not None
    assert due > now + timedelta(hours=11, minutes=59)
    assert await reminded(talk) == []
    assert await a_round(world, now + 6 * DAY + timedelta(hours=2)) is None
    assert await a_round(world, now + timedelta(hours=13)) is None
    assert len(await reminded(talk)) == 1


async def test_one_that_was_cut_short_comes_once(world: World) -> None:
    await switch_on(world)
    talk = await talk_in(world, world.prompts)
    # Killed between the claim and the message: it is sent later.
    assert await world.store.reminders.claim(talk.prompt, world.env.now())
    assert not await world.store.reminders.claim(talk.prompt, world.env.now())
    await a_round(world, HALF_WAY)
    (sent,) = await reminded(talk)
    # Killed between the message and its note: it is found.
    await world.store.reminders.note_sent(talk.prompt, None)
    await talk.restart()
    await a_round(world, HALF_WAY + DAY)
    assert await reminded(talk) == [sent]
    assert (await talk.stored_prompt()).reminder_id is not None


async def test_the_clock_wakes_by_itself(world: World) -> None:
    talk = await talk_in(world, world.prompts)
    await switch_on(world)
    world.env.backend.advance_clock((7 * DAY + timedelta(hours=6)).total_seconds())
    await world.env.advance_time(timedelta(hours=6).total_seconds())
    await talk.settle()
    assert len(await reminded(talk)) == 1


async def test_a_prompt_without_a_thread_or_closed_is_left_alone(world: World) -> None:
    await switch_on(world)
    talk = await talk_in(world, world.prompts)
    await world.store.prompts.close(talk.prompt, world.env.now())
    assert await a_round(world, HALF_WAY) is None
    assert await reminded(talk) == []


async def test_four_people_and_any_number_of_private_replies_are_not_counted(world: World) -> None:
    await switch_on(world)
    talk = await talk_in(world, world.prompts)
    await count_in(talk, 4)
    for user_id in range(6):
        await world.store.private.add(
            talk.prompt, user_id, text="Secret", quoting=Quoting.YES, group="", manages=False, today=HALF_WAY.date()
        )
    await a_round(world, HALF_WAY)

    (text,) = await reminded(talk)
    assert not says(text, HAVE_REPLIED)
    assert not re.search(r"\b(4|6|10)\b", text)


async def test_a_thread_that_is_gone_or_refuses_stops_no_other_reminder(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await switch_on(world)
    gone = await talk_in(world, world.prompts)
    refusing = await talk_in(world, world.prompts, question="What hinders?")
    other = await talk_in(world, world.prompts, question="What helps?")
    world.env.backend.delete_channel(gone.thread.id)
    send = discord.Thread.send

    async def refuse(thread: discord.Thread, *args: Any, **options: Any) -> discord.Message:
        if thread.id == refusing.thread.id:
            answer: Any = SimpleNamespace(status=403, reason="Forbidden")
            raise discord.Forbidden(answer, {"code": 50013, "message": "Missing Permissions"})
        return await send(thread, *args, **options)

    monkeypatch.setattr(discord.Thread, "send", refuse)
    again = await a_round(world, HALF_WAY)

    assert again == HALF_WAY + timedelta(minutes=30)
    assert len(await reminded(other)) == 1
    assert await reminded(refusing) == []


async def test_what_is_not_a_time_leaves_the_quiet_hours_as_they_were(world: World) -> None:
    answer = await switch_on(world, quiet_from="late")
    assert NOT_A_TIME in answer
    kept = await world.store.settings.of(world.guild.id)
    assert (kept.reminders, kept.quiet_from, kept.quiet_to) == (True, "20:00", "08:00")
    assert REMINDERS_OFF in await fill_in(world, TITLES[REMINDERS], reminders="off")
