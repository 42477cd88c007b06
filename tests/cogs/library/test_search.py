"""Finding excerpts by their words: the form, the pages of what it found, and what the command offers."""

from __future__ import annotations

from bot.models.library import Document, Passage, Source, SourceDetails
from cogs.library.cards import BACK_TO_SEARCH, SEARCH, USE
from cogs.library.lists import EXCERPTS_A_PAGE, NOTHING_FOUND
from cogs.library.views import LONGEST_SEARCH, NO_WORDS
from tests.cogs.library.steps import excerpt_at, open_report, press_as, search
from tests.world import World, form_parts, shown


async def test_a_search_finds_words_and_shows_what_stands_around_them(world: World, report: Source) -> None:
    found = await search(world, report, "number 7: TEAMS")

    assert "## “number 7 TEAMS”\n1 excerpt\n" in shown(found)
    assert "**7** Excerpt number 7 speaks of teams. (no question yet)" in shown(found)


async def test_the_pages_of_a_search_need_no_memory(world: World) -> None:
    passages = tuple(Passage(f"{'Long ago ' * 30} team {n} met.") for n in range(1, EXCERPTS_A_PAGE + 4))
    source, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Long"), passages, "f" * 64, "text")
    )
    found = await search(world, source, "team met")
    assert f"{len(passages)} excerpts, page 1 of 2" in shown(found)
    assert "**1** …" in shown(found)
    assert "team 1 met." in shown(found)
    await world.restart()

    second = await world.facilitator.click(found.response, label="Next")

    assert f"**{len(passages)}** …" in shown(second)
    excerpt = await excerpt_at(world, source, len(passages))
    custom_id = f"library-open:f{source.id}.1.team met"
    opened = await world.facilitator.select(second.response, [str(excerpt.id)], custom_id=custom_id)
    following = await world.facilitator.click(opened.response, label=USE)
    back = await world.facilitator.click(following.response, label=BACK_TO_SEARCH)
    assert "page 2 of 2" in shown(back)
    assert "marked)" in shown(back)


async def test_the_longest_words_lead_back_from_an_excerpt_too(world: World, report: Source) -> None:
    words = ("Excerpt number speaks of teams " * 3)[: LONGEST_SEARCH - 1]
    excerpt = await excerpt_at(world, report, 7)
    found = await search(world, report, words)

    custom_id = f"library-open:f{report.id}.0.{words}"
    opened = await world.facilitator.select(found.response, [str(excerpt.id)], custom_id=custom_id)
    asked = await world.facilitator.select(opened.response, ["0"])

    assert f"“{words.strip()}”" in shown(await world.facilitator.click(asked.response, label=BACK_TO_SEARCH))


async def test_forms_of_words_and_phrases_are_found_and_shown(world: World) -> None:
    passages = (Passage("It is about one board alone."), Passage(f"{'Long ago ' * 30} the boards met in Dŵr."))
    source, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Forms"), passages, "f" * 64, "text")
    )

    assert "2 excerpts\n" in (forms := shown(await search(world, source, "boards")))
    assert forms.index("the boards met") < forms.index("one board alone")
    assert "the boards met in Dŵr." in shown(await search(world, source, "“boards met in dwr”"))


async def test_a_search_over_all_reports_begins_at_the_list_of_reports(world: World, report: Source) -> None:
    other = Document(SourceDetails("Another"), (Passage("Teams are rare here."),), "o" * 64, "text")
    await world.store.library.add_source(world.guild.id, other)
    listed = await press_as(world, world.facilitator, "library-sources:0")
    form = await world.facilitator.click(listed.response, label=SEARCH)

    found = shown(await world.facilitator.submit_modal(form, {"words": "teams"}))

    assert "12 excerpts" in found
    assert "**1** Teams are rare here. (Another)" in found
    assert "**5** Excerpt number 5 speaks of teams. (Leading well)" in found


async def test_a_search_that_finds_nothing_or_has_no_words_says_what_to_do(world: World, report: Source) -> None:
    assert NOTHING_FOUND in shown(await search(world, report, "zebra"))
    assert NO_WORDS in shown(await search(world, report, " : \u200b"))
    form = await world.facilitator.click((await open_report(world, report)).response, label=SEARCH)
    assert form_parts(form)["words"]["max_length"] == LONGEST_SEARCH


async def test_words_that_fit_several_excerpts_ask_for_a_choice(world: World, report: Source) -> None:
    assert "Choose one excerpt" in shown(await world.facilitator.slash(world.prompts, "library", excerpt="teams"))


async def test_an_excerpt_is_offered_by_its_words_and_by_its_number(world: World, report: Source) -> None:
    by_words = await world.facilitator.autocomplete(world.prompts, "library", "excerpt", "every level")
    by_number = await world.facilitator.autocomplete(world.prompts, "library", "excerpt", "13")

    assert [choice["name"] for choice in by_words] == ["1. Levels – Leaders exist at every level, the report said."]
    assert "13. Teams – Excerpt number 13 speaks of teams." in [choice["name"] for choice in by_number]


async def test_autocomplete_offers_at_most_25_and_nothing_to_staff(world: World, report: Source) -> None:
    many = tuple(Passage(f"Teams {number}") for number in range(60))
    await world.store.library.add_source(world.guild.id, Document(SourceDetails("Many"), many, "m" * 64, "text"))

    assert len(await world.facilitator.autocomplete(world.prompts, "library", "excerpt", "")) == 25
    assert await world.staff[0].autocomplete(world.prompts, "library", "excerpt", "") == []
    assert await world.staff[0].autocomplete(world.prompts, "library", "report", "") == []
