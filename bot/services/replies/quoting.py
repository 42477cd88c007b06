"""Which prompts show words of somebody who has just said whether they may be quoted."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable

from bot.models.replies import Reply
from bot.services.summaries.published_summaries import read_record
from bot.store import Store
from bot.summaries.proof.check import quotes_of


async def find_quoting_prompts(store: Store, replies: Iterable[Reply]) -> frozenset[int]:
    """Return those of the prompts of a person's replies whose shared summaries or open draft quote one of them.

    One whose record cannot be read is among them, so that it is looked at.
    """
    own: defaultdict[int, set[str]] = defaultdict(set)
    for reply in replies:
        own[reply.prompt_id] |= {str(reply.id)} if reply.message_id is None else {str(reply.id), str(reply.message_id)}
    quoting = [prompt_id for prompt_id, names in own.items() if await _quotes_any(store, prompt_id, names)]
    return frozenset(quoting)


async def _quotes_any(store: Store, prompt_id: int, names: Collection[str]) -> bool:
    try:
        summaries = [(await read_record(shared)).summary for shared in await store.summaries.shared(prompt_id)]
    except ValueError:
        return True
    draft = await store.drafts.of_prompt(prompt_id)
    if draft is not None:
        summaries.append(draft.summary)

    def look() -> bool:
        return any(quote.message in names for summary in summaries for quote in quotes_of(summary))

    return await asyncio.to_thread(look) if summaries else False
