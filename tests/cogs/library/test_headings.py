"""Correcting headings: choosing one on a card, saying what it is in a form, and what others changed meanwhile."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.enums import InteractionType

from bot.library.blocks import PASSAGE_CHARACTERS
from bot.library.headings import EMPTY, HAS_HEADING, NO_SUCH_EXCERPT
from bot.models.library import Document, Passage, Source, SourceDetails
from bot.services.library import HEADINGS_CHANGED
from cogs.library.heading_cards import ADD, BACK, HEADINGS_A_PAGE
from cogs.library.headings import NOTHING_CHANGED, SEE_HEADINGS
from cogs.library.lists import WRONG_HEADING
from tests.cogs.library.conftest import HOSTILE
from tests.cogs.library.steps import elsewhere, excerpt_at, open_excerpt, open_report, press_as, search
from tests.permissions.walk import press_button
from tests.world import World, form_parts, shown

HEADINGS = [
    "Findings > Pay",
    "Findings > Pay",
    "SAVE ENERGY",
    "SAVE ENERGY",
    "SAVE ENERGY > Hours",
    "SAVE ENERGY > Hours > They should:",
    "Findings > Rest",
    "RECOMMENDATION",
    "End",
    "RECOMMENDATION",
]


@pytest.fixture
async def faulty(world: World) -> Source:
    """A report with a caption among its headings, and a label that comes again."""
    return await load(world, *HEADINGS)


async def load(world: World, *headings: str) -> Source:
    passages = tuple(Passage(f"Excerpt {n} speaks of teams.", each, page_from=n) for n, each in enumerate(headings, 1))
    document = Document(SourceDetails("Leading badly", "The Institute", 2011), passages, "f" * 64, "pdf")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    return source


async def open_headings(world: World, source: Source, position: int, who: Any = None) -> Any:
    """Open the chapter of an excerpt, and from there its headings."""
    who = who or world.facilitator
    opened = await open_excerpt(world, await excerpt_at(world, source, position), who)
    chapter = await who.click(opened.response, label="Its chapter")
    return await who.click(chapter.response, label=WRONG_HEADING)


def options(card: Any) -> dict[str, str]:
    """The headings that a card offers, and the value of each."""
    rows = [row for row in card.response.message.components[0].children if isinstance(row, discord.ActionRow)]
    chooser = next(row.children[0] for row in rows if isinstance(row.children[0], discord.SelectMenu))
    return {each.label: each.value for each in chooser.options}


async def choose(card: Any, source: Source, words: str, who: Any) -> Any:
    """Choose a heading on the card: its form opens."""
    return await who.select(card.response, [options(card)[words]], custom_id=f"library-heading:{source.id}")


async def open_form(world: World, source: Source, position: int, words: str, who: Any = None) -> Any:
    who = who or world.facilitator
    return await choose(await open_headings(world, source, position, who), source, words, who)


async def send_again(world: World, form: Any, **values: str) -> Any:
    """Send a form with any values, and also when it was sent before."""
    parts = [{"type": 4, "custom_id": name, "value": value} for name, value in values.items()]
    components = [{"type": 18, "component": part} for part in parts]
    data = {"custom_id": form.modal["custom_id"], "components": components}
    return await world.facilitator._dispatch_interaction(InteractionType.MODAL_SUBMIT, world.prompts, data)


async def headings(world: World, source: Source) -> list[str]:
    return [each.passage.heading for each in await world.store.library.excerpts(world.guild.id, source.id)]


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


async def test_marks_pages_and_questions_stay(world: World, faulty: Source) -> None:
    before = await excerpt_at(world, faulty, 3)
    await world.store.library.ask(world.guild.id, before.id, "What helps?")
    await world.store.excerpt_marks.add(world.guild.id, [before.id])
    form = await open_form(world, faulty, 3, "SAVE ENERGY")
    await world.facilitator.submit_modal(form, {"words": "SAVE ENERGY", "role": "label"})

    after = await excerpt_at(world, faulty, 3)
    assert (after.id, after.question, after.passage.page_from) == (before.id, "What helps?", 3)
    assert await world.store.excerpt_marks.of_guild(world.guild.id) == (before.id,)


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


async def test_a_pack_is_corrected_like_a_report(world: World) -> None:
    passages = (Passage("Ours.", "A", own_words=True), Passage("Ours too.", "B", own_words=True))
    pack = Document(SourceDetails("The pack"), passages, "p" * 64, "pack")
    source, _ = await world.store.library.add_source(world.guild.id, pack, pack="pack")
    form = await open_form(world, source, 2, "B")
    assert [each["value"] for each in form_parts(form)["role"]["options"]] == ["heading", "below", "label"]

    await world.facilitator.submit_modal(form, {"words": "B", "role": "label"})

    assert await headings(world, source) == ["A", "A"]


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
