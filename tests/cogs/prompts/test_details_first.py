"""Nothing is posted from a report without its title, publisher and year, until a facilitator was asked for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.models.library import Document, Passage, Source, SourceDetails
from bot.models.prompts import SeriesState
from bot.services.library import digest_passage
from cogs.library.cards import CHECK_DETAILS, USE
from cogs.library.cards import POST as POST_NOW
from cogs.library.details_first import DETAILS_FIRST, DETAILS_LATER
from cogs.library.origins import BACK_TO_MARKED, BACK_TO_SERIES
from cogs.prompts.from_library import BACK, POST
from cogs.prompts.series_card import PAUSE, RESUME, START
from tests.cogs.prompts.scenes import QUESTION, ask_report, at_nine, library, new_series, posted
from tests.permissions.walk import press_button
from tests.world import World, form_parts, shown

ADD = "Add the marked one"
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


async def open_card(world: World, source: Source) -> Any:
    return await world.facilitator.slash(world.prompts, "library", excerpt=await first_excerpt(world, source))


async def mark(world: World, source: Source) -> Any:
    """Mark the report's first excerpt on its card."""
    return await world.facilitator.click((await open_card(world, source)).response, label=USE)


async def series_with_unknown(world: World, source: Source, *, after: Callable[[Any], Any] | None = None) -> Any:
    """Make a series of our staff report, and add an excerpt of the unknown one; returns the card of the series."""
    await library(world, "Card 1: leaders exist at all levels.")
    made = await new_series(world)
    if after is not None:
        made = await after(made)
    await mark(world, source)
    return await world.facilitator.click((await world.facilitator.slash(world.prompts, "series")).response, label=ADD)


async def test_posting_asks_for_the_details_first_and_then_posts(world: World, unknown: Source) -> None:
    excerpt = await first_excerpt(world, unknown)

    refused = await world.facilitator.slash(world.prompts, "prompt post", excerpt=excerpt)

    assert DETAILS_FIRST in shown(refused)
    assert "The bot couldn’t find out who published it and when it came out." in shown(refused)
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

    assert "The bot couldn’t find out when it came out." in shown(again)
    assert await posted(world) == []


async def test_an_excerpt_is_posted_from_its_card_only_when_the_details_are_known(
    world: World, unknown: Source
) -> None:
    refused = await world.facilitator.click((await open_card(world, unknown)).response, label=POST_NOW)
    assert DETAILS_FIRST in shown(refused)
    assert "The bot couldn’t find out who published it and when it came out." in shown(refused)
    card = await world.facilitator.click(refused.response, label=BACK)
    refused = await world.facilitator.click(card.response, label=POST_NOW)

    await fill_in(world, refused)
    preview = await world.facilitator.click((await open_card(world, unknown)).response, label=POST_NOW)
    await world.facilitator.click(preview.response, label=POST)

    (prompt,) = await posted(world)
    assert prompt.wording.publisher == "Riverside"


async def test_the_button_of_an_old_preview_asks_too(world: World, unknown: Source) -> None:
    (excerpt, *_) = await world.store.library.excerpts(world.guild.id, unknown.id)

    refused = await press_button(
        world, world.facilitator, world.prompts, f"prompt-now:{excerpt.id}:{digest_passage(excerpt.passage)}"
    )

    assert DETAILS_FIRST in shown(refused)
    assert await posted(world) == []


async def test_marking_an_excerpt_asks_for_what_its_report_lacks(world: World, unknown: Source) -> None:
    assert CHECK_DETAILS not in shown(await open_card(world, unknown))

    marked = await mark(world, unknown)

    assert "This report needs details first. The bot couldn’t find out who published it and when it came out." in shown(
        marked
    )
    assert len(await world.store.excerpt_marks.of_guild(world.guild.id)) == 1

    await fill_in(world, marked)
    assert "needs details" not in shown(await open_card(world, unknown))


async def test_a_series_of_the_marked_is_made_only_when_the_details_are_known(world: World, unknown: Source) -> None:
    await mark(world, unknown)
    contents = await world.facilitator.slash(world.prompts, "library", report=f"id:{unknown.id}")

    refused = await world.facilitator.click(contents.response, label="Make a series from the marked one")

    assert DETAILS_FIRST in shown(refused)
    assert len(await world.store.excerpt_marks.of_guild(world.guild.id)) == 1
    back = await world.facilitator.click(refused.response, label=BACK_TO_MARKED)
    refused = await world.facilitator.click(back.response, label="Make a series from the marked one")

    await fill_in(world, refused)
    contents = await world.facilitator.slash(world.prompts, "library", report=f"id:{unknown.id}")
    form = await world.facilitator.click(contents.response, label="Make a series from the marked one")
    assert form_parts(form)["title"]["value"] == "Rest and rotas"


async def test_a_series_of_a_report_is_made_only_when_the_details_are_known(world: World, unknown: Source) -> None:
    refused = await world.facilitator.select((await ask_report(world)).response, [str(unknown.id)])
    assert DETAILS_FIRST in shown(refused)

    await fill_in(world, refused)
    form = await world.facilitator.select((await ask_report(world)).response, [str(unknown.id)])
    assert form_parts(form)["title"]["value"] == "Rest and rotas"


async def test_a_series_starts_only_when_the_details_are_known(world: World, unknown: Source) -> None:
    added = await series_with_unknown(world, unknown)
    assert "The bot couldn’t find out who published it and when it came out." in shown(added)
    card = await world.facilitator.slash(world.prompts, "series")
    assert CHECK_DETAILS in shown(card)

    refused = await world.facilitator.click(card.response, label=START)

    assert DETAILS_FIRST in shown(refused)
    (series,) = await world.store.series.of_guild(world.guild.id)
    assert series.state is SeriesState.NEW
    back = await world.facilitator.click(refused.response, label=BACK_TO_SERIES)
    assert "Not started." in shown(back)

    await fill_in(world, await world.facilitator.click(back.response, label=START))
    started = await world.facilitator.click(
        (await world.facilitator.slash(world.prompts, "series")).response, label=START
    )
    assert "Running." in shown(started)
    assert CHECK_DETAILS not in shown(started)


async def test_a_series_goes_on_after_a_pause_only_when_the_details_are_known(world: World, unknown: Source) -> None:
    async def pause(made: Any) -> Any:
        started = await world.facilitator.click(made.response, label=START)
        return await world.facilitator.click(started.response, label=PAUSE)

    await series_with_unknown(world, unknown, after=pause)
    card = await world.facilitator.slash(world.prompts, "series")
    refused = await world.facilitator.click(card.response, label=RESUME)

    assert DETAILS_FIRST in shown(refused)
    (series,) = await world.store.series.of_guild(world.guild.id)
    assert series.state is SeriesState.PAUSED

    await fill_in(world, refused)
    card = await world.facilitator.slash(world.prompts, "series")
    assert "Running." in shown(await world.facilitator.click(card.response, label=RESUME))


async def test_the_next_prompt_of_a_series_by_hand_asks_too(world: World, unknown: Source) -> None:
    await series_with_unknown(world, unknown)
    (series,) = await world.store.series.of_guild(world.guild.id)
    excerpt = await first_excerpt(world, unknown)

    refused = await world.facilitator.slash(world.prompts, "prompt post", series=str(series.id), excerpt=excerpt)

    assert DETAILS_FIRST in shown(refused)
    assert await posted(world) == []


async def test_a_running_series_leaves_out_an_excerpt_that_was_added_and_tells_facilitators(
    world: World, unknown: Source
) -> None:
    async def start(made: Any) -> Any:
        return await world.facilitator.click(made.response, label=START)

    added = await series_with_unknown(world, unknown, after=start)
    assert DETAILS_LATER in shown(added)
    assert CHECK_DETAILS in shown(added)
    (series,) = await world.store.series.of_guild(world.guild.id)
    await world.store.series.order(series, series.excerpt_ids[::-1])

    await at_nine(world)

    (prompt,) = await posted(world)
    assert prompt.wording.source_title == "Our staff report"
    told = [text for text in world.texts(world.office) if "we know too little about the report" in text]
    assert told
    assert all("Open the report in /library, fill in “Check details”" in text for text in told)


async def test_a_report_that_says_enough_is_not_asked_about(world: World) -> None:
    (first,) = await library(world, "Card 1: leaders exist at all levels.")

    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")

    assert len(await posted(world)) == 1
