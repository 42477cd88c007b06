"""Suggestions are sealed, answered once, and erased with their author."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import UserError
from bot.models.library import Document, Passage, SourceDetails
from bot.models.suggestions import Suggestion, SuggestionState
from bot.services.erasure import erase_everything
from bot.services.subject_access import gather_person_data
from bot.store import Store
from bot.store.suggestions import ANSWERED, BY_STAFF
from tests.store.samples import GUILD, NOW

AUTHOR, FIRST, SECOND = 11, 21, 22


async def suggest(store: Store, passage: str = "Leaders exist at all levels.", question: str = "") -> Suggestion:
    await store.settings.join([GUILD])
    return await store.suggestions.add(
        GUILD, AUTHOR, passage=passage, source="A report, page 3", question=question, now=NOW
    )


async def test_what_is_suggested_waits_and_is_found_by_its_author(store: Store) -> None:
    made = await suggest(store, question="What helps?")
    assert (made.passage, made.source, made.question) == (
        "Leaders exist at all levels.",
        "A report, page 3",
        "What helps?",
    )
    assert await store.suggestions.waiting(GUILD) == (made,)
    assert await store.suggestions.waiting(GUILD + 1) == ()
    assert (await gather_person_data(store, GUILD, AUTHOR)).suggestions == (made,)
    assert "Leaders" not in repr(made)
    with pytest.raises(UserError):
        await store.suggestions.get(GUILD + 1, made.id)


async def test_two_who_answer_at_once_decide_once(store: Store) -> None:
    made = await suggest(store)
    answers = await asyncio.gather(
        store.suggestions.make_excerpt(made, Passage("Changed words."), FIRST, NOW),
        store.suggestions.decline(made, "Not now.", SECOND, NOW),
        store.suggestions.make_excerpt(made, Passage("Other words."), SECOND, NOW),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, UserError)]
    assert [str(error) for error in refused] == [ANSWERED] * 2
    sources = await store.library.sources(GUILD)
    kept = await store.suggestions.get(GUILD, made.id)
    assert sum(source.excerpts for source in sources) == (kept.state is SuggestionState.APPROVED)
    assert len(await store.audit_log.of_guild(GUILD)) == 1


async def test_excerpts_of_staff_share_one_source(store: Store) -> None:
    for words in ("First.", "Second."):
        decided = await store.suggestions.make_excerpt(await suggest(store), Passage(words), FIRST, NOW)
        assert decided.excerpt_id is not None
    (source,) = await store.library.sources(GUILD)
    assert (source.details.title, source.excerpts) == (BY_STAFF, 2)
    assert [one.position for one in await store.library.excerpts(GUILD)] == [1, 2]


async def test_a_question_goes_to_an_excerpt_that_has_none(store: Store) -> None:
    document = Document(SourceDetails("A report"), (Passage("One."), Passage("Two.", question="Old?")), "d", "text")
    await store.settings.join([GUILD])
    await store.library.add_source(GUILD, document)
    free, taken = await store.library.excerpts(GUILD)
    made = await suggest(store, passage="", question="New?")
    for excerpt_id in (taken.id, 999):
        with pytest.raises(UserError):
            await store.suggestions.add_question(made, excerpt_id, "New?", FIRST, NOW)
    assert await store.suggestions.waiting(GUILD) == (made,)
    await store.suggestions.add_question(made, free.id, "New?", FIRST, NOW)
    assert [one.question for one in await store.library.excerpts(GUILD)] == ["New?", "Old?"]


async def test_who_stopped_is_refused_and_who_erases_takes_suggestions_along(store: Store) -> None:
    made = await suggest(store)
    declined = await store.suggestions.decline(made, "We had it.", FIRST, NOW)
    assert (declined.state, declined.answer, declined.decided_at) == (SuggestionState.DECLINED, "We had it.", NOW)
    await erase_everything(store, GUILD, AUTHOR)
    assert (await gather_person_data(store, GUILD, AUTHOR)).is_empty
    with pytest.raises(UserError):
        await store.suggestions.get(GUILD, made.id)
    await store.people.stop(GUILD, AUTHOR, NOW)
    with pytest.raises(UserError, match="“Start again” in /my"):
        await suggest(store)
