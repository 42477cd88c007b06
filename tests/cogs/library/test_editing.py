"""Writing excerpts, changing them, and giving them questions."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest

from bot.library import suggest_questions
from bot.models.library import Document, Excerpt, Passage, Source, SourceDetails
from cogs.library.cards import NO_QUESTION, WRITE
from tests.cogs.library.steps import excerpt_at, open_excerpt, open_report
from tests.world import World, form_parts, shown


def filled(**changed: Any) -> dict[str, Any]:
    return {
        "text": "Teams need time.",
        "heading": "Time",
        "place": "page 7",
        "question": "What would help?",
        "whose": "source",
    } | changed


async def open_edit(world: World, who: Any, found: Excerpt) -> Any:
    card = await open_excerpt(world, found, who)
    return await who.click(card.response, label="Change excerpt")


async def load_excerpts(world: World, *headings: str) -> Source:
    passages = tuple(Passage(f"Excerpt {number}.", heading) for number, heading in enumerate(headings, 1))
    document = Document(SourceDetails("Rest and rotas"), passages, "f" * 64, "pdf")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    return source


async def open_new(world: World, report: Source) -> Any:
    contents = await open_report(world, report)
    return await world.facilitator.click(contents.response, label=WRITE)


async def test_an_excerpt_is_written_by_hand(world: World, report: Source) -> None:
    form = await open_new(world, report)
    answer = await world.facilitator.submit_modal(form, filled())

    added = await excerpt_at(world, report, 15)
    assert added.passage == Passage("Teams need time.", "Time", place="page 7", question="What would help?")
    assert "Added." in shown(answer)
    assert "> “Teams need time.”" in shown(answer)


async def test_our_summary_is_stored_as_such(world: World, report: Source) -> None:
    form = await open_new(world, report)
    answer = await world.facilitator.submit_modal(form, filled(whose="ours"))

    assert (await excerpt_at(world, report, 15)).passage.own_words
    assert "In our words:\nTeams need time." in shown(answer)


async def test_an_empty_text_is_refused(world: World, report: Source) -> None:
    form = await open_new(world, report)
    answer = await world.facilitator.submit_modal(form, filled(text=" \u200b\n "))

    assert "The text is empty" in shown(answer)
    assert (await world.store.library.source(world.guild.id, report.id)).excerpts == 14


async def test_what_was_written_for_a_source_that_is_gone_is_given_back(world: World, report: Source) -> None:
    form = await open_new(world, report)
    await world.store.library.remove_source(world.guild.id, report.id)
    answer = await world.facilitator.submit_modal(form, filled(text="An hour of ```work``` @everyone"))

    assert "no longer in the library" in shown(answer)
    assert "```\nAn hour of '''work''' @everyone\n" in shown(answer)


async def test_the_form_is_filled_and_keeps_the_pages_unless_they_are_changed(world: World, report: Source) -> None:
    found = await excerpt_at(world, report, 1)
    form = await open_edit(world, world.facilitator, found)
    parts = form_parts(form)
    assert parts["text"]["value"] == found.passage.text
    assert parts["place"]["value"] == "pages 4 to 5"

    await world.facilitator.submit_modal(form, filled(place="pages 4 to 5"))
    changed = (await excerpt_at(world, report, 1)).passage
    assert (changed.text, changed.page_from, changed.page_to, changed.place) == ("Teams need time.", 4, 5, "")

    form = await open_edit(world, world.facilitator, await excerpt_at(world, report, 1))
    await world.facilitator.submit_modal(form, filled(place="preface"))
    changed = (await excerpt_at(world, report, 1)).passage
    assert (changed.page_from, changed.place) == (None, "preface")


LONG = ("Part A: " + "a single patient record " * 7).strip()
DEEP = f"{LONG} > 6. Tiered access > 6.1 Who decides > Which rules should there be?"


async def test_an_excerpt_under_many_long_headings_keeps_all_of_them_when_it_is_changed(world: World) -> None:
    source = await load_excerpts(world, LONG, DEEP)
    form = await open_edit(world, world.facilitator, await excerpt_at(world, source, 2))
    assert form_parts(form)["heading"]["value"] == DEEP
    answer = await world.facilitator.submit_modal(form, filled(heading=DEEP))

    assert (await excerpt_at(world, source, 2)).passage.heading == DEEP
    # The card shows how the path begins and ends.
    assert "Part A: a single patient record" in shown(answer)
    assert " > … > Which rules should there be?" in shown(answer)
    assert "can’t be posted" not in shown(answer)


async def test_a_heading_that_is_too_long_is_refused_with_what_was_written(world: World, report: Source) -> None:
    form = await open_new(world, report)
    answer = await world.facilitator.submit_modal(form, filled(heading=f"Part A > {'x' * 201}"))

    assert "The heading has 201 characters. Shorten it to 200 or fewer. Nothing was saved." in shown(answer)
    assert f"Part A > {'x' * 201}" in shown(answer)
    assert (await world.store.library.source(world.guild.id, report.id)).excerpts == 14


async def test_a_form_from_the_card_changes_the_card(world: World, report: Source) -> None:
    card = await open_excerpt(world, await excerpt_at(world, report, 1))
    form = await world.facilitator.click(card.response, label="Change excerpt")
    answer = await world.facilitator.submit_modal(form, filled())

    assert answer.response.id == card.response.id
    assert "Saved. Prompts already posted keep their words." in shown(answer)


async def test_of_two_facilitators_editing_at_once_the_second_keeps_their_words(world: World, report: Source) -> None:
    found = await excerpt_at(world, report, 1)
    first = await open_edit(world, world.facilitator, found)
    second = await open_edit(world, world.manager, found)
    await world.facilitator.submit_modal(first, filled(text="The first version."))
    answer = await world.manager.submit_modal(second, filled(text="The second version."))

    assert (await excerpt_at(world, report, 1)).passage.text == "The first version."
    assert "Someone changed this excerpt" in shown(answer)
    assert "```\nThe second version.\n" in shown(answer)
    now = await world.manager.click(answer.response, label="See the excerpt")
    assert "The first version." in shown(now)


async def test_two_changes_at_the_same_moment_are_one_change_and_one_refusal(world: World, report: Source) -> None:
    found = await excerpt_at(world, report, 1)
    edit = world.store.library.edit_excerpt
    both = (edit(world.guild.id, found.id, Passage(text), was=found.passage) for text in ("One.", "Two."))
    results = await asyncio.gather(*both, return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["ChangedMeanwhileError", "Excerpt"]


async def test_a_form_of_a_removed_excerpt_gives_the_words_back(world: World, report: Source) -> None:
    found = await excerpt_at(world, report, 1)
    form = await open_edit(world, world.facilitator, found)
    await world.store.library.remove_excerpt(world.guild.id, found.id)
    answer = await world.facilitator.submit_modal(form, filled(text="Written in vain?"))

    assert "no longer in the library" in shown(answer)
    assert "Written in vain?" in shown(answer)


async def test_a_form_opened_before_a_restart_is_stored_after_it(world: World, report: Source) -> None:
    form = await open_edit(world, world.facilitator, await excerpt_at(world, report, 1))
    await world.restart()
    await world.facilitator.submit_modal(form, filled())

    assert (await excerpt_at(world, report, 1)).passage.text == "Teams need time."


async def test_a_form_is_refused_from_somebody_who_is_no_facilitator_any_more(world: World, report: Source) -> None:
    form = await open_edit(world, world.facilitator, await excerpt_at(world, report, 1))
    world.env.backend.edit_member(world.guild.id, world.facilitator.id, {"role_ids": []})
    answer = await world.facilitator.submit_modal(form, filled())

    assert "Only facilitators" in shown(answer)
    assert (await excerpt_at(world, report, 1)).passage.text.startswith("Leaders exist")


async def test_a_long_excerpt_can_be_edited_and_says_that_it_does_not_fit_a_prompt(
    world: World, report: Source
) -> None:
    long = await world.store.library.add_excerpt(world.guild.id, report.id, Passage("word " * 500))
    form = await open_edit(world, world.facilitator, long)
    answer = await world.facilitator.submit_modal(form, filled(text="word " * 450))

    assert "It can’t be posted yet: The excerpt has 2,249 characters." in shown(answer)


async def test_an_excerpt_that_no_form_can_hold_says_so(world: World, report: Source) -> None:
    longest = await world.store.library.add_excerpt(world.guild.id, report.id, Passage("word " * 1000))

    assert "more than 4,000 characters" in shown(await open_edit(world, world.facilitator, longest))


def offered(card: Any) -> list[str]:
    """The questions that a card suggests."""
    children = card.response.message.components[0].children
    selects = [row.children[0] for row in children if isinstance(row, discord.ActionRow)]
    return next([one.label for one in each.options] for each in selects if isinstance(each, discord.SelectMenu))


async def test_the_card_of_an_excerpt_suggests_questions_whole(world: World, report: Source) -> None:
    found = await excerpt_at(world, report, 1)
    card = await open_excerpt(world, found)
    suggestions = suggest_questions(found.passage.text)
    assert NO_QUESTION in shown(card)
    assert tuple(offered(card)) == suggestions

    answer = await world.facilitator.select(card.response, ["1"])

    assert (await excerpt_at(world, report, 1)).question == suggestions[1]
    assert suggestions[1] in shown(answer)


async def test_a_question_of_ones_own_is_stored(world: World, report: Source) -> None:
    card = await open_excerpt(world, await excerpt_at(world, report, 1))
    form = await world.facilitator.click(card.response, label="Write the question")
    answer = await world.facilitator.submit_modal(form, {"question": "Who leads\nyou?"})

    assert (await excerpt_at(world, report, 1)).question == "Who leads you?"
    assert "**Question:** Who leads you?" in shown(answer)


async def test_a_question_is_changed_with_what_stands_there_filled_in(world: World, report: Source) -> None:
    card = await open_excerpt(world, await excerpt_at(world, report, 2))
    form = await world.facilitator.click(card.response, label="Write the question")

    assert form_parts(form)["question"]["value"] == "What does your board need?"


@pytest.mark.parametrize("typed", [" ", "\u200b", "\u202e"])
async def test_an_empty_question_is_refused(world: World, report: Source, typed: str) -> None:
    card = await open_excerpt(world, await excerpt_at(world, report, 2))
    form = await world.facilitator.click(card.response, label="Write the question")
    answer = await world.facilitator.submit_modal(form, {"question": typed})

    assert "The question is empty" in shown(answer)
    assert (await excerpt_at(world, report, 2)).question == "What does your board need?"


async def test_a_suggestion_does_not_replace_a_question_that_came_meanwhile(world: World, report: Source) -> None:
    found = await excerpt_at(world, report, 1)
    card = await open_excerpt(world, found)
    await world.store.library.ask(world.guild.id, found.id, "Asked by somebody else?")
    answer = await world.facilitator.select(card.response, ["0"])

    assert (await excerpt_at(world, report, 1)).question == "Asked by somebody else?"
    assert "Someone changed this excerpt" in shown(answer)
