"""Where Discord does not answer, or refuses, people hear what is true, and what was begun is finished soon."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.discord_errors import FAILED, NO_ANSWER
from bot.models.prompts import PromptState
from cogs.prompts.closing import CLOSED
from cogs.prompts.faults import REFUSED, UNANSWERED, WHAT_TO_DO
from cogs.prompts.scheduler import NEXT_PROMPT
from cogs.prompts.series_card import PAUSE, START
from tests.cogs.prompts.cut_postings import lines, posted_now
from tests.cogs.prompts.scenes import HOUR, QUESTION, at_nine, cards, library, make_series, new_series, posted
from tests.servers.bad_line import cut_line
from tests.wording import opening, says
from tests.world import World, new_world, shown, words

MINUTE = 60
ANSWER = (
    "Discord didn’t answer. The bot has noted it and will carry on within minutes. Look in <#{}> before you try again."
)
pytestmark = pytest.mark.simcord(check_errors=False)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot with what posts prompts and collects replies."""
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.library", "cogs.prompts", "cogs.replies")) as made:
        yield made


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError, ConnectionResetError, TimeoutError])
@pytest.mark.parametrize("done", [False, True])
@pytest.mark.sampled(1)
async def test_a_line_that_is_cut_while_a_prompt_is_posted_is_said_and_the_prompt_is_whole_in_minutes(
    world: World, error: type[Exception], done: bool
) -> None:
    (excerpt, *_) = await library(world)

    with cut_line("POST", f"/channels/{world.prompts.id}/messages", done=done, error=error):
        answer = shown(await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpt}"))
    await world.env.advance_time(2 * MINUTE)

    assert answer == ANSWER.format(world.prompts.id)
    assert len(cards(world)) == len(world.threads()) == len(lines(world, world.prompts)) == 1
    assert await world.store.prompts.unfinished() == ()


async def test_a_line_that_is_cut_while_a_prompt_is_closed_is_said_and_people_are_thanked_in_minutes(
    world: World,
) -> None:
    prompt = await posted_now(world, world.prompts)
    (thread,) = world.threads()

    with cut_line("POST", f"/channels/{thread.id}/messages", done=True):
        answer = shown(await world.facilitator.slash(world.prompts, "prompt close", prompt=str(prompt.id)))
    await world.env.advance_time(2 * MINUTE)

    assert answer == ANSWER.format(thread.id)
    assert sum(CLOSED in text for text in world.texts(thread)) == 1
    assert (await world.store.prompts.get(world.guild.id, prompt.id)).state is PromptState.CLOSED
    assert await world.store.prompts.unfinished() == ()


async def test_a_button_or_a_command_that_discord_does_not_answer_says_so(world: World) -> None:
    await library(world)
    await make_series(world)
    status = await world.facilitator.slash(world.prompts, "series")

    world.env.inject_error("PATCH", "/webhooks/*", status=502)
    pressed = await world.facilitator.click(status.response or status.followups[-1], label=PAUSE)
    with cut_line("POST", "/webhooks/*", done=False):
        commanded = await world.facilitator.slash(world.prompts, "prompt list")

    for result in (pressed, commanded):
        answers = [words(one.message) for one in (result.response, *result.followups) if one is not None]
        (said,) = [text for text in answers if text.startswith("Discord didn’t answer")]
        assert said.startswith(opening(NO_ANSWER))
        assert f"<#{world.prompts.id}>" in said
        assert not says(said, FAILED)
    assert len(world.env.errors) == 1  # the command's, which was answered


async def test_a_fault_in_one_step_holds_no_other_step_up(world: World) -> None:
    await library(world)
    other = world.guild.create_text_channel("second")
    await make_series(world)
    await new_series(world, title="Second", channel=[other])
    every = await world.store.series.of_guild(world.guild.id)
    (second,) = [series for series in every if series.channel_id == other.id]
    card = await world.facilitator.slash(world.prompts, "series", series=str(second.id))
    await world.facilitator.click(card.response or card.followups[-1], label=START)

    await world.env.advance_time(9 * HOUR - MINUTE)
    with cut_line("POST", f"/channels/{world.prompts.id}/messages", done=True):
        await world.env.advance_time(2 * MINUTE)
    at_once = len(cards(world, other))
    await world.env.advance_time(6 * MINUTE)

    assert at_once == 1
    assert len(cards(world)) == len(cards(world, other)) == 1
    assert world.texts(world.office) == []


async def test_a_refusal_names_the_question_the_channel_the_code_and_what_to_do_once(world: World) -> None:
    await library(world)
    await make_series(world)
    path = f"/channels/{world.prompts.id}/messages"
    world.env.inject_error("POST", path, status=400, code=200000, message="Blocked", times=None)

    await at_nine(world)
    await world.env.advance_time(HOUR)
    (first, again) = world.texts(world.office)
    world.env.backend.faults.clear()
    await world.env.advance_time(10 * MINUTE)

    assert first.startswith(opening(REFUSED) + f"{NEXT_PROMPT} “")
    step = f"post “{QUESTION}” in <#{world.prompts.id}>"
    assert says(again, REFUSED, step=step, code=200000, advice=WHAT_TO_DO[200000])
    assert len(cards(world)) == 1
    assert [prompt.state for prompt in await posted(world)] == [PromptState.OPEN]


async def test_silence_that_lasts_is_told_once_with_the_question(world: World) -> None:
    await library(world)
    await make_series(world)
    world.env.inject_error("POST", f"/channels/{world.prompts.id}/messages", status=503, times=None)

    await at_nine(world)
    at_first = world.texts(world.office)
    await world.env.advance_time(HOUR)

    assert at_first == []
    (told,) = world.texts(world.office)
    assert says(told, UNANSWERED, step=f"post “{QUESTION}” in <#{world.prompts.id}>")
