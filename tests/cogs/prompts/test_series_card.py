"""What the card of a series does: its dates and times, its order, its questions, and its end."""

from __future__ import annotations

import pytest

from bot.library.questions import PLAIN_QUESTIONS
from bot.models.prompts import SeriesState
from cogs.library.cards import NO_QUESTION
from cogs.library.origins import BACK_TO_SERIES
from cogs.prompts.from_library import OPEN_EXCERPT, QUESTION_FIRST
from cogs.prompts.lists import NONE_ASKED
from cogs.prompts.order import OPEN
from cogs.prompts.series_card import DATES, GIVE_QUESTION, ORDER, START, STOP, TWICE
from tests.cogs.prompts.marked import filled, mark, new_series_of, stored
from tests.cogs.prompts.scenes import cards, library, new_series
from tests.permissions.walk import press_button
from tests.world import World, form_parts, shown


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The library and what posts."""
    return ("cogs.library", "cogs.prompts")


async def test_a_series_that_is_new_cannot_be_paused_into_another_state(world: World) -> None:
    await new_series_of(world)
    answer = await press_button(world, world.facilitator, world.prompts, "series-state:1:paused")

    assert "Not started." in shown(answer)
    assert "out of date" in shown(await press_button(world, world.facilitator, world.prompts, "series-state:1:new"))


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
