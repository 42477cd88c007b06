"""Excerpts that are marked to use, by one facilitator or by two."""

from __future__ import annotations

import asyncio

import pytest

from bot.models.library import Document, Passage, Source, SourceDetails
from cogs.library.cards import UNUSE, USE
from cogs.library.lists import NONE_ASKED, NOTHING_MARKED
from tests.cogs.library.steps import excerpt_at, open_chapter, open_excerpt, open_report, press_as
from tests.world import World, shown


async def marked(world: World) -> list[int]:
    """The numbers of what is marked in the server."""
    ids = await world.store.excerpt_marks.of_guild(world.guild.id)
    return [excerpt.position for excerpt in await world.store.library.excerpts_of(world.guild.id, ids)]


async def test_an_excerpt_is_marked_on_its_card_and_everybody_who_facilitates_sees_it(
    world: World, report: Source
) -> None:
    card = await open_excerpt(world, await excerpt_at(world, report, 5))
    used = await world.facilitator.click(card.response, label=USE)
    assert "Marked to use" in shown(used)
    await world.restart()

    contents = shown(await open_report(world, report, world.manager))
    assert "- Teams: 10 excerpts, 1 marked, 1 hidden" in contents
    assert "Make a series from the marked one" in contents

    unused = await world.facilitator.click(used.response, label=UNUSE)
    assert "Marked to use" not in shown(unused)
    assert await marked(world) == []


async def test_two_clicks_at_once_on_the_same_button_mark_once(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 5)
    await asyncio.gather(*(world.store.excerpt_marks.add(world.guild.id, [excerpt.id]) for _ in range(5)))
    for who in (world.facilitator, world.manager):
        answer = await press_as(world, who, f"library-mark:{excerpt.id}:1:c")
        assert "Marked to use" in shown(answer)

    assert await marked(world) == [5]


async def test_several_are_marked_in_a_list_without_touching_what_others_marked(world: World, report: Source) -> None:
    chapter = await open_chapter(world, report, 4)
    ids = {n: (await excerpt_at(world, report, n)).id for n in (4, 6, 8)}
    await world.store.excerpt_marks.add(world.guild.id, [ids[8]])  # somebody else, meanwhile

    chosen = [str(ids[4]), str(ids[6])]
    custom_id = f"library-mark-some:chapter:{report.id}:4:0:0"
    answer = await world.facilitator.select(chapter.response, chosen, custom_id=custom_id)

    assert await marked(world) == [4, 6, 8]
    assert shown(answer).count("(marked)") == 3
    assert "Make a series from the 3 marked" in shown(answer)


async def test_the_marked_are_listed_with_their_reports_and_can_be_taken_off(world: World, report: Source) -> None:
    other, _ = await world.store.library.add_source(
        world.guild.id, Document(SourceDetails("Another"), (Passage("Teams are rare."),), "o" * 64, "text")
    )
    first, second = await excerpt_at(world, report, 2), await excerpt_at(world, other, 1)
    await world.store.excerpt_marks.add(world.guild.id, [second.id, first.id])
    contents = await open_report(world, report)

    listed = await world.facilitator.click(contents.response, label="See what’s marked")
    assert "2 excerpts, from “Leading well” and “Another”. One of them has no question yet." in shown(listed)
    assert "**1** Teams are rare. (Another, no question yet)" in shown(listed)

    opened = await world.facilitator.select(listed.response, [str(first.id)], custom_id="library-open:m")
    back = await world.facilitator.click(opened.response, label="Back to what’s marked")
    fewer = await world.facilitator.select(back.response, [str(first.id)], custom_id="library-unmark-some:0")
    assert "1 excerpt, from “Another”." in shown(fewer)

    none = await world.facilitator.select(fewer.response, [str(second.id)], custom_id="library-unmark-some:0")
    assert NOTHING_MARKED in shown(none)


async def test_what_is_marked_without_any_question_is_said_once(world: World, report: Source) -> None:
    ids = [(await excerpt_at(world, report, n)).id for n in (4, 6)]
    await world.store.excerpt_marks.add(world.guild.id, ids)

    listed = shown(await press_as(world, world.facilitator, "library-marks:0"))

    assert f"2 excerpts, from “Leading well”. {NONE_ASKED}" in listed
    assert "no question yet" not in listed


@pytest.mark.parametrize("custom_id", ["library-mark:{id}:1:c", "library-marks:0"])
async def test_staff_can_neither_mark_nor_see_what_is_marked(world: World, report: Source, custom_id: str) -> None:
    excerpt = await excerpt_at(world, report, 5)

    answer = await press_as(world, world.staff[0], custom_id.format(id=excerpt.id))

    assert "Only facilitators" in shown(answer)
    assert await marked(world) == []
