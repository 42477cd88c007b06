"""What facilitators do with the library's cards, step by step."""

from __future__ import annotations

from typing import Any

import discord

from bot.models.library import Excerpt, Source
from cogs.library.cards import SEARCH
from tests.permissions.walk import press_button
from tests.world import World

MANAGE = discord.Permissions(manage_guild=True)


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


async def elsewhere(world: World) -> tuple[Any, Any]:
    """A manager of another server, and a channel there."""
    other = world.env.create_guild("Lakeside")
    manager = other.add_member(world.env.create_user("Lou"), roles=[other.create_role("M", permissions=MANAGE)])
    channel = other.create_text_channel("prompts")
    await world.env.settle()
    await world.store.settings.join([other.id])
    return manager, channel


async def search(world: World, source: Source, words: str) -> Any:
    contents = await open_report(world, source)
    form = await world.facilitator.click(contents.response, label=SEARCH)
    return await world.facilitator.submit_modal(form, {"words": words})
