"""Ask the organisation's language model for questions to a passage, if its server switched it on. Stores nothing."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from bot.errors import ModelError, UserError
from bot.library.drafted_questions import DraftQuestions, prepare_drafting, prove_questions
from bot.library.questions import suggest_questions
from bot.models.language_model import LanguageModel
from bot.models.library import Excerpt
from bot.replies.redaction.word_list import KnownWords
from bot.services.model_consent import may_draft_questions
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.store import Store
from bot.summaries.language_model.answers import read_object
from bot.summaries.language_model.names import remove_full_names

log = logging.getLogger(__name__)

SECONDS = 120
"""For one answer, and for the calls that it waits behind: a facilitator sits in front of it."""
NOT_ON = "The language model isn’t switched on here. Choose a question, or write your own."
STAFF_WORDS = "Staff wrote these words, so they don’t go to the language model. Choose a question, or write your own."
TOO_SLOW = "The language model didn’t answer in two minutes. It may be busy with a summary. Try again later."


async def draft_questions(
    store: Store,
    language_model: LanguageModel | None,
    guild_id: int,
    excerpt: Excerpt,
    known: KnownWords,
    *,
    seconds: float = SECONDS,
) -> DraftQuestions:
    """Ask for three questions to an excerpt, and return those that may be shown.

    The passage and its heading go out, without identifiers and without what is ``known`` of the server. Raises
    UserError where they may not go out, and ModelError where no answer comes.
    """
    if language_model is None or not await may_draft_questions(store, language_model, guild_id, excerpt):
        raise UserError(NOT_ON)
    passage = excerpt.passage
    try:
        await refuse_borrowed_words(store, guild_id, passage.text, passage.heading)
    except UserError:
        raise UserError(STAFF_WORDS) from None
    clean = partial(remove_full_names, names=tuple(known.names), own_words=known.listed)
    sent = prepare_drafting(passage.heading, passage.text, clean)
    try:
        async with asyncio.timeout(seconds):
            answer = await language_model.ask(sent.request)
    except TimeoutError:
        raise ModelError(TOO_SLOW) from None
    taken = (*suggest_questions(passage.text), passage.question)
    drafts = prove_questions(read_object(answer), sent, taken, clean)
    log.info("a language model drafted questions: %d kept, %d refused", len(drafts.questions), drafts.refused)
    return drafts
