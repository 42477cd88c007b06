"""Finding and reading excerpts."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.library import Document, Excerpt, Passage, Source, SourceDetails
from cogs.library.autocomplete import excerpt_line
from cogs.library.cards import excerpt_card, page_card, spoken
from tests.cogs.library.conftest import report_document
from tests.permission_walk import press_button
from tests.world import World, shown

MANAGE = discord.Permissions(manage_guild=True)


async def elsewhere(world: World) -> tuple[Any, Any]:
    """A manager of another server, and a channel there."""
    other = world.env.create_guild("Lakeside")
    manager = other.add_member(world.env.create_user("Lou"), roles=[other.create_role("M", permissions=MANAGE)])
    channel = other.create_text_channel("prompts")
    await world.env.settle()
    await world.store.settings.join([other.id])
    return manager, channel


async def excerpt_id(world: World, source: Source, position: int) -> str:
    found = await world.store.library.excerpts(world.guild.id, source.id)
    return f"id:{found[position - 1].id}"


async def test_the_list_shows_sources_with_counts(world: World, report: Source) -> None:
    answer = await world.facilitator.slash(world.prompts, "library list")

    assert "Leading well (14 excerpts)" in shown(answer)


async def test_an_empty_library_says_how_to_begin(world: World) -> None:
    assert "/library import" in shown(await world.facilitator.slash(world.prompts, "library list"))


async def test_a_source_is_paged_through_with_buttons(world: World, report: Source) -> None:
    listed = await world.facilitator.slash(world.prompts, "library list")
    first = await world.facilitator.select(listed.response, [str(report.id)])
    assert "14 excerpts, page 1 of 2" in shown(first)
    assert "**1** · Levels · pages 4 to 5 · Leaders exist at every level, the report said. · no question yet" in shown(
        first
    )
    assert "**2** · about page 9 · Boards need attention." in shown(first)
    assert "**11**" not in shown(first)

    second = await world.facilitator.click(first.response, label="Next")
    assert "**11**" in shown(second)
    back = await world.facilitator.click(second.response, label="Previous")
    assert "page 1 of 2" in shown(back)


async def test_paging_goes_on_after_a_restart(world: World, report: Source) -> None:
    page = await world.facilitator.slash(world.prompts, "library list", source="Leading well")
    await world.restart()

    assert "page 2 of 2" in shown(await world.facilitator.click(page.response, label="Next"))


async def test_a_page_that_is_gone_gives_the_nearest_one(world: World, report: Source) -> None:
    page = await world.facilitator.slash(world.prompts, "library list", source="Leading well")
    for excerpt in (await world.store.library.excerpts(world.guild.id, report.id))[8:]:
        await world.store.library.remove_excerpt(world.guild.id, excerpt.id)
    following = await world.facilitator.click(page.response, label="Next")

    assert "8 excerpts, page 1 of 1" in shown(following)


@pytest.mark.parametrize("page", ["٣", "x", "-1", ""])
async def test_what_is_no_page_number_leads_to_the_first_page(world: World, report: Source, page: str) -> None:
    excerpts = await press_button(world, world.facilitator, world.prompts, f"library-page:{report.id}:{page}")
    sources = await press_button(world, world.facilitator, world.prompts, f"library-sources:{page}")

    assert "14 excerpts, page 1 of 2" in shown(excerpts)
    assert "Leading well (14 excerpts)" in shown(sources)


async def test_what_names_no_source_is_answered_with_what_to_do(world: World) -> None:
    answer = await press_button(world, world.facilitator, world.prompts, "library-page:٣:0")

    assert "Choose the source from the list" in shown(answer)


async def test_a_source_without_excerpts_is_no_dead_end(world: World) -> None:
    await world.store.library.add_source(world.guild.id, Document(SourceDetails("Empty"), (), "e" * 64, "text"))

    assert "/library add" in shown(await world.facilitator.slash(world.prompts, "library list", source="Empty"))


async def test_many_sources_are_paged_through(world: World) -> None:
    for number in range(45):
        document = Document(SourceDetails(f"Report {number}"), (Passage("Words."),), f"{number:064}", "text")
        await world.store.library.add_source(world.guild.id, document)
    listed = await world.facilitator.slash(world.prompts, "library list")
    assert "45 sources, page 1 of 3" in shown(listed)
    following = await world.facilitator.click(listed.response, label="Next")

    assert "Report 20 " in shown(following)


async def test_an_excerpt_is_found_by_its_words_and_shown_whole(world: World, report: Source) -> None:
    offered = await world.facilitator.autocomplete(world.prompts, "library show", "excerpt", "every level")
    assert [choice["name"] for choice in offered] == ["1. Levels – Leaders exist at every level, the report said."]

    answer = shown(await world.facilitator.slash(world.prompts, "library show", excerpt=offered[0]["value"]))

    assert "> “Leaders exist at every level, the report said.”" in answer
    assert "Excerpt 1 of Leading well, The Institute, 2011, pages 4 to 5" in answer
    assert "no question yet" in answer


async def test_an_excerpt_is_found_by_its_number(world: World, report: Source) -> None:
    offered = await world.facilitator.autocomplete(world.prompts, "library show", "excerpt", "14")

    assert [choice["name"].split(".")[0] for choice in offered] == ["14"]


async def test_our_summary_has_no_quotation_marks(world: World, report: Source) -> None:
    answer = shown(await world.facilitator.slash(world.prompts, "library show", excerpt="Boards need attention"))

    assert "Our summary:\nBoards need attention." in answer
    assert "“" not in answer
    assert "**Question:** What does your board need?" in answer


async def test_hostile_words_are_shown_as_they_are_and_ping_nobody(world: World, report: Source) -> None:
    answer = await world.facilitator.slash(world.prompts, "library show", excerpt=await excerpt_id(world, report, 3))
    text = shown(answer)

    assert "@everyone" not in text
    assert "\\*\\*bold\\*\\*" in text
    assert "<@123456789012345678>" not in text.replace("\\<", "")
    page = shown(await world.facilitator.slash(world.prompts, "library list", source="Leading well"))
    assert "@everyone" not in page


async def test_words_that_fit_several_excerpts_ask_for_a_choice(world: World, report: Source) -> None:
    answer = await world.facilitator.slash(world.prompts, "library show", excerpt="teams")

    assert "Choose one excerpt" in shown(answer)


async def test_autocomplete_offers_at_most_25_and_nothing_to_staff(world: World, report: Source) -> None:
    many = tuple(Passage(f"Teams {number}") for number in range(60))
    await world.store.library.add_source(world.guild.id, Document(SourceDetails("Many"), many, "m" * 64, "text"))

    assert len(await world.facilitator.autocomplete(world.prompts, "library show", "excerpt", "")) == 25
    assert await world.staff[0].autocomplete(world.prompts, "library show", "excerpt", "") == []
    assert await world.staff[0].autocomplete(world.prompts, "library list", "source", "") == []


@pytest.mark.parametrize(
    "command", ["library list", "library show", "library edit", "library question", "library remove"]
)
async def test_staff_cannot_use_the_library(world: World, report: Source, command: str) -> None:
    options = {} if command == "library list" else {"excerpt": await excerpt_id(world, report, 1)}
    answer = await world.staff[0].slash(world.prompts, command, **options)

    assert "Only facilitators can do this" in shown(answer)


async def test_another_servers_excerpts_and_sources_stay_its_own(world: World, report: Source) -> None:
    manager, channel = await elsewhere(world)
    stolen = await excerpt_id(world, report, 1)

    for command in ("library show", "library edit", "library question", "library remove"):
        assert "no longer in the library" in shown(await manager.slash(channel, command, excerpt=stolen))
    for command in ("library list", "library add", "library remove"):
        assert "no longer in the library" in shown(await manager.slash(channel, command, source=f"id:{report.id}"))
    assert await manager.autocomplete(channel, "library show", "excerpt", "") == []
    assert (await world.store.library.source(world.guild.id, report.id)).excerpts == 14


async def test_a_card_of_one_server_opens_nothing_of_another(world: World, report: Source) -> None:
    manager, channel = await elsewhere(world)
    await world.store.library.add_source(channel.guild.id, report_document())
    page = await manager.slash(channel, "library list", source="Leading well")
    (own,) = await world.store.library.sources(channel.guild.id)
    excerpts = await world.store.library.excerpts(channel.guild.id, own.id)

    opened = await manager.select(page.response, [str(excerpts[0].id)])

    assert "Excerpt 1 of" in shown(opened)
    assert excerpts[0].source_id != report.id


@given(st.text(max_size=5000), st.text(max_size=300), st.text(max_size=400), st.booleans())
def test_any_words_fit_a_card_and_a_choice(text: str, heading: str, question: str, own_words: bool) -> None:
    passage = Passage(text, heading=heading, place=heading[:100], own_words=own_words, question=question)
    excerpt = Excerpt(1, 1, 123456, passage)
    source = Source(1, 1, SourceDetails(heading, heading, 2011, "", ""), 200_000)

    page = [Excerpt(number, 1, 123456, passage) for number in range(10)]

    for view in (excerpt_card(excerpt, source, note="n" * 300), page_card(source, 0, page)):
        assert view.content_length() <= 4000
    assert 1 <= len(excerpt_line(excerpt)) <= 100


@given(st.text(max_size=3000))
def test_only_the_sources_own_words_get_quotation_marks(text: str) -> None:
    without = text.replace("“", "").replace("”", "")

    assert "“" in spoken(Passage(without), 1000)
    assert "“" not in spoken(Passage(without, own_words=True), 1000)
