"""Finding and reading excerpts, from card to card."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.enums import InteractionType

from bot.library.contents import Chapter, read_contents
from bot.models.library import Document, Excerpt, Passage, Source, SourceDetails
from cogs.library.autocomplete import excerpt_line
from cogs.library.cards import (
    ADD_REPORT,
    AFTER,
    BEFORE,
    CHAPTERS_A_PAGE,
    EMPTY_LIBRARY,
    NO_EXCERPTS,
    SEARCH,
    WORTH,
    contents_card,
    excerpt_card,
    spoken,
)
from cogs.library.lists import (
    EXCERPTS_A_PAGE,
    HOW_CHOSEN,
    NONE_ASKED,
    NOTHING_FOUND,
    SHOW_HIDDEN,
    chapter_card,
    chosen_card,
    found_card,
    marked_card,
)
from cogs.library.navigation import NO_WORDS
from cogs.ui.pages import paginate
from tests.cogs.library.conftest import report_document
from tests.cogs.library.steps import excerpt_at, open_chapter, open_excerpt, open_report, press_as
from tests.library.test_selection import RECOMMENDS, vary
from tests.world import World, form_parts, shown

MANAGE = discord.Permissions(manage_guild=True)


async def elsewhere(world: World) -> tuple[Any, Any]:
    """A manager of another server, and a channel there."""
    other = world.env.create_guild("Lakeside")
    manager = other.add_member(world.env.create_user("Lou"), roles=[other.create_role("M", permissions=MANAGE)])
    channel = other.create_text_channel("prompts")
    await world.env.settle()
    await world.store.settings.join([other.id])
    return manager, channel


async def test_the_library_opens_on_the_contents_of_the_report_that_was_loaded_last(
    world: World, report: Source
) -> None:
    pack = Document(SourceDetails("The pack"), (Passage("Words."),), "p" * 64, "pack")
    await world.store.library.add_source(world.guild.id, pack, pack="pack")

    answer = shown(await world.facilitator.slash(world.prompts, "library"))

    assert "## Leading well\n14 excerpts; 2 are notes or have no full sentence" in answer
    assert "- Levels: 2 excerpts, 1 with a question" in answer
    assert "- Teams: 10 excerpts, 1 hidden" in answer


async def test_an_empty_library_says_how_to_begin(world: World) -> None:
    answer = await world.facilitator.slash(world.prompts, "library")

    assert EMPTY_LIBRARY in shown(answer)
    assert (await world.facilitator.click(answer.response, label=ADD_REPORT)).modal is not None


async def test_a_report_leads_to_a_chapter_and_a_chapter_to_an_excerpt(world: World, report: Source) -> None:
    chapter = await open_chapter(world, report, 1)
    assert "## Levels\n2 excerpts" in shown(chapter)
    assert "**1** Leaders exist at every level, the report said. (pages 4 to 5, no question yet)" in shown(chapter)
    assert "**2** Boards need attention. (about page 9, has a question)" in shown(chapter)

    first = await excerpt_at(world, report, 1)
    opened = await world.facilitator.select(chapter.response, [str(first.id)], custom_id="library-open:c")

    assert "> “Leaders exist at every level, the report said.”" in shown(opened)
    assert "Excerpt 1 from Leading well, The Institute, 2011, pages 4 to 5" in shown(opened)
    assert "no question yet" in shown(opened)


async def test_a_chapter_of_one_excerpt_opens_that_excerpt(world: World, report: Source) -> None:
    assert "Excerpt 3 from Leading well" in shown(await open_chapter(world, report, 3))


async def test_what_holds_no_sentence_is_hidden_at_first_and_one_press_away(world: World, report: Source) -> None:
    chapter = await open_chapter(world, report, 4)
    assert "**14**" not in shown(chapter)

    everything = await world.facilitator.click(chapter.response, label=SHOW_HIDDEN.format(1, "s"))
    assert "**14** Trust" in shown(everything)

    fewer = await world.facilitator.click(everything.response, label="Hide those without a sentence")
    assert "**14**" not in shown(fewer)


async def test_an_excerpt_is_shown_with_the_ones_before_and_after(world: World, report: Source) -> None:
    second = await open_excerpt(world, await excerpt_at(world, report, 2))
    assert "Before it: Leaders exist at every level, the report said." in shown(second)
    assert "After it: " in shown(second)

    first = await world.facilitator.click(second.response, label=BEFORE)
    assert "Excerpt 1 from" in shown(first)
    assert "Before it" not in shown(first)
    again = await world.facilitator.click(first.response, label=AFTER)
    assert "Excerpt 2 from" in shown(again)

    chapter = await world.facilitator.click(again.response, label="Its chapter")
    assert "## Levels" in shown(chapter)
    contents = await world.facilitator.click(chapter.response, label="Contents")
    assert "## Leading well" in shown(contents)


async def test_a_long_chapter_is_paged_through_also_after_a_restart(world: World) -> None:
    passages = tuple(Passage(f"Excerpt {n} speaks of teams.", "Teams") for n in range(1, 2 * EXCERPTS_A_PAGE + 3))
    source, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Long"), passages, "f" * 64, "text")
    )
    chapter = await open_chapter(world, source, 1)
    assert f"{len(passages)} excerpts, page 1 of 3" in shown(chapter)
    await world.restart()

    second = await world.facilitator.click(chapter.response, label="Next")
    assert f"**{EXCERPTS_A_PAGE + 1}** " in shown(second)
    assert "page 1 of 3" in shown(await world.facilitator.click(second.response, label="Previous"))

    for excerpt in (await world.store.library.excerpts(world.guild.id, source.id))[EXCERPTS_A_PAGE:]:
        await world.store.library.remove_excerpt(world.guild.id, excerpt.id)
    assert f"{EXCERPTS_A_PAGE} excerpts\n" in shown(await world.facilitator.click(second.response, label="Next"))


async def test_a_report_of_many_chapters_is_paged_through(world: World) -> None:
    passages = tuple(Passage("It speaks of teams.", f"Chapter {n}") for n in range(1, CHAPTERS_A_PAGE + 5))
    source, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Many"), passages, "f" * 64, "text")
    )
    contents = await open_report(world, source)
    assert f"Chapter {CHAPTERS_A_PAGE + 1}:" not in shown(contents)

    following = await world.facilitator.click(contents.response, label="Next")

    assert f"- Chapter {CHAPTERS_A_PAGE + 1}: excerpt {CHAPTERS_A_PAGE + 1}, no question yet" in shown(following)


@pytest.mark.parametrize("page", ["٣", "x", "-1", ""])
async def test_what_is_no_page_number_leads_to_the_first_page(world: World, report: Source, page: str) -> None:
    for custom_id, seen in {
        f"library-contents:{report.id}:{page}": "## Leading well",
        f"library-chapter:{report.id}:{page}:{page}:{page}": "## Levels",
        f"library-sources:{page}": "Leading well (14 excerpts)",
        f"library-marks:{page}": "Nothing is marked",
        f"library-found:{report.id}:{page}:teams": "11 excerpts",
    }.items():
        assert seen in shown(await press_as(world, world.facilitator, custom_id)), custom_id


@pytest.mark.parametrize(
    "custom_id", ["library-contents:٣:0", "library-worth:x", "library-chapter:99:1:0:0", "library-found:99:0:teams"]
)
async def test_what_names_no_report_is_answered_with_what_to_do(world: World, custom_id: str) -> None:
    assert "from the list" in shown(await press_as(world, world.facilitator, custom_id))


async def test_a_list_that_nobody_knows_is_out_of_date(world: World, report: Source) -> None:
    data = {"custom_id": "library-mark-some:attic:1", "component_type": 3, "values": []}
    answer = await world.facilitator._dispatch_interaction(InteractionType.MESSAGE_COMPONENT, world.prompts, data)

    assert "out of date" in shown(answer)


async def test_a_report_without_excerpts_is_no_dead_end(world: World) -> None:
    source, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Empty"), (), "e" * 64, "text")
    )

    assert NO_EXCERPTS in shown(await open_report(world, source))
    assert NO_EXCERPTS in shown(await press_as(world, world.facilitator, f"library-chapter:{source.id}:1:0:0"))


async def test_many_reports_are_paged_through(world: World) -> None:
    for number in range(45):
        document = Document(SourceDetails(f"Report {number}"), (Passage("Words."),), f"{number:064}", "text")
        source, _ = await world.store.library.add_source(world.guild.id, document)
    contents = await open_report(world, source)
    listed = await world.facilitator.click(contents.response, label="All reports")
    assert "45 reports, page 1 of 3" in shown(listed)
    following = await world.facilitator.click(listed.response, label="Next")
    assert "Report 20 " in shown(following)

    sources = await world.store.library.sources(world.guild.id)
    opened = await world.facilitator.select(following.response, [str(sources[20].id)])

    assert "## Report 20" in shown(opened)


async def search(world: World, source: Source, words: str) -> Any:
    contents = await open_report(world, source)
    form = await world.facilitator.click(contents.response, label=SEARCH)
    return await world.facilitator.submit_modal(form, {"words": words})


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
    assert form_parts(form)["words"]["max_length"] == 60


async def test_the_twelve_worth_discussing_say_how_they_were_chosen(world: World) -> None:
    passages = tuple(Passage(vary(100 + n), f"Chapter {n % 3}") for n in range(30))
    source, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Long"), passages, "f" * 64, "text")
    )
    contents = await open_report(world, source)

    chosen = await world.facilitator.click(contents.response, label=WORTH)

    assert HOW_CHOSEN in shown(chosen)
    assert shown(chosen).count("(recommendation)") == 12
    assert shown(chosen).count(NONE_ASKED) == 1
    first = await excerpt_at(world, source, 1)
    opened = await world.facilitator.select(chosen.response, [str(first.id)], custom_id="library-open:t")
    assert WORTH in shown(await world.facilitator.click(opened.response, label="Back to the twelve"))


async def test_a_report_with_little_to_discuss_offers_fewer_and_says_so(world: World, report: Source) -> None:
    nothing = await world.facilitator.click((await open_report(world, report)).response, label=WORTH)
    assert "Nothing in this report clearly suits a discussion." in shown(nothing)

    await world.store.library.add_excerpt(world.guild.id, report.id, Passage(RECOMMENDS))
    one = await world.facilitator.click((await open_report(world, report)).response, label=WORTH)
    assert "Only 1 excerpt can be offered here." in shown(one)


async def test_our_summary_has_no_quotation_marks(world: World, report: Source) -> None:
    answer = shown(await open_excerpt(world, await excerpt_at(world, report, 2)))
    own = answer.partition("In our words:\n")[2].partition("\n")[0]

    assert own == "Boards need attention."
    assert "**Question:** What does your board need?" in answer


async def test_hostile_words_are_shown_as_they_are_and_ping_nobody(world: World, report: Source) -> None:
    hostile = await excerpt_at(world, report, 3)
    for answer in (
        await open_excerpt(world, hostile),
        await open_report(world, report),
        await search(world, report, "@everyone"),
    ):
        text = shown(answer)
        assert "@everyone" not in text.partition("\n")[2]
        assert "\\*\\*bold\\*\\*" in text
        assert "<@123456789012345678>" not in text.replace("\\<", "")


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


async def test_staff_cannot_use_the_library(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 1)

    for answer in (
        await world.staff[0].slash(world.prompts, "library"),
        await open_report(world, report, world.staff[0]),
        await open_excerpt(world, excerpt, world.staff[0]),
    ):
        assert "Only facilitators can do this" in shown(answer)


async def test_another_servers_excerpts_and_reports_stay_its_own(world: World, report: Source) -> None:
    manager, channel = await elsewhere(world)
    excerpt = await excerpt_at(world, report, 1)
    gone = "no longer in the library"

    assert gone in shown(await manager.slash(channel, "library", excerpt=f"id:{excerpt.id}"))
    assert gone in shown(await manager.slash(channel, "library", report=f"id:{report.id}"))
    assert await manager.autocomplete(channel, "library", "excerpt", "") == []
    assert EMPTY_LIBRARY in shown(await manager.slash(channel, "library"))


HOSTILE_TEXT = st.text(max_size=2500)


@given(HOSTILE_TEXT, st.text(max_size=300), st.text(max_size=400), st.booleans())
def test_any_words_fit_every_card_and_a_choice(text: str, heading: str, question: str, own_words: bool) -> None:
    passage = Passage(text, heading=heading, place=heading[:100], own_words=own_words, question=question)
    one = Excerpt(1, 1, 123456, passage)
    source = Source(1, 1, SourceDetails(heading, heading, 2011, "", ""), 200_000)
    many = [Excerpt(number, 1, 123456 + number, passage) for number in range(25)]
    marked = frozenset({3, 5})
    chapters = [Chapter(heading, (each,)) for each in many]
    page = paginate(range(25), EXCERPTS_A_PAGE, 0)

    for view in (
        excerpt_card(one, source, (one, one), is_marked=True, note="n" * 300),
        contents_card(source, chapters, 0, marked),
        contents_card(source, read_contents(many), 0, marked),
        chapter_card(source, Chapter(heading, tuple(many)), 0, marked, show_all=True),
        chosen_card(source, many[:12], marked),
        found_card(0, heading[:30] or "x", many[:EXCERPTS_A_PAGE], page, 25, marked, {1: heading}),
        marked_card(many, {1: heading, 2: heading}, 0),
    ):
        assert view.content_length() <= 4000
    assert 1 <= len(excerpt_line(one)) <= 100


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("2. Overview of risks", "16. Overview of risks – Lead together."),
        ("2.1. Care at night", "16. Care at night – Lead together."),
        ("A heading: 2. of 3", "16. A heading: 2. of 3 – Lead together."),
        ("2023 in short", "16. 2023 in short – Lead together."),
        ("3.", "16. 3. – Lead together."),
    ],
)
def test_a_number_of_the_report_is_not_read_as_the_number_of_the_excerpt(heading: str, line: str) -> None:
    assert excerpt_line(Excerpt(5, 1, 16, Passage("Lead together.", heading))) == line


@pytest.mark.parametrize(
    ("last", "first_line", "lines"),
    [
        ("What helps?", "2 excerpts, each with a question.", ["Too few? Excerpt 1", "Nights: excerpt 2, marked"]),
        ("", "2 excerpts.", ["Too few? Excerpt 1, has a question", "Nights: excerpt 2, no question yet, marked"]),
    ],
)
def test_the_contents_say_once_that_every_excerpt_has_a_question(last: str, first_line: str, lines: list[str]) -> None:
    asked = {"Too few?": "Why?", "Nights": last}
    excerpts = [
        Excerpt(number, 1, number, Passage("Boards need attention.", heading=heading, question=question))
        for number, (heading, question) in enumerate(asked.items(), 1)
    ]
    source = Source(1, 1, SourceDetails("No more heroes", "The King’s Fund", 2011, "", ""), 2)

    view = contents_card(source, read_contents(excerpts), 0, frozenset({2}))

    texts = [part.content for part in view.walk_children() if isinstance(part, discord.ui.TextDisplay)]
    assert texts[0].endswith(f"\n{first_line}")
    assert texts[1].splitlines() == [f"- {line}" for line in lines]


@given(st.text(max_size=3000))
def test_only_the_sources_own_words_get_quotation_marks(text: str) -> None:
    without = text.replace("“", "").replace("”", "")

    assert "“" in spoken(Passage(without), 1000)
    assert "“" not in spoken(Passage(without, own_words=True), 1000)


def test_the_report_of_these_tests_has_three_chapters() -> None:
    passages = report_document().passages
    excerpts = [Excerpt(n, 1, n, passage) for n, passage in enumerate(passages, 1)]

    assert [len(chapter.excerpts) for chapter in read_contents(excerpts)] == [2, 1, 11]
