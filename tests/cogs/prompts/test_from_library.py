"""From a card of the library to a prompt, and from what is marked to a series."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.library.questions import PLAIN_QUESTIONS
from bot.models.library import Excerpt
from bot.models.prompts import SeriesState
from bot.store.marks import NOTHING_MARKED
from cogs.library.cards import POST as POST_NOW
from cogs.library.cards import USE
from cogs.prompts.from_library import BACK, POST
from cogs.prompts.posting import ITS_THREAD, OPEN_ALREADY, POSTED
from cogs.prompts.series_states import PAUSE, RESUME, START
from tests.cogs.prompts.scenes import QUESTION, cards, library, posted
from tests.world import World, form_parts, shown


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The library and what posts."""
    return ("cogs.library", "cogs.prompts")


async def open_card(world: World, excerpt_id: int) -> Any:
    return await world.facilitator.slash(world.prompts, "library", excerpt=f"id:{excerpt_id}")


async def stored(world: World, excerpt_id: int) -> Excerpt:
    return await world.store.library.excerpt(world.guild.id, excerpt_id)


async def test_a_question_for_one_passage_is_chosen_and_posted_in_four_presses(world: World) -> None:
    (first, *_) = await library(world, question="")
    card = await open_card(world, first)
    assert POST_NOW not in shown(card)

    asked = await world.facilitator.select(card.response, ["0"])
    preview = await world.facilitator.click(asked.response, label=POST_NOW)
    assert f"Post this in <#{world.prompts.id}> now?" in shown(preview)
    assert PLAIN_QUESTIONS[0] in shown(preview)
    assert cards(world) == []

    answer = await world.facilitator.click(preview.response, label=POST)

    (prompt,) = await posted(world)
    assert POSTED.format(thread=prompt.thread_id) in shown(answer)
    assert prompt.wording.question == PLAIN_QUESTIONS[0]
    assert len(cards(world)) == 1


async def test_what_is_open_there_already_is_not_posted_twice(world: World) -> None:
    (first, *_) = await library(world)
    preview = await world.facilitator.click((await open_card(world, first)).response, label=POST_NOW)
    await world.facilitator.click(preview.response, label=POST)
    again = await world.facilitator.click((await open_card(world, first)).response, label=POST_NOW)
    answer = await world.facilitator.click(again.response, label=POST)

    (prompt,) = await posted(world)
    assert OPEN_ALREADY.format(where=ITS_THREAD.format(thread=prompt.thread_id)) in shown(answer)


async def test_nothing_is_posted_that_was_changed_since_it_was_shown(world: World) -> None:
    (first, *_) = await library(world)
    preview = await world.facilitator.click((await open_card(world, first)).response, label=POST_NOW)
    await world.store.library.ask(world.guild.id, first, "Something else?")
    answer = await world.facilitator.click(preview.response, label=POST)

    assert "Somebody changed this excerpt" in shown(answer)
    assert cards(world) == []


async def test_the_way_back_from_the_preview_leads_to_the_excerpt(world: World) -> None:
    (first, *_) = await library(world)
    preview = await world.facilitator.click((await open_card(world, first)).response, label=POST_NOW)

    assert "Excerpt 1 of" in shown(await world.facilitator.click(preview.response, label=BACK))


async def mark(world: World, *excerpt_ids: int) -> Any:
    """Mark excerpts on their cards; returns the report's contents."""
    for excerpt_id in excerpt_ids:
        await world.facilitator.click((await open_card(world, excerpt_id)).response, label=USE)
    source = (await stored(world, excerpt_ids[0])).source_id
    return await world.facilitator.slash(world.prompts, "library", report=f"id:{source}")


def filled(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "title": "Picked",
        "weekday": ["3"],
        "time": "09:00",
        "first_date": "",
        "channel": [world.prompts],
    } | changed


async def test_a_series_is_made_of_the_marked_and_started_with_one_button(world: World) -> None:
    first, _, third = await library(world)
    contents = await mark(world, third, first)

    form = await world.facilitator.click(contents.response, label="Make a series of the 2 marked")
    assert form_parts(form)["title"]["value"] == "Our staff report"
    made = await world.facilitator.submit_modal(form, filled(world))

    (series,) = await world.store.series.of_guild(world.guild.id)
    assert (series.title, series.state, series.excerpt_ids) == ("Picked", SeriesState.NEW, (first, third))
    assert "Not started. Thursdays at 09:00" in shown(made)
    assert await world.store.marks.of_guild(world.guild.id) == ()

    started = await world.facilitator.click(made.response, label=START)
    assert "Running." in shown(started)
    paused = await world.facilitator.click(started.response, label=PAUSE)
    assert "Paused." in shown(paused)
    assert RESUME in shown(paused)
    assert START not in shown(paused)


async def test_two_who_send_the_form_at_once_make_one_series(world: World) -> None:
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series of the 3 marked")
    other = await world.manager.slash(world.prompts, "library")
    second = await world.manager.click(other.response, label="Make a series of the 3 marked")
    await world.facilitator.submit_modal(form, filled(world))
    answer = await world.manager.submit_modal(second, filled(world, title="Mine"))

    assert NOTHING_MARKED in shown(answer)
    assert [series.title for series in await world.store.series.of_guild(world.guild.id)] == ["Picked"]


@pytest.mark.parametrize(
    ("changed", "said"), [({"time": "noonish"}, "time"), ({"first_date": "the first of never"}, "date")]
)
async def test_a_form_that_cannot_be_read_leaves_the_marks(world: World, changed: dict[str, Any], said: str) -> None:
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series of the 3 marked")
    answer = await world.facilitator.submit_modal(form, filled(world, **changed))

    assert said in shown(answer)
    assert len(await world.store.marks.of_guild(world.guild.id)) == 3
    assert await world.store.series.of_guild(world.guild.id) == ()


async def test_a_series_that_is_new_cannot_be_paused_into_another_state(world: World) -> None:
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series of the 3 marked")
    await world.facilitator.submit_modal(form, filled(world))

    assert "Not started." in shown(await world.facilitator.slash(world.prompts, "series pause"))


async def test_dates_to_leave_out_are_added_and_none_clears_them(world: World) -> None:
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series of the 3 marked")
    await world.facilitator.submit_modal(form, filled(world))

    await world.facilitator.slash(world.prompts, "series edit", leave_out="8 January 2026")
    both = await world.facilitator.slash(world.prompts, "series edit", leave_out="15 January 2026")
    assert "without 8 January 2026 and 15 January 2026" in shown(both)
    none = await world.facilitator.slash(world.prompts, "series edit", leave_out="none")
    assert "without" not in shown(none)


async def test_posting_and_marking_at_once_lose_nothing(world: World) -> None:
    (first, second, _) = await library(world)
    await asyncio.gather(
        world.store.marks.add(world.guild.id, [first]), world.store.marks.add(world.guild.id, [second])
    )

    assert await world.store.marks.of_guild(world.guild.id) == (first, second)
    assert (await stored(world, first)).question == QUESTION
