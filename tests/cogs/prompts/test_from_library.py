"""From a card of the library to a prompt, from what is marked to a series, and what the card of a series does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.library.outline import read_outline
from bot.library.questions import PLAIN_QUESTIONS
from bot.models.library import Document, Passage
from bot.models.prompts import SeriesState
from bot.services.library import digest_heading
from bot.store.excerpt_marks import NOTHING_MARKED
from cogs.library.cards import POST as POST_NOW
from cogs.library.lists import WRONG_HEADING
from cogs.prompts.from_library import BACK, POST
from cogs.prompts.posting import ITS_THREAD, OPEN_ALREADY, POSTED
from cogs.prompts.series_card import DATES, PAUSE, RESUME, START
from cogs.prompts.series_forms import NOT_INVITED
from tests.cogs.prompts.marked import filled, mark, new_series_of, open_card, stored
from tests.cogs.prompts.scenes import DETAILS, QUESTION, WEEK, at_nine, cards, library, make_series, posted
from tests.world import World, form_parts, shown


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The library and what posts."""
    return ("cogs.library", "cogs.prompts")


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


async def test_a_corrected_heading_is_in_the_next_prompt_and_a_posted_one_keeps_its_own(world: World) -> None:
    passages = tuple(Passage(f"Card {n}.", "SAVE ENERGY", question=QUESTION, own_words=True) for n in (1, 2))
    document = Document(DETAILS, passages, "f" * 64, "text")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    await make_series(world)
    await at_nine(world)
    opened = await world.facilitator.slash(world.prompts, "library", report=f"id:{source.id}")
    chapter = await world.facilitator.select(opened.response, ["1"], custom_id=f"library-chapter-open:{source.id}")
    headings = await world.facilitator.click(chapter.response, label=WRONG_HEADING)
    outline = read_outline(await world.store.library.excerpts(world.guild.id, source.id))
    name = f"1.1.{digest_heading(outline, outline.headings[0])}"
    form = await world.facilitator.select(headings.response, [name])
    await world.facilitator.submit_modal(form, {"words": "Energy", "role": "heading"})

    await world.env.advance_time(WEEK)

    assert [prompt.wording.heading for prompt in await posted(world)] == ["SAVE ENERGY", "Energy"]


async def test_nothing_is_posted_that_was_changed_since_it_was_shown(world: World) -> None:
    (first, *_) = await library(world)
    preview = await world.facilitator.click((await open_card(world, first)).response, label=POST_NOW)
    await world.store.library.ask(world.guild.id, first, "Something else?")
    answer = await world.facilitator.click(preview.response, label=POST)

    assert "Someone changed this excerpt" in shown(answer)
    assert cards(world) == []


async def test_the_way_back_from_the_preview_leads_to_the_excerpt(world: World) -> None:
    (first, *_) = await library(world)
    preview = await world.facilitator.click((await open_card(world, first)).response, label=POST_NOW)

    assert "Excerpt 1 from" in shown(await world.facilitator.click(preview.response, label=BACK))


async def test_a_series_is_made_of_the_marked_and_started_with_one_button(world: World) -> None:
    first, _, third = await library(world)
    contents = await mark(world, third, first)

    form = await world.facilitator.click(contents.response, label="Make a series from the 2 marked")
    assert form_parts(form)["title"]["value"] == "Our staff report"
    made = await world.facilitator.submit_modal(form, filled(world))

    (series,) = await world.store.series.of_guild(world.guild.id)
    assert (series.title, series.state, series.excerpt_ids) == ("Picked", SeriesState.NEW, (first, third))
    assert "Not started. Thursdays at 09:00" in shown(made)
    assert await world.store.excerpt_marks.of_guild(world.guild.id) == ()

    started = await world.facilitator.click(made.response, label=START)
    assert "Running." in shown(started)
    paused = await world.facilitator.click(started.response, label=PAUSE)
    assert "Paused." in shown(paused)
    assert RESUME in shown(paused)
    assert START not in shown(paused)


async def test_a_series_made_after_the_hour_of_its_day_begins_a_week_later(world: World) -> None:
    await world.leap(10 * 60 * 60)  # to Thursday, 1 January 2026, at ten

    assert "Not started. Thursdays at 09:00 (Europe/London), from 8 January 2026" in shown(await new_series_of(world))


async def test_two_who_send_the_form_at_once_make_one_series(world: World) -> None:
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series from the 3 marked")
    other = await world.manager.slash(world.prompts, "library")
    second = await world.manager.click(other.response, label="Make a series from the 3 marked")
    await world.facilitator.submit_modal(form, filled(world))
    answer = await world.manager.submit_modal(second, filled(world, title="Mine"))

    assert NOTHING_MARKED in shown(answer)
    assert [series.title for series in await world.store.series.of_guild(world.guild.id)] == ["Picked"]


@pytest.mark.parametrize(
    ("changed", "said"), [({"time": "noonish"}, "time"), ({"first_date": "the first of never"}, "date")]
)
async def test_a_form_that_cannot_be_read_leaves_the_marks(world: World, changed: dict[str, Any], said: str) -> None:
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series from the 3 marked")
    answer = await world.facilitator.submit_modal(form, filled(world, **changed))

    assert said in shown(answer)
    assert len(await world.store.excerpt_marks.of_guild(world.guild.id)) == 3
    assert await world.store.series.of_guild(world.guild.id) == ()


async def test_the_marked_are_added_at_the_end_and_what_is_there_already_is_told(world: World) -> None:
    first, second, third = await library(world)
    contents = await mark(world, second)
    form = await world.facilitator.click(contents.response, label="Make a series from the marked one")
    await world.facilitator.submit_modal(form, filled(world))
    await mark(world, first, second, third)
    card = await world.facilitator.slash(world.prompts, "series")

    answer = await world.facilitator.click(card.response, label="Add the 3 marked")

    assert "Added 2 excerpts at the end. 1 of the marked were in it already." in shown(answer).replace("was", "were")
    (series,) = await world.store.series.of_guild(world.guild.id)
    assert series.excerpt_ids == (second, first, third)
    assert await world.store.excerpt_marks.of_guild(world.guild.id) == ()


async def test_a_number_of_people_that_cannot_be_is_refused(world: World) -> None:
    card = await new_series_of(world)
    form = await world.facilitator.click(card.response, label=DATES)
    answer = await world.facilitator.submit_modal(
        form, {"first_date": "1 January 2026", "leave_out": "", "invited": "0"}
    )

    assert NOT_INVITED in shown(answer)


async def test_posting_and_marking_at_once_lose_nothing(world: World) -> None:
    (first, second, _) = await library(world)
    await asyncio.gather(
        world.store.excerpt_marks.add(world.guild.id, [first]), world.store.excerpt_marks.add(world.guild.id, [second])
    )

    assert await world.store.excerpt_marks.of_guild(world.guild.id) == (first, second)
    assert (await stored(world, first)).question == QUESTION
