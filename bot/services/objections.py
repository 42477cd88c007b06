"""Answers to "That’s not what I meant": settled in a facilitator's own words."""

from __future__ import annotations

from datetime import datetime

from bot.models.reviews import Objection
from bot.services.borrowed_words import refuse_borrowed_words
from bot.store import Store


async def settle_objection(store: Store, guild_id: int, objection_id: int, how: str, now: datetime) -> Objection:
    """Note what was done about an answer. Raises UserError if there is none, or the words are somebody else's."""
    objection = await store.objections.get(guild_id, objection_id)
    prompt_id = await store.objections.prompt_of(objection)
    prompt_ids = None if prompt_id is None else (prompt_id,)
    await refuse_borrowed_words(store, guild_id, how, prompt_ids=prompt_ids, also=(objection.text,))
    return await store.objections.settle(guild_id, objection_id, how, now)
