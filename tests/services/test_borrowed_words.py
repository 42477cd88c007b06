"""Words of staff are refused wherever they are typed; words of unreleased private replies are never looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.models.library import Passage
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.models.prompts import Prompt
from bot.replies.redaction.word_list import NO_WORDS
from bot.services.decisions import change_outcome, give_outcome
from bot.services.library import change_excerpt, digest_passage
from bot.services.prompts import keep_replies
from bot.services.replies.borrowed_words import BORROWED, refuse_borrowed_words
from bot.services.suggestions import decline_suggestion
from bot.store import Store
from tests.store.samples import GUILD, NOW, arrival, document
from tests.store.senders import prompt_in, released, send

SAID = "Nobody on nights has ever met the manager who signs our rota."
PRIVATE = "I was told in March not to speak of the rota any more."
LATER = NOW + timedelta(hours=1)


async def asked(store: Store) -> Prompt:
    prompt = await prompt_in(store, 1)
    await store.replies.apply([arrival(prompt, 801, 1, SAID)])
    return prompt


async def test_an_outcome_is_given_and_changed_in_other_words(store: Store) -> None:
    prompt = await asked(store)
    refs = [PointRef(prompt.id, "1")]
    for decided in (
        Decision(OutcomeState.DONE, f"Staff said: {SAID}"),
        Decision(OutcomeState.NOT_POSSIBLE, "A visit each night.", reason=SAID),
    ):
        with pytest.raises(UserError, match=BORROWED):
            await give_outcome(store, GUILD, refs, decided, channels=(), user_id=5, now=NOW)
    assert await store.outcomes.of_guild(GUILD) == ()
    other = Decision(OutcomeState.DONE, "Managers visit at night.")
    kept = await give_outcome(store, GUILD, refs, other, channels=(), user_id=5, now=NOW)
    with pytest.raises(UserError, match=BORROWED):
        await change_outcome(
            store, GUILD, kept.id, state=None, what=SAID.upper(), reason=None, owner=None, due=None, user_id=5, now=NOW
        )


async def test_a_question_a_reason_to_keep_and_a_refusal_are_in_other_words(store: Store) -> None:
    prompt = await asked(store)
    source, _ = await store.library.add_source(GUILD, document())
    (excerpt, *_) = await store.library.excerpts(GUILD, source.id)

    def ask(passage: Passage) -> Passage:
        return Passage(passage.text, question=f"What follows from “{SAID}”?")

    with pytest.raises(UserError, match=BORROWED):
        await change_excerpt(store, GUILD, excerpt.id, digest_passage(excerpt.passage), ask)
    gone = await store.prompts.note_gone(prompt, NOW)
    with pytest.raises(UserError, match=BORROWED):
        await keep_replies(store, gone, SAID, user_id=5, own_words=NO_WORDS, now=NOW)
    words = "Leaders ask those who work for them each day."
    suggested = await store.suggestions.add(GUILD, 9, passage=words, source="A report", question="", now=NOW)
    for reason in (SAID, f"We cannot use “{words}”."):
        with pytest.raises(UserError, match=BORROWED):
            await decline_suggestion(store, suggested, reason, NO_WORDS, user_id=5, now=NOW)


async def test_private_replies_cannot_be_probed_for_and_count_once_they_are_released(store: Store) -> None:
    prompt = await asked(store)
    await send(store, prompt, 7, PRIVATE)
    await refuse_borrowed_words(store, GUILD, PRIVATE, prompt_ids=(prompt.id,))
    await released(store, prompt, ())
    with pytest.raises(UserError, match=BORROWED):
        await refuse_borrowed_words(store, GUILD, PRIVATE, prompt_ids=(prompt.id,))


async def test_words_of_the_question_and_of_other_servers_are_anybodys(store: Store) -> None:
    prompt = await asked(store)
    question = f"{prompt.wording.question} {prompt.wording.text} And what would you do about it today?"
    await store.replies.apply([arrival(prompt, 802, 2, question)])
    await refuse_borrowed_words(store, GUILD, f"{prompt.wording.text}", prompt_ids=(prompt.id,))
    await refuse_borrowed_words(store, GUILD + 1, SAID)
