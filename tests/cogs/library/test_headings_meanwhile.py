"""Correcting headings while others change them, and what the forms and cards do with odd words and presses."""

from __future__ import annotations

import pytest
from simcord.enums import InteractionType

from bot.models.library import Source
from bot.services.library import HEADINGS_CHANGED
from cogs.library.heading_cards import ADD, HEADINGS_A_PAGE
from cogs.library.headings import SEE_HEADINGS
from tests.cogs.library.conftest import HOSTILE
from tests.cogs.library.headings import HEADINGS, choose, headings, load, open_form, open_headings, options, send_again
from tests.cogs.library.steps import elsewhere, excerpt_at, open_excerpt, press_as
from tests.permissions.walk import press_button
from tests.world import World, form_parts, shown


async def test_of_two_facilitators_the_second_hears_of_it_and_keeps_what_they_wrote(
    world: World, faulty: Source
) -> None:
    first = await open_form(world, faulty, 3, "SAVE ENERGY")
    second = await open_form(world, faulty, 3, "SAVE ENERGY", world.manager)
    await world.facilitator.submit_modal(first, {"words": "Save energy", "role": "heading"})
    answer = await world.manager.submit_modal(second, {"words": "Energy saved", "role": "label"})

    assert HEADINGS_CHANGED in shown(answer)
    assert "```\nEnergy saved\n```" in shown(answer)
    assert (await headings(world, faulty))[2] == "Save energy"
    now = await world.manager.click(answer.response, label=SEE_HEADINGS)
    assert "- Save energy: 4 excerpts" in shown(now)


async def test_a_form_that_was_sent_twice_changes_once(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.facilitator.submit_modal(form, {"words": "Save energy", "role": "text"})
    again = await send_again(world, form, words="Save energy", role="text")

    assert HEADINGS_CHANGED in shown(again)
    assert (await excerpt_at(world, faulty, 3)).passage.text == "Save energy\nExcerpt 3 speaks of teams."


async def test_a_correction_elsewhere_in_the_report_is_no_hindrance(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    other = await open_form(world, faulty, 9, "End", world.manager)
    await world.manager.submit_modal(other, {"words": "The end", "role": "heading"})
    excerpt = await excerpt_at(world, faulty, 4)
    await world.store.library.ask(world.guild.id, excerpt.id, "Asked meanwhile?")
    answer = await world.facilitator.submit_modal(form, {"words": "Energy", "role": "heading"})

    assert "Saved: 4 excerpts changed." in shown(answer)
    assert (await headings(world, faulty))[8] == "The end"
    assert (await excerpt_at(world, faulty, 4)).question == "Asked meanwhile?"


async def test_a_card_that_is_out_of_date_shows_the_headings_as_they_are(world: World, faulty: Source) -> None:
    card = await open_headings(world, faulty, 3)
    form = await open_form(world, faulty, 3, "SAVE ENERGY", world.manager)
    await world.manager.submit_modal(form, {"words": "Save energy", "role": "heading"})

    answer = await choose(card, faulty, "Hours", world.facilitator)

    assert HEADINGS_CHANGED in shown(answer)
    assert "- Save energy: 4 excerpts" in shown(answer)


async def test_an_open_form_of_an_excerpt_gives_its_words_back_once_its_heading_is_corrected(
    world: World, faulty: Source
) -> None:
    opened = await open_excerpt(world, await excerpt_at(world, faulty, 4), world.manager)
    edit = await world.manager.click(opened.response, label="Change excerpt")
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.facilitator.submit_modal(form, {"words": "Energy", "role": "heading"})
    fields = {"text": "New words.", "heading": "SAVE ENERGY", "place": "", "question": "", "whose": "source"}
    answer = await world.manager.submit_modal(edit, fields)

    assert "Someone changed this excerpt" in shown(answer)
    assert "New words." in shown(answer)
    assert (await excerpt_at(world, faulty, 4)).passage.heading == "Energy"


async def test_a_form_of_a_report_that_was_removed_gives_the_words_back(world: World, faulty: Source) -> None:
    card = await open_headings(world, faulty, 3)
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    add = await world.facilitator.click(card.response, label=ADD)
    await world.store.library.remove_source(world.guild.id, faulty.id)

    saved = await world.facilitator.submit_modal(form, {"words": "Energy, rightly", "role": "heading"})
    added = await world.facilitator.submit_modal(add, {"number": "4", "words": "One more", "level": "same"})

    assert "no longer in the library" in shown(saved)
    assert "Energy, rightly" in shown(saved)
    assert "One more" in shown(added)


async def test_a_form_opened_before_a_restart_is_stored_after_it(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.restart()
    await world.facilitator.submit_modal(form, {"words": "Energy", "role": "heading"})

    assert (await headings(world, faulty))[3] == "Energy"


async def test_many_headings_are_paged_through(world: World) -> None:
    source = await load(world, *(f"All > Part {n}" for n in range(30)), *["Rest"] * 400)
    card = await open_headings(world, source, 1)
    assert len(options(card)) == HEADINGS_A_PAGE
    assert "Headings: page 1 of 2." in shown(card)

    following = await world.facilitator.click(card.response, label="Next")
    assert list(options(following))[-1] == "Part 29"
    form = await choose(following, source, "Part 29", world.facilitator)
    await world.facilitator.submit_modal(form, {"words": "Last part", "role": "heading"})

    assert (await headings(world, source))[29] == "All > Last part"


async def test_whatever_a_heading_holds_is_shown_as_it_is(world: World, report: Source) -> None:
    card = await open_headings(world, report, 3)
    assert r"\*\*bold\*\*" in shown(card)
    assert r"\<@123456789012345678>" in shown(card)
    form = await choose(card, report, HOSTILE, world.facilitator)
    assert form_parts(form)["words"]["value"] == HOSTILE

    long = f"{HOSTILE}:a:b:{'_*' * 100}"[:200]
    refused = await send_again(world, form, words=f"{long}!", role="heading")
    assert "The heading has 201 characters." in shown(refused)
    await world.facilitator.submit_modal(form, {"words": long, "role": "heading"})

    assert (await excerpt_at(world, report, 3)).passage.heading == long
    await open_headings(world, report, 3)


async def test_letters_that_count_twice_and_many_levels_fit_the_card_and_the_form(world: World) -> None:
    deep = " > ".join("abcdefghijklmnopqrstuvwxyz")
    source = await load(world, "🙂" * 66 + " > " + "🌍" * 66, "🙂" * 66 + " > " + "🎈" * 66, deep, deep + " > zz")

    card = await open_headings(world, source, 2)
    form = await choose(card, source, next(each for each in options(card) if each.startswith("🎈")), world.facilitator)
    assert max(len(each["label"].encode("utf-16-le")) // 2 for each in form_parts(form)["role"]["options"]) <= 100
    card = await open_headings(world, source, 4)
    assert len(options(card)) == HEADINGS_A_PAGE


async def test_another_server_and_staff_reach_no_heading(world: World, faulty: Source) -> None:
    manager, channel = await elsewhere(world)
    name = f"library-headings:{faulty.id}:3:0"
    assert "no longer in the library" in shown(await press_button(world, manager, channel, name))
    assert "Only facilitators" in shown(await press_as(world, world.staff[0], name))


@pytest.mark.parametrize("chosen", ["", "1", "1.1", "1.1.x", "9.9.00000000", "x.y.z", "1.1.00000000.2"])
async def test_a_choice_that_is_made_up_changes_nothing(world: World, faulty: Source, chosen: str) -> None:
    data = {"custom_id": f"library-heading:{faulty.id}", "component_type": 3, "values": [chosen]}
    answer = await world.facilitator._dispatch_interaction(InteractionType.MESSAGE_COMPONENT, world.prompts, data)

    assert "out of date" in shown(answer) or HEADINGS_CHANGED in shown(answer)


async def test_a_role_that_is_made_up_changes_nothing(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    answer = await send_again(world, form, words="Energy", role="king")

    assert "out of date" in shown(answer)
    assert await headings(world, faulty) == HEADINGS
