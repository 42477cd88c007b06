"""/check: what it needs, who can end it, and the list of checks that are open."""

from __future__ import annotations

from bot.services.checks import FEW_POINTS, NOT_CHECKED
from bot.store.keyed.checks import HAS_ONE
from cogs.checks.cards import ASK
from cogs.checks.commands import END_EARLY, END_NOW, ENDED, GO_BACK, OPEN_UNTIL, SURE
from tests.cogs.checks.steps import ask_to_end, start
from tests.cogs.summaries.discussion import Discussion, discuss
from tests.wording import says
from tests.world import World, shown, words


async def test_the_list_of_checks_follows_what_is_pressed_on_it(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    asked = await ask_to_end(world)
    assert says(shown(asked), SURE)
    back = await world.organiser.click(asked.response, label=GO_BACK)
    assert END_EARLY in shown(back)
    again = await world.organiser.click(back.response, label=END_EARLY)
    ended = await world.organiser.click(again.response, label=END_NOW)

    assert ENDED in shown(ended)
    assert not says(shown(ended), OPEN_UNTIL)
    assert END_EARLY not in shown(ended)
    assert asked.response.id == ended.response.id


async def test_a_check_needs_a_checked_summary_and_there_is_one_at_a_time(world: World, talk: Discussion) -> None:
    other = await discuss(world)
    world.bot.watch.add(other.prompt)
    slash = world.organiser.slash
    assert NOT_CHECKED in shown(await slash(world.prompts, "check start", prompt=str(other.prompt.id)))
    refused = shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id), people=90))
    assert FEW_POINTS.format(people="90 people") in refused
    await start(talk)
    again = shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id)))
    assert HAS_ONE in again
    assert len([one for one in talk.thread.history() if ASK in words(one)]) == 1


async def test_who_is_an_organiser_no_more_ends_no_check(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    asked = await ask_to_end(world)

    world.env.backend.edit_member(world.guild.id, world.organiser.id, {"role_ids": []})

    refused = await world.organiser.click(asked.response or asked.followups[-1], label=END_NOW)

    assert "organiser" in shown(refused).casefold()
    assert len(await world.store.checks.open_checks()) == 1
