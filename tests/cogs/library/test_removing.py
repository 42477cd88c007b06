"""Removing excerpts and sources."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from bot.models.library import Excerpt, Source
from bot.models.prompts import NewSeries, Slot
from tests.cogs.library.steps import excerpt_at, open_excerpt, open_report
from tests.world import World, shown

NOW = datetime(2026, 1, 5, tzinfo=UTC)


async def first(world: World, source: Source) -> Excerpt:
    return await excerpt_at(world, source, 1)


async def ask_about(world: World, what: Excerpt | Source) -> Any:
    """Press the button that removes, on the card of an excerpt or a report."""
    is_excerpt = isinstance(what, Excerpt)
    card = await (open_excerpt(world, what) if isinstance(what, Excerpt) else open_report(world, what))
    return await world.facilitator.click(card.response, label="Remove excerpt" if is_excerpt else "Remove report")


async def test_an_excerpt_is_removed_after_one_question(world: World, report: Source) -> None:
    found = await first(world, report)
    asked = await ask_about(world, found)
    assert "Remove excerpt 1?" in shown(asked)
    assert "Prompts already posted keep their words" in shown(asked)
    assert (await world.store.library.source(world.guild.id, report.id)).excerpts == 14

    answer = await world.facilitator.click(asked.response, label="Remove")

    assert "Removed excerpt 1." in shown(answer)
    assert (await world.store.library.source(world.guild.id, report.id)).excerpts == 13


async def test_an_excerpt_can_be_kept_after_all(world: World, report: Source) -> None:
    asked = await ask_about(world, await first(world, report))
    answer = await world.facilitator.click(asked.response, label="Keep it")

    assert "Excerpt 1 from Leading well" in shown(answer)
    assert (await world.store.library.source(world.guild.id, report.id)).excerpts == 14


async def test_a_source_is_removed_with_its_excerpts(world: World, report: Source) -> None:
    asked = await ask_about(world, report)
    assert "its 14 excerpts leave the library" in shown(asked)
    answer = await world.facilitator.click(asked.response, label="Remove")

    assert "Removed “Leading well”." in shown(answer)
    assert await world.store.library.sources(world.guild.id) == ()
    assert await world.store.library.excerpts(world.guild.id) == ()


async def test_what_was_marked_and_asked_about_in_a_report_is_counted_before_it_goes(
    world: World, report: Source
) -> None:
    assert "Among them are 1 with a question." in shown(await ask_about(world, report))
    await world.store.excerpt_marks.add(world.guild.id, [(await excerpt_at(world, report, n)).id for n in (4, 5)])

    asked = await ask_about(world, report)
    assert "leave the library. Among them are 2 marked and 1 with a question." in shown(asked)
    await world.facilitator.click(asked.response, label="Remove")

    assert await world.store.excerpt_marks.of_guild(world.guild.id) == ()


async def test_a_series_that_still_needs_the_excerpt_is_named(world: World, report: Source) -> None:
    found = await first(world, report)
    slot = Slot(0, time(9), "Europe/London", date(2026, 1, 12))
    await world.store.series.create(NewSeries(world.guild.id, "Mondays", world.prompts.id, slot, (found.id,)), NOW)

    assert "leaves the series “Mondays”" in shown(await ask_about(world, found))
    assert "leaves the series “Mondays”" in shown(await ask_about(world, report))


async def test_removing_twice_is_told(world: World, report: Source) -> None:
    found = await first(world, report)
    asked = await ask_about(world, found)
    again = await ask_about(world, found)
    await world.facilitator.click(asked.response, label="Remove")
    answer = await world.facilitator.click(again.response, label="Remove")

    assert "no longer in the library" in shown(answer)
    assert (await world.store.library.source(world.guild.id, report.id)).excerpts == 13


async def test_every_button_of_a_removed_excerpt_is_answered(world: World, report: Source) -> None:
    found = await first(world, report)
    card = await open_excerpt(world, found)
    await world.store.library.remove_excerpt(world.guild.id, found.id)

    for label in ("Change excerpt", "Use this", "Write the question", "Remove excerpt"):
        answer = await world.facilitator.click(card.response, label=label)
        assert "no longer in the library" in answer.response.content


async def test_after_a_removal_the_chapter_and_the_contents_are_one_press_away(world: World, report: Source) -> None:
    asked = await ask_about(world, await first(world, report))
    removed = await world.facilitator.click(asked.response, label="Remove")

    chapter = await world.facilitator.click(removed.response, label="Its chapter")
    assert "## Levels\n1 excerpt" in shown(chapter)


async def test_staff_cannot_confirm_a_removal(world: World, report: Source) -> None:
    asked = await ask_about(world, report)
    world.env.backend.edit_member(world.guild.id, world.facilitator.id, {"role_ids": []})
    answer = await world.facilitator.click(asked.response, label="Remove")

    assert "Only facilitators" in answer.response.content
    assert len(await world.store.library.sources(world.guild.id)) == 1
