"""Steps from the library to a series."""

from __future__ import annotations

from typing import Any

from bot.models.library import Excerpt
from cogs.library.cards import USE
from tests.cogs.prompts.scenes import library
from tests.world import World


async def open_card(world: World, excerpt_id: int) -> Any:
    return await world.facilitator.slash(world.prompts, "library", excerpt=f"id:{excerpt_id}")


async def stored(world: World, excerpt_id: int) -> Excerpt:
    return await world.store.library.excerpt(world.guild.id, excerpt_id)


async def mark(world: World, *excerpt_ids: int) -> Any:
    """Mark excerpts on their cards; returns the report's contents."""
    for excerpt_id in excerpt_ids:
        await world.facilitator.click((await open_card(world, excerpt_id)).response, label=USE)
    source = (await stored(world, excerpt_ids[0])).source_id
    return await world.facilitator.slash(world.prompts, "library", report=f"id:{source}")


def filled(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "title": "Picked",
        "weekday": ["3"],
        "time": "09:00",
        "first_date": "",
        "channel": [world.prompts],
    } | changed


async def new_series_of(world: World) -> Any:
    """Mark all three excerpts of a report and make a series of them; returns its card."""
    contents = await mark(world, *(await library(world)))
    form = await world.facilitator.click(contents.response, label="Make a series from the 3 marked")
    return await world.facilitator.submit_modal(form, filled(world))
