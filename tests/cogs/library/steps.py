"""What facilitators do with the library's cards, step by step."""

from __future__ import annotations

from typing import Any

from bot.models.library import Excerpt, Source
from tests.permission_walk import press_button
from tests.world import World


async def excerpt_at(world: World, source: Source, position: int) -> Excerpt:
    """The excerpt with a number of the library's own."""
    stored = await world.store.library.excerpts(world.guild.id, source.id)
    return next(excerpt for excerpt in stored if excerpt.position == position)


async def open_report(world: World, source: Source, who: Any = None) -> Any:
    """Open a report's contents."""
    return await (who or world.facilitator).slash(world.prompts, "library", report=f"id:{source.id}")


async def open_excerpt(world: World, excerpt: Excerpt, who: Any = None) -> Any:
    """Open an excerpt."""
    return await (who or world.facilitator).slash(world.prompts, "library", excerpt=f"id:{excerpt.id}")


async def open_chapter(world: World, source: Source, position: int) -> Any:
    """Open the chapter that begins with an excerpt."""
    contents = await open_report(world, source)
    return await world.facilitator.select(
        contents.response, [str(position)], custom_id=f"library-chapter-open:{source.id}"
    )


async def press_as(world: World, who: Any, custom_id: str) -> Any:
    """Press a button that is made up, in the prompts channel."""
    return await press_button(world, who, world.prompts, custom_id)
