"""Scenes for the tests of prompts: a small library, and a series made as a facilitator makes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import Prompt, Series
from cogs.prompts.series_card import DATES, NEW_SERIES, START
from tests.posted_prompts import posted_prompts
from tests.world import World

QUESTION = "What would help you most this week?"
DETAILS = SourceDetails("Our staff report", "Riverside", 2025, "https://example.org/report", "our summary")
HOUR = timedelta(hours=1).total_seconds()
DAY = 24 * HOUR
WEEK = 7 * DAY


async def library(world: World, *texts: str, question: str = QUESTION, own_words: bool = True) -> list[int]:
    """Load a source with these passages; returns the excerpts' ids."""
    texts = texts or tuple(f"Card {n}: leaders exist at all levels." for n in (1, 2, 3))
    passages = tuple(Passage(text, question=question, own_words=own_words) for text in texts)
    document = Document(DETAILS, passages, f"{hash(texts):x}".rjust(64, "0")[:64], "text")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    return [excerpt.id for excerpt in await world.store.library.excerpts(world.guild.id, source.id)]


async def open_new_series(world: World) -> Any:
    """Open the form of a new series of our staff report."""
    return await choose_report(world, await ask_report(world))


async def ask_report(world: World) -> Any:
    """Begin a new series: it is asked which report it is made of."""
    card = await world.facilitator.slash(world.prompts, "series")
    return await world.facilitator.click(card.response, label=NEW_SERIES)


async def choose_report(world: World, asked: Any) -> Any:
    """Choose our staff report, which opens the form."""
    sources = await world.store.library.sources(world.guild.id)
    source = next(one for one in sources if one.details.title == DETAILS.title)
    return await world.facilitator.select(asked.response, [str(source.id)])


async def new_series(world: World, **filled: Any) -> Any:
    """Make a series of our staff report on Thursdays at 09:00, by the form of /series; returns what is answered."""
    settings = await world.store.settings.of(world.guild.id)
    channel = world.forum if settings.prompts_channel_id == world.forum.id else world.prompts
    given = {"title": DETAILS.title, "weekday": ["3"], "time": "09:00", "excerpts": "", "channel": [channel]}
    return await world.facilitator.submit_modal(await open_new_series(world), given | filled)


async def make_series(world: World, *, dates: dict[str, str] | None = None, **filled: Any) -> Series:
    """Make and start a series on Thursdays at 09:00; the simulated clock starts on Thursday, 1 January 2026.

    ``dates`` are what the form of dates and people says before the start.
    """
    made = await new_series(world, **filled)
    if dates:
        form = await world.facilitator.click(made.response, label=DATES)
        made = await world.facilitator.submit_modal(
            form, {"first_date": "1 January 2026", "leave_out": "", "invited": ""} | dates
        )
    await world.facilitator.click(made.response, label=START)
    return (await world.store.series.of_guild(world.guild.id))[0]


async def at_nine(world: World) -> None:
    """Move from midnight to a minute past the first slot."""
    await world.env.advance_time(timedelta(hours=9, minutes=1).total_seconds())


async def posted(world: World) -> list[Prompt]:
    """Every posted prompt, the oldest first."""
    return sorted(await posted_prompts(world.store), key=lambda prompt: prompt.id)


def cards(world: World, channel: Any = None) -> list[Any]:
    """The messages of a channel that are cards of prompts."""
    return [
        m for m in (channel or world.prompts).history() if m.components and "more:" in str(m.components[0].to_dict())
    ]
