"""Nothing is posted from a report without its title, publisher and year, until a facilitator was asked for them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.models.library import Document, Passage, Source, SourceDetails
from bot.models.prompts import SeriesState
from cogs.library.cards import CHECK_DETAILS, DETAILS_FIRST, DETAILS_LATER
from tests.cogs.prompts.scenes import QUESTION, at_nine, library, posted
from tests.world import World, form_parts, shown

FILLED_IN = {
    "source_title": "Rest and rotas",
    "publisher": "Riverside",
    "year": "2024",
    "address": "",
    "licence": "short quotation with attribution",
}


@pytest.fixture
async def unknown(world: World) -> Source:
    """A report that was read from a file which says neither who published it nor when."""
    passages = tuple(Passage(f"Rest {number} is short.", question=QUESTION) for number in (1, 2))
    document = Document(SourceDetails("Rest and rotas"), passages, "a" * 64, "text", missing=("publisher", "year"))
    source, _ = await world.store.library.add_source(world.guild.id, document)
    return source


async def first_excerpt(world: World, source: Source) -> str:
    return f"id:{(await world.store.library.excerpts(world.guild.id, source.id))[0].id}"


async def fill_in(world: World, answer: Any, **changed: str) -> Any:
    """Press the button on the card, and send the form."""
    form = await world.facilitator.click(
        answer.followups[-1] if answer.followups else answer.response, label=CHECK_DETAILS
    )
    assert form_parts(form)["publisher"].get("value", "") == ""
    return await world.facilitator.submit_modal(form, FILLED_IN | changed)


async def series_of(world: World, source: str = "Rest and") -> Any:
    return await world.facilitator.slash(world.prompts, "series create", source=source, weekday=3, time="09:00")


async def test_posting_asks_for_the_details_first_and_then_posts(world: World, unknown: Source) -> None:
    excerpt = await first_excerpt(world, unknown)

    refused = await world.facilitator.slash(world.prompts, "prompt post", excerpt=excerpt)

    assert DETAILS_FIRST in shown(refused)
    assert "I could not find out who published it and when it came out." in shown(refused)
    assert await posted(world) == []

    await fill_in(world, refused)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=excerpt)

    (prompt,) = await posted(world)
    assert (prompt.wording.publisher, prompt.wording.year) == ("Riverside", 2024)


async def test_what_a_facilitator_leaves_empty_is_not_asked_for_again(world: World, unknown: Source) -> None:
    excerpt = await first_excerpt(world, unknown)
    refused = await world.facilitator.slash(world.prompts, "prompt post", excerpt=excerpt)

    await fill_in(world, refused, year="")
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=excerpt)

    (prompt,) = await posted(world)
    assert prompt.wording.year is None


async def test_a_year_that_cannot_be_read_is_asked_for_again(world: World, unknown: Source) -> None:
    excerpt = await first_excerpt(world, unknown)
    refused = await world.facilitator.slash(world.prompts, "prompt post", excerpt=excerpt)

    await fill_in(world, refused, year="MMXI")
    again = await world.facilitator.slash(world.prompts, "prompt post", excerpt=excerpt)

    assert "I could not find out when it came out." in shown(again)
    assert await posted(world) == []


async def test_a_series_starts_only_when_the_details_are_known(world: World, unknown: Source) -> None:
    made = await series_of(world)
    assert "I could not find out who published it and when it came out." in shown(made)

    pressed = await world.facilitator.click(made.followups[0] if made.followups else made.response, label="Start")
    assert DETAILS_FIRST in shown(pressed)
    refused = await world.facilitator.slash(world.prompts, "series start")
    assert DETAILS_FIRST in shown(refused)
    resumed = await world.facilitator.slash(world.prompts, "series resume")
    assert DETAILS_FIRST in shown(resumed)
    (series,) = await world.store.series.of_guild(world.guild.id)
    assert series.state is SeriesState.PAUSED

    await fill_in(world, refused)
    await world.facilitator.slash(world.prompts, "series start")
    await at_nine(world)

    (prompt,) = await posted(world)
    assert prompt.wording.publisher == "Riverside"


async def test_the_next_prompt_of_a_series_by_hand_asks_too(world: World, unknown: Source) -> None:
    await series_of(world)
    (series,) = await world.store.series.of_guild(world.guild.id)

    refused = await world.facilitator.slash(world.prompts, "prompt post", series=str(series.id))

    assert DETAILS_FIRST in shown(refused)
    assert await posted(world) == []


async def test_a_running_series_leaves_out_an_excerpt_that_was_added_and_tells_facilitators(
    world: World, unknown: Source
) -> None:
    await library(world, "Card 1: leaders exist at all levels.")
    await series_of(world, source="our staff")
    await world.facilitator.slash(world.prompts, "series start")
    excerpt = await first_excerpt(world, unknown)

    added = await world.facilitator.slash(world.prompts, "series add", excerpt=excerpt, place=1)
    await at_nine(world)

    assert DETAILS_LATER in shown(added)
    (prompt,) = await posted(world)
    assert prompt.wording.source_title == "Our staff report"
    assert any("too little is known of the report" in text for text in world.texts(world.office))


async def test_a_report_that_says_enough_is_not_asked_about(world: World) -> None:
    (first,) = await library(world, "Card 1: leaders exist at all levels.")

    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")

    assert len(await posted(world)) == 1
