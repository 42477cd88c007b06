"""Correcting headings: choosing one on a card, saying what it is in a form, and what others changed meanwhile."""

from __future__ import annotations

import pytest

from bot.library.blocks import PASSAGE_CHARACTERS
from bot.library.headings import EMPTY, HAS_HEADING, NO_SUCH_EXCERPT
from bot.models.library import Document, Passage, Source, SourceDetails
from cogs.library.heading_cards import ADD, BACK
from cogs.library.headings import NOTHING_CHANGED
from tests.cogs.library.headings import HEADINGS, headings, load, open_form, open_headings, options, send_again
from tests.cogs.library.steps import excerpt_at, open_report, search
from tests.world import World, form_parts, shown


async def test_a_chapter_leads_to_its_headings_each_with_how_many_excerpts_are_under_it(
    world: World, faulty: Source
) -> None:
    card = await open_headings(world, faulty, 5)

    assert "- SAVE ENERGY: 4 excerpts\n  - Hours: 2 excerpts\n    - They should: 1 excerpt" in shown(card)
    assert list(options(card)) == ["SAVE ENERGY", "Hours", "They should:"]
    back = await world.facilitator.click(card.response, label=BACK)
    assert "## SAVE ENERGY" in shown(back)


async def test_a_caption_that_became_a_chapter_gives_its_excerpts_to_the_heading_before(
    world: World, faulty: Source
) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    parts = form_parts(form)
    assert parts["words"]["value"] == "SAVE ENERGY"
    assert [each["value"] for each in parts["role"]["options"]] == ["heading", "below", "text", "label"]
    assert "what’s under it goes under “Pay”" in str(form.modal)

    answer = await world.facilitator.submit_modal(form, {"words": "SAVE ENERGY", "role": "label"})

    assert "Saved: 4 excerpts changed." in shown(answer)
    assert (await headings(world, faulty))[2:6] == [
        "Findings > Pay",
        "Findings > Pay",
        "Findings > Hours",
        "Findings > Hours > They should:",
    ]
    assert (await excerpt_at(world, faulty, 3)).passage.text == "Excerpt 3 speaks of teams."
    assert "SAVE ENERGY" not in shown(await open_report(world, faulty))


async def test_words_that_were_text_become_the_first_line_of_the_first_excerpt(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.facilitator.submit_modal(form, {"words": "Save energy", "role": "text"})

    assert (await excerpt_at(world, faulty, 3)).passage.text == "Save energy\nExcerpt 3 speaks of teams."
    assert (await excerpt_at(world, faulty, 4)).passage.text == "Excerpt 4 speaks of teams."


async def test_contents_search_and_suggestions_show_the_heading_as_it_is_corrected(
    world: World, faulty: Source
) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.facilitator.submit_modal(form, {"words": "Our energy", "role": "heading"})

    assert "- Our energy (page 3): 4 excerpts" in shown(await open_report(world, faulty))
    assert "4 excerpts" in shown(await search(world, faulty, "our energy"))
    assert "No excerpt has all these words" in shown(await search(world, faulty, "save energy"))
    offered = await world.facilitator.autocomplete(world.prompts, "library", "excerpt", "our energy")
    assert offered[0]["name"] == "3. Our energy – Excerpt 3 speaks of teams."
    assert len(offered) == 4


async def test_a_heading_goes_one_level_down_or_up(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.facilitator.submit_modal(form, {"words": "SAVE ENERGY", "role": "below"})
    assert (await headings(world, faulty))[4] == "Findings > SAVE ENERGY > Hours"

    form = await open_form(world, faulty, 5, "Hours")
    assert "A heading, on the same level as “SAVE ENERGY”" in str(form.modal)
    await world.facilitator.submit_modal(form, {"words": "Hours", "role": "beside"})
    assert (await headings(world, faulty))[3:6] == [
        "Findings > SAVE ENERGY",
        "Findings > Hours",
        "Findings > Hours > They should:",
    ]


async def test_all_headings_with_the_same_words_are_corrected_at_once_if_that_is_ticked(
    world: World, faulty: Source
) -> None:
    form = await open_form(world, faulty, 8, "RECOMMENDATION")
    assert "All 2 headings with these words" in str(form.modal)

    answer = await world.facilitator.submit_modal(
        form, {"words": "RECOMMENDATION", "role": "label", "everywhere": True}
    )

    assert "Saved: 2 excerpts changed." in shown(answer)
    assert (await headings(world, faulty))[7:] == ["Findings > Rest", "End", "End"]


async def test_one_of_several_with_the_same_words_is_corrected_alone(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 10, "RECOMMENDATION")
    await world.facilitator.submit_modal(form, {"words": "Advice", "role": "heading", "everywhere": False})

    assert (await headings(world, faulty))[7:] == ["RECOMMENDATION", "End", "Advice"]


async def test_what_comes_before_any_heading_gets_one(world: World) -> None:
    source = await load(world, "", "", "Findings")
    form = await open_form(world, source, 1, "Without a heading")
    assert set(form_parts(form)) == {"words"}

    await world.facilitator.submit_modal(form, {"words": "Preface"})

    assert await headings(world, source) == ["Preface", "Preface", "Findings"]


async def test_the_first_heading_of_a_report_has_none_before_it(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 1, "Findings")
    assert "what’s under it has no heading" in str(form.modal)

    await world.facilitator.submit_modal(form, {"words": "", "role": "label"})

    assert (await headings(world, faulty))[:2] == ["Pay", "Pay"]


async def test_a_missing_heading_is_added_where_it_begins(world: World, faulty: Source) -> None:
    card = await open_headings(world, faulty, 3)
    form = await world.facilitator.click(card.response, label=ADD)
    written = {"number": "4.", "words": "Switch it off", "level": "same"}
    answer = await world.facilitator.submit_modal(form, written)

    assert "- Switch it off: 3 excerpts" in shown(answer)
    assert (await headings(world, faulty))[2:6] == [
        "SAVE ENERGY",
        "Switch it off",
        "Switch it off > Hours",
        "Switch it off > Hours > They should:",
    ]
    again = await send_again(world, form, words="Switch it on", number="4", level="king")
    assert HAS_HEADING.format(position=4) in shown(again)
    assert "Switch it on" in shown(again)


@pytest.mark.parametrize("number", ["", "x", "99", "٣", "9" * 6, "-1"])
async def test_a_missing_heading_needs_a_number_of_the_report(world: World, faulty: Source, number: str) -> None:
    form = await world.facilitator.click((await open_headings(world, faulty, 3)).response, label=ADD)
    answer = await world.facilitator.submit_modal(form, {"number": number or " ", "words": "Off", "level": "below"})

    assert NO_SUCH_EXCERPT in shown(answer)
    assert await headings(world, faulty) == HEADINGS


@pytest.mark.parametrize("role", ["heading", "text"])
async def test_words_are_needed(world: World, faulty: Source, role: str) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    answer = await world.facilitator.submit_modal(form, {"words": " \u200b", "role": role})

    assert EMPTY in shown(answer)
    assert await headings(world, faulty) == HEADINGS


async def test_what_is_as_it_was_is_said_to_be(world: World, faulty: Source) -> None:
    form = await open_form(world, faulty, 3, "SAVE ENERGY")

    assert NOTHING_CHANGED in shown(
        await world.facilitator.submit_modal(form, {"words": "SAVE  ENERGY", "role": "heading"})
    )


async def test_a_text_without_room_for_the_words_is_named_and_they_are_given_back(world: World) -> None:
    document = Document(SourceDetails("Full"), (Passage("x" * PASSAGE_CHARACTERS, "Heading"),), "e" * 64, "text")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    form = await open_form(world, source, 1, "Heading")
    answer = await world.facilitator.submit_modal(form, {"words": "The heading", "role": "text"})

    assert "The words don’t fit into excerpt 1" in shown(answer)
    assert "```\nThe heading\n```" in shown(answer)
    assert await headings(world, source) == ["Heading"]


async def test_marks_pages_and_questions_stay(world: World, faulty: Source) -> None:
    before = await excerpt_at(world, faulty, 3)
    await world.store.library.ask(world.guild.id, before.id, "What helps?")
    await world.store.excerpt_marks.add(world.guild.id, [before.id])
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.facilitator.submit_modal(form, {"words": "SAVE ENERGY", "role": "label"})

    after = await excerpt_at(world, faulty, 3)
    assert (after.id, after.question, after.passage.page_from) == (before.id, "What helps?", 3)
    assert await world.store.excerpt_marks.of_guild(world.guild.id) == (before.id,)


async def test_a_pack_is_corrected_like_a_report(world: World) -> None:
    passages = (Passage("Ours.", "A", own_words=True), Passage("Ours too.", "B", own_words=True))
    pack = Document(SourceDetails("The pack"), passages, "p" * 64, "pack")
    source, _ = await world.store.library.add_source(world.guild.id, pack, pack="pack")
    form = await open_form(world, source, 2, "B")
    assert [each["value"] for each in form_parts(form)["role"]["options"]] == ["heading", "below", "label"]

    await world.facilitator.submit_modal(form, {"words": "B", "role": "label"})

    assert await headings(world, source) == ["A", "A"]
