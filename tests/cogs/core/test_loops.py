"""Rounds of work: when they come, what wakes them, and what a fault does to them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import discord
import pytest

from bot.client import Bot
from bot.errors import UserError
from bot.store import StoreError
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.rounds import Rounds
from tests.world import World, new_world

MINUTE = timedelta(minutes=1)
W = TypeVar("W", bound="Work")


class Work(PeriodicCog):
    """Notes when its rounds are taken, and returns what a test says."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.begun = discord.utils.utcnow()
        self.rounds: list[float] = []
        self.act: Callable[[], bool | datetime] = lambda: True

    async def _take(self) -> bool | datetime:
        self.rounds.append(round((discord.utils.utcnow() - self.begun).total_seconds() / 60, 1))
        return self.act()


class Steady(Work):
    """Looks every hour."""

    @periodic(every=timedelta(hours=1), retry=5 * MINUTE, longest_retry=15 * MINUTE)
    async def look(self) -> bool | datetime:
        return await self._take()


class Asked(Work):
    """Looks when it is asked to, until all is done."""

    @periodic(retry=5 * MINUTE)
    async def look(self) -> bool | datetime:
        return await self._take()


class Spaced(Work):
    """Lets a minute pass between any two rounds."""

    @periodic(every=timedelta(hours=1), retry=5 * MINUTE, apart=MINUTE)
    async def look(self) -> bool | datetime:
        return await self._take()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot with no cog."""
    async with new_world(tmp_path, extensions=(), settings=False) as made:
        yield made


async def load(world: World, kind: type[W]) -> W:
    """Load a cog in the running bot."""
    work = kind(world.bot)
    with world.env._bot_scope():
        await world.bot.add_cog(work)
    await world.env.settle()
    return work


def wake(world: World, rounds: Rounds, after: timedelta = timedelta(0)) -> None:
    """Ask for a round, as the bot does."""
    with world.env._bot_scope():
        rounds.wake(after)


def failing(error: Exception) -> Callable[[], bool]:
    """Something that raises an error."""

    def act() -> bool:
        raise error

    return act


async def test_a_round_is_taken_at_the_start_and_then_every_so_often(world: World) -> None:
    work = await load(world, Steady)

    await world.env.advance_time(3 * 3600 + 1)

    assert work.rounds == [0, 60, 120, 180]


async def test_a_round_says_when_to_look_again_and_is_not_kept_waiting_longer_than_usual(world: World) -> None:
    work = await load(world, Steady)
    work.act = lambda: work.begun + timedelta(minutes=len(work.rounds) * 70)

    await world.env.advance_time(4 * 3600 + 1)

    assert work.rounds == [0, 60, 120, 180, 240]  # the moments said are 70, 140 and so on

    work.act = lambda: discord.utils.utcnow() + 7 * MINUTE
    await world.env.advance_time(3600 + 16 * 60)

    assert work.rounds[5:] == [300, 307, 314]


async def test_a_moment_that_has_passed_keeps_the_bot_no_busier_than_once_a_second(world: World) -> None:
    work = await load(world, Steady)
    work.act = lambda: work.begun

    wake(world, work.look)
    await world.env.advance_time(5.5)

    assert len(work.rounds) == 1 + 1 + 5


async def test_what_failed_is_tried_again_less_and_less_often(world: World) -> None:
    work = await load(world, Steady)
    work.act = lambda: False

    await world.env.advance_time(2 * 3600 - 60)
    work.act = lambda: True
    await world.env.advance_time(2 * 3600 + 61)

    assert work.rounds[:6] == [0, 60, 65, 75, 90, 105]
    assert work.rounds[6:] == [120, 180, 240]


@pytest.mark.parametrize("error", [ValueError("said by Ada"), OSError("said by Ada"), UserError("said by Ada")])
async def test_a_fault_ends_no_rounds_and_its_words_stay_out_of_the_log(
    world: World, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    work = await load(world, Steady)
    work.act = failing(error)
    wake(world, work.look)

    await world.env.advance_time(16 * 60)

    assert work.rounds == [0, 0, 5, 15]
    assert f"a round of Steady.look failed: {type(error).__name__}" in caplog.text
    assert "said by Ada" not in caplog.text


async def test_the_log_says_what_is_wrong_with_the_database_and_not_where_it_is(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    work = await load(world, Steady)
    work.act = failing(StoreError("The disk or the database at {path} is full.", Path("/srv/ward/ward.db")))
    wake(world, work.look)

    await world.env.advance_time(60)

    assert "a round of Steady.look failed: StoreError: The disk or the database is full." in caplog.text
    assert "/srv/ward" not in caplog.text


async def test_to_be_woken_makes_waits_short_again(world: World) -> None:
    work = await load(world, Steady)
    work.act = lambda: False
    wake(world, work.look)
    await world.env.advance_time(16 * 60)

    wake(world, work.look)
    await world.env.advance_time(6 * 60)

    assert work.rounds == [0, 0, 5, 15, 16, 21]


async def test_one_who_asks_gets_a_round_at_once_or_when_they_say(world: World) -> None:
    work = await load(world, Steady)
    await world.env.advance_time(10 * 60)

    wake(world, work.look)
    await world.env.settle()
    wake(world, work.look, 5 * MINUTE)
    wake(world, work.look, 20 * MINUTE)
    await world.env.advance_time(65 * 60 + 1)

    assert work.rounds == [0, 10, 15, 75]


async def test_one_who_asks_during_a_round_gets_another(world: World) -> None:
    work = await load(world, Steady)

    def ask_in_the_first() -> bool:
        for _ in range(2 if len(work.rounds) == 2 else 0):
            work.look.wake()
        return True

    work.act = ask_in_the_first
    wake(world, work.look)
    await world.env.settle()

    assert work.rounds == [0, 0, 0]


async def test_rounds_that_are_only_asked_for_end_when_all_is_done_and_begin_again(world: World) -> None:
    work = await load(world, Asked)
    assert work.rounds == []
    assert not work.look.is_running()

    work.act = lambda: len(work.rounds) == 3
    wake(world, work.look, 2 * MINUTE)
    await world.env.advance_time(3600)

    assert work.rounds == [2, 7, 12]
    assert not work.look.is_running()

    wake(world, work.look)
    await world.env.settle()

    assert work.rounds == [2, 7, 12, 60]


async def test_a_round_that_is_asked_for_while_the_last_one_ends_is_not_lost(world: World) -> None:
    work = await load(world, Asked)

    def ask_in_the_first() -> bool:
        if len(work.rounds) == 1:
            work.look.keep_going()
        return True

    work.act = ask_in_the_first
    with world.env._bot_scope():
        work.look.keep_going()
    await world.env.advance_time(3600)

    assert work.rounds == [0, 5]


async def test_rounds_keep_their_distance_however_often_they_are_asked_for(world: World) -> None:
    work = await load(world, Spaced)

    for _ in range(4):
        wake(world, work.look)
        await world.env.advance_time(20)

    assert work.rounds == [0, 1]


async def test_after_a_long_sleep_of_the_machine_one_round_does_all(world: World) -> None:
    work = await load(world, Steady)
    await world.leap(5 * 24 * 3600 + 60)

    await world.env.advance_time(2 * 3600 + 1)

    assert work.rounds == [0, 7201, 7261, 7321]


async def test_a_cog_that_is_unloaded_takes_no_round_more(world: World) -> None:
    work = await load(world, Steady)
    with world.env._bot_scope():
        await world.bot.remove_cog("Steady")

    wake(world, work.look)
    await world.env.advance_time(2 * 3600)

    assert work.rounds == [0]
    assert not work.look.is_running()
