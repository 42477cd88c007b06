"""Facilitators are told of their week once, on Monday, also after time away; and of nothing where there is nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import NewSeries, SeriesState, Slot
from bot.prompts.weekly_digest import LEFT, NOBODY_REPLIED, START, UNANSWERED
from bot.services.weekly_digest import review_week
from cogs.reminders.weekly_digest import tell_week
from tests.cogs.replies.talk import talk_in
from tests.world import World, new_world

MONDAY = datetime(2026, 1, 5, 9, 0, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(
        tmp_path, extensions=("cogs.core.reports", "cogs.setup", "cogs.replies", "cogs.reminders")
    ) as made:
        yield made


async def a_round(world: World, now: datetime) -> datetime | None:
    """A round at a moment; the clock stays."""
    with world.env._bot_scope():
        return await tell_week(world.bot, world.guild.id, now)


def lines(world: World) -> list[str]:
    return [text for text in world.texts(world.office) if text.startswith(START)]


async def test_a_week_is_told_once_also_when_the_bot_died_or_was_away(world: World) -> None:
    talk = await talk_in(world, world.prompts)
    await a_round(world, world.env.now())
    assert await a_round(world, MONDAY - timedelta(hours=1)) == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert lines(world) == []

    world.env.backend.advance_clock((MONDAY - world.env.now()).total_seconds())
    assert await a_round(world, MONDAY) == datetime(2026, 1, 12, 9, tzinfo=UTC)
    await a_round(world, MONDAY + timedelta(days=1))
    (line,) = lines(world)
    assert line == f"{START} {NOBODY_REPLIED} {UNANSWERED.format(questions='1 open question has')}"

    # Killed before it was noted: the line is found in the channel.
    await world.store.reminders.note_week(world.guild.id, MONDAY - WEEK)
    await talk.restart()
    await a_round(world, MONDAY + timedelta(minutes=5))
    assert lines(world) == [line]

    await talk_in(world, world.prompts, question="What helps?")
    world.env.backend.advance_clock((2 * WEEK + timedelta(days=2)).total_seconds())
    await talk.say("Nights are short staffed.")
    await talk.settle()
    for _ in range(2):
        await a_round(world, world.env.now())
    assert len(lines(world)) == 2
    assert (await review_week(world.store, world.guild.id, world.env.now())).people == 1


async def test_nothing_is_posted_where_there_is_nothing_to_say(world: World) -> None:
    await world.store.settings.join([world.guild.id])
    await a_round(world, world.env.now())
    await a_round(world, MONDAY)
    assert lines(world) == []
    assert (await world.store.reminders.weeks_told())[world.guild.id] == MONDAY


async def test_an_active_series_is_told_of_with_what_is_left(world: World) -> None:
    await world.store.settings.join([world.guild.id])
    slot = Slot(0, time(10), "Europe/London", MONDAY.date())
    series = await world.store.series.create(NewSeries(world.guild.id, "Leaders", world.prompts.id, slot), MONDAY)
    await world.store.series.set_state(series, SeriesState.ACTIVE, MONDAY)
    await a_round(world, MONDAY - WEEK)
    await a_round(world, MONDAY)
    assert LEFT.format(excerpts="No excerpts are", series="your series") in lines(world)[0]


async def test_what_is_posted_in_the_same_minute_is_no_longer_left(world: World) -> None:
    passages = tuple(Passage(f"Card {number}.", question="What helps?", own_words=True) for number in (1, 2))
    document = Document(SourceDetails("Rest", "The Staff Fund", 2011), passages, "f" * 64, "text")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    excerpts = tuple(excerpt.id for excerpt in await world.store.library.excerpts(world.guild.id, source.id))
    slot = Slot(0, time(9), "Europe/London", MONDAY.date())
    new = NewSeries(world.guild.id, "Leaders", world.prompts.id, slot, excerpts)
    series = await world.store.series.create(new, MONDAY - WEEK)
    await world.store.series.set_state(series, SeriesState.ACTIVE, MONDAY - WEEK)

    assert (await review_week(world.store, world.guild.id, MONDAY - timedelta(minutes=1))).left == 2
    assert (await review_week(world.store, world.guild.id, MONDAY)).left == 1


async def test_where_it_cannot_be_posted_it_is_tried_again_and_the_newest_line_takes_its_place(world: World) -> None:
    await talk_in(world, world.prompts)
    await a_round(world, MONDAY - WEEK)
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    await a_round(world, MONDAY)
    await a_round(world, MONDAY + WEEK)
    await world.store.settings.change(world.guild.id, facilitators_channel_id=world.office.id)
    await world.env.advance_time(10 * 60)
    assert len(lines(world)) == 1
