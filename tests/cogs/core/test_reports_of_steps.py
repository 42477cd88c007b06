"""What each step reports to facilitators survives refusals, kills and restarts, and is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.models.prompts import SeriesState
from cogs.prompts.faults import UNASKED
from cogs.prompts.scheduler import PAUSED
from cogs.replies.deleted_threads import HELD_BACK, THREAD_DELETED
from cogs.replies.identifier_notices import ASKED, LEFT_OUT_OF_ALL, REMOVE_FROM_THREAD
from cogs.setup.forms import PLACES, TITLES
from tests.cogs.core.reporting import DAY, MINUTE, lose_thread, refuse, talk, waiting, world
from tests.cogs.prompts.scenes import at_nine, library, make_series
from tests.cogs.replies.talk import Talk
from tests.cogs.setup.steps import fill_in
from tests.wording import says
from tests.world import World, shown

__all__ = ["talk", "world"]

NHS_NUMBER = "943 476 5919"


@pytest.mark.sampled(0)
async def test_the_30_days_of_a_deleted_thread_count_from_the_telling(talk: Talk) -> None:
    world = talk.world
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    await lose_thread(talk)
    await world.env.advance_time(3 * DAY)
    assert await talk.texts() == ["Hold me back"]

    await fill_in(world, TITLES[PLACES], prompts_channel_id=[world.prompts], facilitators_channel_id=[world.office])
    await talk.settle()
    assert says(talk.told(), HELD_BACK, date="3 February 2026")
    await world.leap(29 * DAY)
    assert await talk.texts() == ["Hold me back"]
    await world.leap(2 * DAY)

    assert await talk.texts() == []
    assert talk.told().count("was deleted.") == 1


async def test_a_deleted_thread_is_told_of_after_a_kill_between_noting_and_telling(talk: Talk) -> None:
    refuse(talk.world)
    await lose_thread(talk)
    assert talk.told() == ""

    await talk.restart()
    await talk.restart()

    assert talk.told().count(THREAD_DELETED.format(question="“Where do you see leadership?”", what_now="")) == 1
    talk.world.env.errors  # noqa: B018 - they were injected


async def test_a_deleted_thread_that_was_noted_before_reports_were_kept_is_told_of_at_the_start(talk: Talk) -> None:
    await talk.say("Hold me back")
    await talk.replies()
    with talk.away():
        talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.world.store.prompts.note_gone(talk.prompt, talk.world.env.now() - timedelta(days=100))

    await talk.restart()
    await talk.restart()

    assert talk.told().count("was deleted.") == 1
    assert await talk.texts() == ["Hold me back"]


async def test_a_thread_that_is_kept_or_back_is_told_of_no_more(talk: Talk) -> None:
    await talk.world.store.settings.change(talk.world.guild.id, facilitators_channel_id=None)
    await lose_thread(talk)
    assert await waiting(talk.world) == 1

    await talk.world.store.prompts.keep(await talk.stored_prompt(), "The board has asked for them.")

    assert await waiting(talk.world) == 0


async def test_the_button_of_a_report_works_after_a_refusal_and_a_restart(talk: Talk) -> None:
    refuse(talk.world)
    await talk.say(f"The number is {NHS_NUMBER}.")
    await talk.settle()
    assert talk.told() == ""

    await talk.restart()
    (message,) = talk.world.office.history()
    answer = await talk.world.facilitator.click(message, label=REMOVE_FROM_THREAD)

    assert ASKED in shown(answer)
    talk.world.env.errors  # noqa: B018 - they were injected


async def test_identifiers_that_were_to_be_told_together_survive_a_kill(talk: Talk) -> None:
    for number in range(6):
        await talk.say(f"Number {number} is {NHS_NUMBER}.", who=number % 4)
    await talk.settle()
    assert talk.told().count("The bot left") == 3

    await talk.restart()  # within the minute in which they are gathered
    await talk.world.env.advance_time(5 * MINUTE)

    assert talk.told().count(LEFT_OUT_OF_ALL) == 1
    (gathered,) = [text for text in talk.world.texts(talk.world.office) if LEFT_OUT_OF_ALL in text]
    assert [line[:2] for line in gathered.splitlines() if line[1:2] == "."] == ["1.", "2.", "3."]


async def test_a_paused_series_is_told_of_once_discord_lets_it(world: World) -> None:
    await library(world)
    series = await make_series(world)
    refuse(world)
    world.env.backend.delete_channel(world.prompts.id)
    await world.env.settle()
    assert (await world.store.series.get(world.guild.id, series.id)).state is SeriesState.PAUSED
    assert world.texts(world.office) == []

    await world.env.advance_time(6 * MINUTE)
    await world.restart()

    (told,) = world.texts(world.office)
    assert says(told, PAUSED)
    world.env.errors  # noqa: B018 - they were injected


async def test_what_was_left_out_of_a_series_is_told_once_discord_lets_it(world: World) -> None:
    await library(world, "No question here.", question="")
    await make_series(world)
    refuse(world, times=2)
    await at_nine(world)
    assert not any(says(text, UNASKED) for text in world.texts(world.office))

    await world.env.advance_time(20 * MINUTE)

    assert sum(says(text, UNASKED) for text in world.texts(world.office)) == 1
    world.env.errors  # noqa: B018 - they were injected


async def test_a_step_that_fails_is_told_once_over_restarts(world: World) -> None:
    await library(world)
    await make_series(world)
    world.env.inject_error("POST", f"/channels/{world.prompts.id}/threads", status=403, code=50013, times=50)
    world.env.inject_error("POST", f"/channels/{world.prompts.id}/messages/*/threads", status=403, times=50)
    await at_nine(world)
    await world.env.advance_time(11 * MINUTE)
    told = len(world.texts(world.office))

    await world.restart()
    await world.env.advance_time(11 * MINUTE)

    assert told
    assert len(world.texts(world.office)) == told
    world.env.errors  # noqa: B018 - they were injected
