"""The prompts of a database that the bot watches, whole: it keeps only their ids and states itself."""

from __future__ import annotations

from bot.models.prompts import Prompt
from bot.store import Store


async def posted_prompts(store: Store) -> tuple[Prompt, ...]:
    """Return them in the order in which the bot watches them."""
    watched = [prompt async for prompt, _ in store.prompts.iterate_watched()]
    return tuple([await store.prompts.get(prompt.guild_id, prompt.id) for prompt in watched])
