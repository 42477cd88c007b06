"""Suggestions of staff: kept without identifiers or a name, declined with a reason, and found by a card's name."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from bot.errors import UserError
from bot.models.library import Excerpt
from bot.models.suggestions import Suggestion
from bot.prompts.texts import LIMITS
from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.word_list import KnownWords
from bot.replies.sanitise import sanitise
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.store import Store
from bot.store.suggestions import NO_SUGGESTION
from bot.text.clean import clean_line

LONGEST = {"passage": 1_000, "source": LIMITS["place"][1], "question": LIMITS["question"][1]}
"""Characters; escaped, they may become twice as many, and a card has to hold them."""
EMPTY = "Please write a passage or a question. Nothing was saved."
NO_SOURCE = "Please say where the passage is from. Nothing was saved."
TOO_LONG = "With the marks for what we removed, your words are too long. Please shorten them. Nothing was saved."
NO_REASON = "Please say why. The author sees your words."
NOT_ONE = "No excerpt has these words, or more than one does. Type words that only one excerpt has."


async def keep_suggestion(
    store: Store, guild_id: int, user_id: int, parts: Mapping[str, str], own_words: KnownWords, now: datetime
) -> tuple[Suggestion, Mapping[Identifier, int]]:
    """Keep a suggestion without the identifiers in it, which are counted. Raises UserError if it is refused.

    ``parts`` are its words by the names of LONGEST; ``own_words`` are the server's, which are taken out too.
    """
    kept, removed = {}, Counter[Identifier]()
    for name, words in parts.items():
        stored = await asyncio.to_thread(sanitise, words, own_words)
        kept[name] = stored.text
        removed.update(stored.removed)
    if not kept["passage"] and not kept["question"]:
        raise UserError(EMPTY)
    if kept["passage"] and not kept["source"]:
        raise UserError(NO_SOURCE)
    if any(len(words) > LONGEST[name] for name, words in kept.items()):
        raise UserError(TOO_LONG)
    suggestion = await store.suggestions.add(
        guild_id, user_id, passage=kept["passage"], source=kept["source"], question=kept["question"], now=now
    )
    return suggestion, removed


async def find_suggestion(store: Store, guild_id: int, number: int, name: str) -> Suggestion:
    """Find the suggestion that a card or a form names. Raises UserError if it is another, or none."""
    suggestion = await store.suggestions.get(guild_id, number)
    if suggestion.name != name:  # the one that was meant was erased, and its number given again
        raise UserError(NO_SUGGESTION)
    return suggestion


async def decline_suggestion(
    store: Store, suggestion: Suggestion, words: str, own_words: KnownWords, *, user_id: int, now: datetime
) -> Suggestion:
    """Decline a suggestion, with a reason that its author sees. Raises UserError without any."""
    reason = sanitise(words, own_words).text
    if not clean_line(reason):
        raise UserError(NO_REASON)
    also = suggestion.passage, suggestion.question
    await refuse_borrowed_words(store, suggestion.guild_id, reason, also=also)
    return await store.suggestions.decline(suggestion, reason, user_id, now)


async def find_excerpt(store: Store, guild_id: int, words: str) -> Excerpt:
    """Find the one excerpt that holds some words. Raises UserError if there is none, or more than one."""
    excerpts = await store.library.find(guild_id, words, limit=2) if clean_line(words) else ()
    if len(excerpts) != 1:
        raise UserError(NOT_ONE)
    return excerpts[0]
