"""A report with wrong headings, and the steps to correct one."""

from __future__ import annotations

from typing import Any

import discord
from simcord.enums import InteractionType

from bot.models.library import Document, Passage, Source, SourceDetails
from cogs.library.lists import WRONG_HEADING
from tests.cogs.library.steps import excerpt_at, open_excerpt
from tests.world import World

HEADINGS = [
    "Findings > Pay",
    "Findings > Pay",
    "SAVE ENERGY",
    "SAVE ENERGY",
    "SAVE ENERGY > Hours",
    "SAVE ENERGY > Hours > They should:",
    "Findings > Rest",
    "RECOMMENDATION",
    "End",
    "RECOMMENDATION",
]


async def load(world: World, *headings: str) -> Source:
    passages = tuple(Passage(f"Excerpt {n} speaks of teams.", each, page_from=n) for n, each in enumerate(headings, 1))
    document = Document(SourceDetails("Leading badly", "The Institute", 2011), passages, "f" * 64, "pdf")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    return source


async def open_headings(world: World, source: Source, position: int, who: Any = None) -> Any:
    """Open the chapter of an excerpt, and from there its headings."""
    who = who or world.facilitator
    opened = await open_excerpt(world, await excerpt_at(world, source, position), who)
    chapter = await who.click(opened.response, label="Its chapter")
    return await who.click(chapter.response, label=WRONG_HEADING)


def options(card: Any) -> dict[str, str]:
    """The headings that a card offers, and the value of each."""
    rows = [row for row in card.response.message.components[0].children if isinstance(row, discord.ActionRow)]
    chooser = next(row.children[0] for row in rows if isinstance(row.children[0], discord.SelectMenu))
    return {each.label: each.value for each in chooser.options}


async def choose(card: Any, source: Source, words: str, who: Any) -> Any:
    """Choose a heading on the card: its form opens."""
    return await who.select(card.response, [options(card)[words]], custom_id=f"library-heading:{source.id}")


async def open_form(world: World, source: Source, position: int, words: str, who: Any = None) -> Any:
    who = who or world.facilitator
    return await choose(await open_headings(world, source, position, who), source, words, who)


async def send_again(world: World, form: Any, **values: str) -> Any:
    """Send a form with any values, and also when it was sent before."""
    parts = [{"type": 4, "custom_id": name, "value": value} for name, value in values.items()]
    components = [{"type": 18, "component": part} for part in parts]
    data = {"custom_id": form.modal["custom_id"], "components": components}
    return await world.facilitator._dispatch_interaction(InteractionType.MODAL_SUBMIT, world.prompts, data)


async def headings(world: World, source: Source) -> list[str]:
    return [each.passage.heading for each in await world.store.library.excerpts(world.guild.id, source.id)]
