"""A report of fifteen hundred excerpts, with long headings of one name or with none, and two people who mark in it."""

from __future__ import annotations

import pytest

from bot.models.library import Document, Passage, Source, SourceDetails
from cogs.library.cards import CHAPTERS_A_PAGE, NO_HEADING, WORTH
from cogs.library.lists import EXCERPTS_A_PAGE
from tests.cogs.library.steps import open_chapter, open_report, press_as, search
from tests.library.test_selection import vary
from tests.world import World, shown

EXCERPTS, CHAPTERS = 1500, 60
LONG = "What staff said about leadership on wards at night, in clinics and in the community " * 4


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The library, and the series made of what is marked there."""
    return ("cogs.library", "cogs.prompts")


async def add(world: World, headings: list[str]) -> Source:
    passages = (Passage(vary(n), heading, page_from=n // 5 + 1) for n, heading in enumerate(headings))
    document = Document(SourceDetails("A long report", "The Institute", 2026), tuple(passages), "f" * 64, "pdf")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    return source


async def test_chapters_with_one_long_name_are_paged_through_opened_and_searched(world: World) -> None:
    source = await add(world, [LONG[: 299 + n * CHAPTERS // EXCERPTS % 2] for n in range(EXCERPTS)])
    contents = await open_report(world, source)
    assert f"Chapters: page 1 of {CHAPTERS // CHAPTERS_A_PAGE}." in shown(contents)

    last = await press_as(world, world.facilitator, f"library-contents:{source.id}:2")
    assert "(page 296): 25 excerpts" in shown(last)
    chapter = await press_as(world, world.facilitator, f"library-chapter:{source.id}:1476:0:0")
    assert "25 excerpts, page 1 of 2" in shown(chapter)
    assert "1,500 excerpts, page 1 of 100" in shown(await search(world, source, "boards must"))
    assert shown(await press_as(world, world.facilitator, f"library-worth:{source.id}")).startswith(f"## {WORTH}")


async def test_a_report_without_headings_is_one_list_in_which_people_leap(world: World) -> None:
    source = await add(world, [""] * EXCERPTS)
    assert f"- {NO_HEADING} (page 1): 1,500 excerpts" in shown(await open_report(world, source))
    chapter = await open_chapter(world, source, 1)
    assert "1,500 excerpts, page 1 of 100" in shown(chapter)

    leap = await world.facilitator.select(chapter.response, ["96"], custom_id=f"library-chapter-page:{source.id}:1:0")

    assert "page 97 of 100" in shown(leap)
    assert f"**{96 * EXCERPTS_A_PAGE + 1}** " in shown(leap)


async def test_two_people_mark_at_once_and_one_of_them_makes_the_series_of_all(world: World) -> None:
    source = await add(world, ["One"] * 30)
    excerpts = await world.store.library.excerpts(world.guild.id, source.id)
    first, second = await open_chapter(world, source, 1), await press_as(world, world.manager, "library-marks:0")
    assert "Nothing is marked" in shown(second)

    custom_id = f"library-mark-some:chapter:{source.id}:1:0:0"
    await world.facilitator.select(first.response, [str(each.id) for each in excerpts[:3]], custom_id=custom_id)
    await press_as(world, world.manager, f"library-mark:{excerpts[20].id}:1:c")
    await world.restart()
    await world.store.library.remove_excerpt(world.guild.id, excerpts[1].id)
    form = await press_as(world, world.facilitator, "series-marked")
    made = await world.facilitator.submit_modal(
        form, {"title": "Together", "weekday": ["0"], "time": "09:00", "channel": [world.prompts]}
    )

    assert "3 excerpts left" in shown(made)
    (series,) = await world.store.series.of_guild(world.guild.id)
    assert series.waiting_ids == (excerpts[0].id, excerpts[2].id, excerpts[20].id)
    assert "Nothing is marked" in shown(await press_as(world, world.manager, "library-marks:0"))
