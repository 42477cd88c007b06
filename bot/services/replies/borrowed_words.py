"""Refuse words of staff in what facilitators and organisers type: there, consent and erasing would not reach them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from bot.errors import UserError
from bot.replies.borrowed_words import RUN, borrows_words
from bot.store import Store

BORROWED = "These are someone’s own words. Please use yours."
"""The same whatever that person chose, so that it tells nothing of them."""
MOST_PROMPTS = 50
"""The newest prompts of a server, whose replies are looked at where a text belongs to no prompt."""


async def refuse_borrowed_words(
    store: Store,
    guild_id: int,
    *texts: str | None,
    prompt_ids: Collection[int] | None = None,
    also: Collection[str] = (),
) -> None:
    """Raise UserError where a text holds a run of words of a reply to some prompts, or of a released private reply.

    Without ``prompt_ids``, the newest prompts of the server; ``also`` are further words of staff. Words of the prompts
    themselves are anybody's. Private replies that are not released are never looked at: else somebody could try what
    they say.
    """
    typed = [text for text in texts if text and len(text.split()) >= RUN]
    if not typed:
        return
    if any(borrows_words(text, also) for text in typed):
        raise UserError(BORROWED)
    posted = [counted.prompt for counted in await store.prompts.of_guild(guild_id)]
    wanted = posted[-MOST_PROMPTS:] if prompt_ids is None else [prompt for prompt in posted if prompt.id in prompt_ids]
    for prompt in reversed(wanted):
        said = [reply.text for reply in await store.replies.of_prompt(prompt.id)]
        said += await store.private.released_words(prompt.id)
        known = (prompt.wording.text, prompt.wording.question, prompt.wording.source_title, prompt.wording.heading)
        for text in typed:
            if await asyncio.to_thread(borrows_words, text, said, known):
                raise UserError(BORROWED)
