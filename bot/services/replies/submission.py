"""Replies by the form: where they may go, kept and reworded without identifiers, for their author alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.replies import Arrival, Reply, ReplyKind
from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.word_list import KnownWords
from bot.replies.sanitise import sanitise
from bot.store import Store

NO_THREAD = "This question’s thread was deleted, so you can’t reply to it."
OVER = "This question is over. Its replies have been erased, and we don’t collect new ones."
NOT_YET = "This question’s thread isn’t open yet. Please try again in a minute."


async def find_prompt_to_answer(store: Store, guild_id: int, claim: str) -> Prompt:
    """Find the prompt of this server that a button names. Raises UserError if it takes no reply by the form."""
    prompt = await store.prompts.by_claim(claim)
    if prompt is None or prompt.guild_id != guild_id or prompt.gone_at is not None:
        raise UserError(NO_THREAD)
    if prompt.frozen_at is not None:
        raise UserError(OVER)
    if prompt.thread_id is None:
        raise UserError(NOT_YET)
    return prompt


async def keep_form_reply(
    store: Store,
    prompt: Prompt,
    reply_id: int,
    *,
    author_id: int,
    name: str,
    words: str,
    own_words: KnownWords,
    now: datetime,
) -> tuple[Reply | None, Mapping[Identifier, int]]:
    """Keep a reply by the form without identifiers, which are counted; None if it is stored already.

    ``name`` is what the thread shows it under. ``own_words`` are the server's, which are taken out too.
    """
    stored = await asyncio.to_thread(sanitise, words, own_words)
    arrival = Arrival(
        id=reply_id,
        guild_id=prompt.guild_id,
        prompt_id=prompt.id,
        author_id=author_id,
        text=stored.text,
        created_at=now,
        kind=ReplyKind.FORM,
    )
    return await store.replies.add_form(arrival, name), stored.removed


async def reword_reply(
    store: Store, reply: Reply, words: str, own_words: KnownWords, now: datetime
) -> tuple[Reply, Mapping[Identifier, int]]:
    """Replace the words of a reply, without identifiers, which are counted."""
    stored = await asyncio.to_thread(sanitise, words, own_words)
    return await store.replies.reword(reply, stored.text, now), stored.removed
