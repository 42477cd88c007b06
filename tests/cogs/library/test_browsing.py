"""Reading a report from card to card: its contents, its chapters, its excerpts, and those worth discussing."""

from __future__ import annotations

import pytest
from simcord.enums import InteractionType

from bot.models.library import Document, Passage, Source, SourceDetails
from cogs.library.autocomplete import source_lines
from cogs.library.cards import ADD_REPORT, AFTER, BEFORE, CHAPTERS_A_PAGE, EMPTY_LIBRARY, NO_EXCERPTS, WORTH
from cogs.library.lists import EXCERPTS_A_PAGE, HIDE_AGAIN, HOW_CHOSEN, NONE_ASKED, SHOW_HIDDEN
from tests.cogs.library.conftest import TABLE
from tests.cogs.library.steps import elsewhere, excerpt_at, open_chapter, open_excerpt, open_report, press_as
from tests.library.test_selection import RECOMMENDS, vary
from tests.world import World, shown


async def test_the_library_opens_on_the_contents_of_the_report_that_was_loaded_last(
    world: World, report: Source
) -> None:
    pack = Document(SourceDetails("The pack"), (Passage("Words."),), "p" * 64, "pack")
    await world.store.library.add_source(world.guild.id, pack, pack="pack")

    answer = shown(await world.facilitator.slash(world.prompts, "library"))

    assert "## Leading well\n14 excerpts; 2 are notes or have no full sentence" in answer
    assert "- Levels (page 4): 2 excerpts, 1 with a question" in answer
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

    fewer = await world.facilitator.click(everything.response, label=HIDE_AGAIN)
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
    assert "Chapters: page 1 of 2." in shown(contents)

    following = await world.facilitator.click(contents.response, label="Next")

    assert f"- Chapter {CHAPTERS_A_PAGE + 1}: excerpt {CHAPTERS_A_PAGE + 1}\n" in shown(following)


async def test_the_way_back_leads_to_the_page_of_the_contents_and_of_the_chapter(world: World) -> None:
    chapters = [Passage("It speaks of teams.", f"Chapter {n}") for n in range(1, CHAPTERS_A_PAGE + 1)]
    long = [Passage(f"Excerpt {n} speaks of wards." if n != 4 else TABLE, "Long") for n in range(2 * EXCERPTS_A_PAGE)]
    document = Document(SourceDetails("Many"), (*chapters, *long), "f" * 64, "text")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    opened = await open_excerpt(world, await excerpt_at(world, source, CHAPTERS_A_PAGE + EXCERPTS_A_PAGE + 3))

    chapter = await world.facilitator.click(opened.response, label="Its chapter")
    assert "page 2 of 2" in shown(chapter)
    assert f"**{CHAPTERS_A_PAGE + EXCERPTS_A_PAGE + 3}** " in shown(chapter)
    contents = await world.facilitator.click(chapter.response, label="Contents")
    assert "Chapters: page 2 of 2." in shown(contents)
    assert "- Long: 29 excerpts, 1 hidden" in shown(contents)

    hidden = await open_excerpt(world, await excerpt_at(world, source, CHAPTERS_A_PAGE + 5))
    assert "**25** Trust" in shown(await world.facilitator.click(hidden.response, label="Its chapter"))


async def test_chapters_of_the_same_name_are_told_apart_by_their_pages(world: World) -> None:
    names = ["Part one", "What to do", "Part one", "What to do"]
    passages = tuple(Passage("It speaks of teams.", name, page_from=3 * n) for n, name in enumerate(names, 1))
    source, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Twice"), passages, "f" * 64, "pdf")
    )

    contents = shown(await open_report(world, source))

    assert "- Part one (page 3): excerpt 1\n" in contents
    assert "- Part one (page 9): excerpt 3\n" in contents


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


async def test_reports_whose_titles_look_alike_are_told_apart(world: World) -> None:
    long = "How staff on wards, in clinics and in people’s homes rest, and what their employers can do about it, "
    made = [("Rest", 2019), ("Rest", 2024), ("Rest", 2024), ("Rest", None), ("Rotas", 2024)]
    made += [(f"{long}first part", None), (f"{long}second part", None)]
    for number, (title, year) in enumerate(made):
        document = Document(SourceDetails(title, year=year), (Passage("Words."),), f"{number:064}", "text")
        source, _ = await world.store.library.add_source(world.guild.id, document)
    contents = await open_report(world, source)

    listed = await world.facilitator.click(contents.response, label="All reports")

    assert [line[2:] for line in shown(listed).splitlines() if line.startswith("- ")] == [
        "Rest (1 excerpt, 2019)",
        "Rest (1 excerpt, 2024, version 1)",
        "Rest (1 excerpt, 2024, version 2)",
        "Rest (1 excerpt)",
        "Rotas (1 excerpt)",
        "How staff on wards, in clinics and in people’s homes… (1 excerpt, version 1)",
        "How staff on wards, in clinics and in people’s homes… (1 excerpt, version 2)",
    ]
    assert max(map(len, source_lines(await world.store.library.sources(world.guild.id)).values())) <= 100


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
