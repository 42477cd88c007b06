"""Nobody can keep the bot busy, and a facilitator at ordinary work never has to wait."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord import app_commands

from bot.rate_limit import RateLimiter
from cogs.core.rate_limits import COMMANDS, ROUTES, TYPING, WORK, WRITING
from cogs.core.routing import RoutedCog
from cogs.prompts.card import MORE
from tests.cogs.replies.talk import Talk, talk_in
from tests.permissions.walk import let_all_see
from tests.world import World, new_world, shown

WAIT = re.compile(r"That was a little fast\. Please try again in (\d+) seconds?\.")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A prompt in a server with every cog."""
    async with new_world(tmp_path) as world:
        yield await talk_in(world, world.prompts)


async def test_who_is_too_fast_is_told_how_long_to_wait_and_gets_their_words_back(talk: Talk) -> None:
    world = talk.world
    for number in range(WRITING.times):
        await talk.fill_in(f"Reply {number}")

    refused = shown(await talk.fill_in("One more *reply*"))

    match = WAIT.match(refused)
    assert match is not None
    assert "One more *reply*" in refused
    assert len(await talk.replies()) == WRITING.times
    assert "in the thread" in shown(await talk.fill_in("By somebody else", who=1))
    await world.env.advance_time(int(match[1]))
    assert "in the thread" in shown(await talk.fill_in("One more *reply*"))


async def test_commands_that_keep_the_worker_busy_have_one_limit_together(talk: Talk) -> None:
    world = talk.world
    asked = [
        shown(await world.organiser.slash(world.office, name, prompt=str(talk.prompt.id)))
        for name in ("summary thread", "summary export") * 3
    ]

    assert [WAIT.match(answer) is not None for answer in asked] == [False] * WORK.times + [True]
    assert not WAIT.match(shown(await world.facilitator.slash(world.office, "prompt list")))


@pytest.mark.sampled(0)
async def test_a_hundred_clicks_a_minute_are_ordinary_work_and_many_more_are_not(talk: Talk) -> None:
    world = talk.world
    world.bot.pace = RateLimiter()

    clicks = [await world.staff[0].click(talk.card, label=MORE) for _ in range(130)]

    assert [WAIT.match(shown(click)) is not None for click in clicks] == [False] * 120 + [True] * 10


async def test_every_command_and_every_route_passes_and_the_limits_name_what_there_is(world: World) -> None:
    commands = [command for command in world.bot.tree.walk_commands() if hasattr(command, "binding")]
    assert all(isinstance(command.binding, RoutedCog) for command in commands)

    names = {command.qualified_name for command in world.bot.tree.walk_commands()}
    routed = {name for cog in world.bot.cogs.values() if isinstance(cog, RoutedCog) for name in cog._routes}
    assert set(COMMANDS) <= names
    assert set(ROUTES) <= routed


async def test_who_types_too_fast_is_offered_nothing_wherever_something_is_offered(talk: Talk) -> None:
    world = talk.world
    offering = [
        (command.qualified_name, option.display_name)
        for command in world.bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
        if option.autocomplete
    ]
    assert len(offering) > 20
    let_all_see(world, world.facilitator)
    for name, option in offering:
        world.bot.pace = RateLimiter()
        for _ in range(TYPING.times):
            who = (world.guild.id, world.facilitator.id, "typing")
            assert not world.bot.pace.wait(who, TYPING, world.env.now())
        assert await world.facilitator.autocomplete(world.office, name, option, "") == [], (name, option)
    assert not WAIT.match(shown(await world.facilitator.slash(world.prompts, "prompt list")))
    await world.env.advance_time(TYPING.seconds)
    prompts = next(each for each in offering if each[1] == "prompt")
    assert await world.facilitator.autocomplete(world.office, *prompts, "")
