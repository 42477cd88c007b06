"""From a card of the library to a prompt, from what is marked to a series, and what the card of a series does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.library.outline import read_outline
from bot.library.questions import PLAIN_QUESTIONS
from bot.models.library import Document, Excerpt, Passage
from bot.models.prompts import SeriesState
from bot.services.library import digest_heading
from bot.store.excerpt_marks import NOTHING_MARKED
from cogs.library.cards import NO_QUESTION, USE
from cogs.library.cards import POST as POST_NOW
from cogs.library.lists import WRONG_HEADING
from cogs.library.origins import BACK_TO_SERIES
from cogs.prompts.from_library import BACK, OPEN_EXCERPT, POST, QUESTION_FIRST
from cogs.prompts.lists import NONE_ASKED
from cogs.prompts.order import OPEN
from cogs.prompts.posting import ITS_THREAD, OPEN_ALREADY, POSTED
from cogs.prompts.series_card import DATES, GIVE_QUESTION, ORDER, PAUSE, RESUME, START, STOP, TWICE
from cogs.prompts.series_forms import NOT_INVITED
from tests.cogs.prompts.scenes import DETAILS, QUESTION, WEEK, at_nine, cards, library, make_series, new_series, posted
from tests.permissions.walk import press_button
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


async def test_a_series_that_is_new_cannot_be_paused_into_another_state(world: World) -> None:
    await new_series_of(world)
    answer = await press_button(world, world.facilitator, world.prompts, "series-state:1:paused")

    assert "Not started." in shown(answer)
    assert "out of date" in shown(await press_button(world, world.facilitator, world.prompts, "series-state:1:new"))


async def new_series_of(world: World) -> Any:
    """Mark all three excerpts of a report and make a series of them; returns its card."""
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series from the 3 marked")
    return await world.facilitator.submit_modal(form, filled(world))


async def test_dates_to_leave_out_are_added_and_none_clears_them(world: World) -> None:
    card = await new_series_of(world)
    for typed in ("8 January 2026", "15 January 2026"):
        form = await world.facilitator.click(card.response, label=DATES)
        card = await world.facilitator.submit_modal(
            form, {"first_date": "1 January 2026", "leave_out": typed, "invited": "240"}
        )
    assert "without 8 January 2026 and 15 January 2026" in shown(card)
    assert "0 of 240 people invited" in shown(card)

    form = await world.facilitator.click(card.response, label=DATES)
    card = await world.facilitator.submit_modal(
        form, {"first_date": "1 January 2026", "leave_out": "none", "invited": ""}
    )
    assert "without" not in shown(card)
    assert "0 of 240 people invited" in shown(card)


async def test_day_time_channel_and_zone_are_changed_in_a_form_that_shows_what_is_set(world: World) -> None:
    card = await new_series_of(world)
    form = await world.facilitator.click(card.response, label="Change")
    parts = form_parts(form)
    assert (parts["title"]["value"], parts["time"]["value"]) == ("Picked", "09:00")
    assert parts["time_zone"]["value"] == "Europe/London"

    changed = {"weekday": ["1"], "time": "5.30 pm", "time_zone": "Paris", "channel": [world.forum]}
    answer = await world.facilitator.submit_modal(form, {"title": "Newer"} | changed)

    assert "## Newer" in shown(answer)
    assert "Tuesdays at 17:30 (Europe/Paris)" in shown(answer)
    assert f"<#{world.forum.id}>" in shown(answer)


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


async def test_the_order_is_changed_with_buttons_and_leads_back_to_the_series(world: World) -> None:
    card = await new_series_of(world)
    order = await world.facilitator.click(card.response, label=ORDER)
    (series,) = await world.store.series.of_guild(world.guild.id)
    last = series.excerpt_ids[-1]
    assert "3\\. Excerpt 3\\. Card 3" in shown(order)

    picked = await world.facilitator.select(order.response, [str(last)])
    moved = await world.facilitator.click(picked.response, label="To the top")

    assert "1\\. Excerpt 3\\. Card 3" in shown(moved)
    assert "## Picked" in shown(await world.facilitator.click(moved.response, label="Back to the series"))


async def test_a_new_series_names_its_first_day_and_counts_nobody_yet(world: World) -> None:
    await library(world)

    made = await new_series(world, weekday=["1"])  # today is a Thursday

    assert "Not started. Tuesdays at 09:00 (Europe/London), from 6 January 2026" in shown(made)
    assert "took part" not in shown(made)


async def test_an_excerpt_without_a_question_gets_one_from_the_card_of_its_series(world: World) -> None:
    (asked,) = await library(world, "Card 1: leaders exist at all levels.")
    (unasked,) = await library(world, "Card 2: teams need time.", question="")
    contents = await mark(world, asked, unasked)
    form = await world.facilitator.click(contents.response, label="Make a series from the 2 marked")
    made = await world.facilitator.submit_modal(form, filled(world))
    give = GIVE_QUESTION.format(number=1)
    assert "Excerpt 1 in “Picked” isn’t posted before it has a question. Use the button below." in shown(made)

    opened = await world.facilitator.click(made.response, label=give)
    assert NO_QUESTION in shown(opened)
    given = await world.facilitator.select(opened.response, ["0"])
    back = await world.facilitator.click(given.response, label=BACK_TO_SERIES)

    assert "## Picked" in shown(back)
    assert give not in shown(back)
    assert "isn’t posted" not in shown(back)


@pytest.mark.parametrize("command", ["prompt preview", "prompt post"])
async def test_what_has_no_question_yet_is_opened_from_the_answer_and_gets_one(world: World, command: str) -> None:
    (unasked,) = await library(world, "Card 1: teams need time.", question="")

    answer = await world.facilitator.slash(world.prompts, command, excerpt=f"id:{unasked}")
    assert QUESTION_FIRST in shown(answer)
    opened = await world.facilitator.click(answer.response, label=OPEN_EXCERPT)
    await world.facilitator.select(opened.response, ["0"])

    assert (await stored(world, unasked)).passage.question == PLAIN_QUESTIONS[0]
    assert cards(world) == []


async def test_a_series_without_any_question_says_only_that_and_leads_on(world: World) -> None:
    await library(world, question="")

    made = await new_series(world)

    assert NONE_ASKED.format(left="3 excerpts left.") in shown(made)
    rows = [part for row in made.response.message.components for part in row.to_dict().get("components", ())]
    styles = {part["label"]: part["style"] for part in rows}
    assert (styles[GIVE_QUESTION.format(number=1)], styles[START]) == (1, 2)


async def test_an_excerpt_of_a_series_is_opened_from_its_order(world: World) -> None:
    card = await new_series_of(world)
    (series,) = await world.store.series.of_guild(world.guild.id)
    order = await world.facilitator.click(card.response, label=ORDER)

    picked = await world.facilitator.select(order.response, [str(series.excerpt_ids[1])])
    opened = await world.facilitator.click(picked.response, label=OPEN)

    assert "Card 2: leaders exist" in shown(opened)
    assert "## Picked" in shown(await world.facilitator.click(opened.response, label=BACK_TO_SERIES))


async def test_a_series_is_stopped_for_good_after_one_question(world: World) -> None:
    card = await new_series_of(world)
    kept = await world.facilitator.click(card.response, label=STOP)
    back = await world.facilitator.click(kept.response, label="Keep it")
    assert "Not started." in shown(back)

    asked = await world.facilitator.click(back.response, label=STOP)
    stopped = await world.facilitator.click(asked.response, label=STOP)

    assert "Stopped." in shown(stopped)
    assert START not in shown(stopped)
    assert "stopped for good" in shown(
        await press_button(world, world.facilitator, world.prompts, "series-state:1:active")
    )


async def test_several_series_are_listed_to_choose_from(world: World) -> None:
    assert "There’s no series yet." in shown(await world.facilitator.slash(world.prompts, "series"))
    await library(world)
    await new_series(world, title="Mondays", excerpts="3, 1")
    await new_series(world, title="Fridays", excerpts="", weekday=["4"])

    listed = await world.facilitator.slash(world.prompts, "series")
    assert "2 series\n- Fridays (not started)\n- Mondays (not started)" in shown(listed)
    (_, mondays) = await world.store.series.of_guild(world.guild.id)
    opened = await world.facilitator.select(listed.response, [str(mondays.id)])

    assert "## Mondays" in shown(opened)
    assert [(await stored(world, each)).position for each in mondays.excerpt_ids] == [3, 1]


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


async def test_a_series_says_which_of_its_passages_wait_in_another_one_too(world: World) -> None:
    await library(world)
    first = await new_series(world, excerpts="1-2")
    assert "also wait" not in shown(first)
    second = await new_series(world, title="Nights", excerpts="2-3")
    (_, one) = await world.store.series.of_guild(world.guild.id)
    assert TWICE.format(passages="1 passage", wait="waits", title=one.title) in shown(second)
    await world.store.series.set_state(one, SeriesState.STOPPED, world.env.now())
    after = await world.facilitator.slash(world.prompts, "series", series="Nights")
    assert "also wait" not in shown(after)
