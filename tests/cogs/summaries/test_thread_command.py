"""Who can ask for the summary of a thread, which thread it is of, and how its pages are turned."""

from __future__ import annotations

import discord
import pytest

from bot.models.prompts import Wording
from bot.store.prompts import NO_PROMPT
from bot.summaries.output.plain_text import READ
from cogs.core.access import ONLY, ORGANISERS
from cogs.core.rate_limits import TOO_FAST
from cogs.prompts.autocomplete import WHICH_PROMPT
from cogs.summaries.card import READ_ALL
from cogs.summaries.card_text import WROTE
from cogs.summaries.commands import CHANGED
from cogs.ui.pages import CHOOSE, PAGE
from cogs.ui.parts import PREVIOUS
from tests.cogs.summaries.discussion import SAID, Discussion, ask, discuss, read_pages
from tests.wording import says
from tests.world import World, shown


async def test_a_prompt_can_be_chosen_by_its_words_from_anywhere(discussion: Discussion) -> None:
    world = discussion.world
    other = await discuss(
        world,
        SAID[:2],
        wording=Wording("Teams need time.", True, "What would free time?", "Patient-centred leadership"),
    )
    offered = await world.organiser.autocomplete(world.prompts, "summary thread", "prompt", "")
    fitting = await world.organiser.autocomplete(world.prompts, "summary thread", "prompt", "patient-CENTRED time")

    assert [choice["value"] for choice in offered] == [str(other.prompt.id), str(discussion.prompt.id)]
    assert [choice["value"] for choice in fitting] == [str(other.prompt.id)]
    assert "What would free time?" in fitting[0]["name"]

    text = await ask(world, world.office, prompt=fitting[0]["value"])
    assert READ.format(read=2, held="2 replies", private="") in text


async def test_long_questions_are_offered_within_discords_limits(world: World) -> None:
    for _ in range(27):
        await discuss(world, (), wording=Wording("Text.", True, "Why? " * 60, "A report " * 20))

    offered = await world.organiser.autocomplete(world.prompts, "summary thread", "prompt", "why")

    assert len(offered) == 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in offered)


async def test_staff_are_offered_nothing_and_refused(discussion: Discussion) -> None:
    staff = discussion.world.staff[0]
    offered = await staff.autocomplete(discussion.world.prompts, "summary thread", "prompt", "")
    answers = [await staff.slash(discussion.thread, f"summary {name}") for name in ("thread", "export")]

    assert offered == []
    assert all(f"{ONLY.format(who=ORGANISERS)}." in shown(answer) for answer in answers)
    assert all(not answer.response.attachments for answer in answers)


async def test_somebody_who_is_no_organiser_any_more_cannot_turn_pages(discussion: Discussion) -> None:
    world = discussion.world
    answer = await world.organiser.slash(discussion.thread, "summary thread")
    before = shown(answer)
    world.env.backend.edit_member(world.guild.id, world.organiser.id, {"role_ids": []})

    refused = await world.organiser.click(answer.response, label=READ_ALL)

    assert f"{ONLY.format(who=ORGANISERS)}." in shown(refused)
    assert shown(answer) == before


async def test_two_organisers_each_have_their_own_page(discussion: Discussion) -> None:
    world = discussion.world
    first = await world.organiser.slash(discussion.thread, "summary thread")
    second = await world.facilitator.slash(discussion.thread, "summary thread")
    before = shown(second)
    await world.organiser.click(first.response, label=READ_ALL)

    assert says(shown(first), PAGE, number=2)
    assert shown(second) == before


async def test_a_page_is_turned_after_a_restart(discussion: Discussion) -> None:
    world = discussion.world
    answer = await world.organiser.slash(discussion.thread, "summary thread")
    await world.restart()
    await world.organiser.click(answer.response, label=READ_ALL)

    assert says(shown(answer), PAGE, number=2)
    assert CHANGED not in shown(answer)


async def test_turning_a_page_says_so_when_replies_have_changed_since(discussion: Discussion) -> None:
    world = discussion.world
    answer = await world.organiser.slash(discussion.thread, "summary thread")
    await discussion.take_back(discussion.messages[10])
    await world.organiser.click(answer.response, label=READ_ALL)

    assert CHANGED in shown(answer)
    await world.organiser.click(answer.response, label=PREVIOUS)
    assert CHANGED not in shown(answer)
    text = "\n".join(await read_pages(world.organiser, answer))
    assert "Car parking" not in text
    assert says(text, READ, read=11, held="12 replies")


async def test_another_servers_prompt_is_refused(discussion: Discussion) -> None:
    world = discussion.world
    elsewhere = world.env.create_guild("Hillside")
    channel = elsewhere.create_text_channel("talk")
    managers = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    stranger = elsewhere.add_member(world.env.create_user("Eve"), roles=[managers])
    answer = await stranger.slash(channel, "summary thread", prompt=str(discussion.prompt.id))
    offered = await stranger.autocomplete(channel, "summary thread", "prompt", "")

    assert NO_PROMPT in shown(answer)
    assert offered == []


@pytest.mark.parametrize("typed", ["leadership", "", "-1", "1e3", "9" * 40, "١"])
async def test_words_that_were_not_chosen_from_the_list_are_refused(world: World, typed: str) -> None:
    answer = await world.organiser.slash(world.prompts, "summary thread", prompt=typed)

    assert CHOOSE.format(what="prompt") in shown(answer)


async def test_outside_of_a_thread_the_answer_says_what_to_do(world: World) -> None:
    answer = await world.organiser.slash(world.prompts, "summary thread")

    assert WHICH_PROMPT in shown(answer)


async def test_a_sixth_summary_within_a_minute_has_to_wait(world: World) -> None:
    discussion = await discuss(world, SAID[:2])
    answers = [shown(await world.organiser.slash(discussion.thread, "summary thread")) for _ in range(6)]

    assert all(says(answer, WROTE, people="2 people") for answer in answers[:5])
    assert says(answers[5], TOO_FAST)
    assert len(world.env.errors) == 1  # the refusal, which was answered
    await world.env.advance_time(61)
    assert says(shown(await world.organiser.slash(discussion.thread, "summary thread")), WROTE, people="2 people")
