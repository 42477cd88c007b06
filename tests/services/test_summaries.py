"""Use cases of summaries over a real database and the worker, without Discord: what cogs and the command line share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.models.private import Quoting
from bot.models.replies import Erasure
from bot.services.outcomes import list_known_points, list_published_points
from bot.services.replies.readable_replies import link_replies, link_series_replies
from bot.services.statements import offer_statements
from bot.services.summaries.drafts import findings_of_draft, load_draft_words, open_draft, private_words, repair_draft
from bot.services.summaries.generation import NO_REPLIES, summarise_prompt
from bot.services.summaries.organiser_summaries import summarise_prompt_for_organiser, summarise_series_for_organiser
from bot.services.summaries.published_summaries import (
    find_newest_reviewed,
    read_recorded_reviews,
    read_reviewed_records,
)
from bot.services.summaries.verification import verify_point, verify_summaries
from bot.store import Store
from bot.worker import Worker
from bot.worker_turns import BUSY, MOST_WAITING, Turn
from tests.board.stored import ROTA, published
from tests.store.samples import GUILD, NOW, arrival, new_series
from tests.store.senders import prompt_in
from tests.world import shared_worker

LATER = NOW + timedelta(days=1)


async def test_a_summary_for_an_organiser_is_made_of_the_store_and_the_worker_alone(store: Store) -> None:
    prompt = await prompt_in(store, 1)
    with pytest.raises(UserError, match=NO_REPLIES):
        await summarise_prompt(store, shared_worker(), prompt)
    await store.replies.apply([arrival(prompt, 1000 + number, number, text) for number, text in enumerate(ROTA, 1)])

    summary = await summarise_prompt_for_organiser(store, shared_worker(), prompt, LATER)

    assert summary.found.summary.coverage.read == len(ROTA)
    assert summary.span == ""
    assert set(summary.links) == {str(reply.id) for reply in await store.replies.of_prompt(prompt.id)}
    assert sum(count for _, count in summary.days) == len(ROTA)


async def test_a_reviewed_summary_is_read_without_the_words_of_a_reply_that_was_taken_back(store: Store) -> None:
    prompt = await published(store, await new_series(store))
    first, *_ = await store.replies.of_prompt(prompt.id)
    assert first.message_id is not None
    await store.replies.apply([Erasure(prompt.id, (first.message_id,))])

    (recorded,), (repaired,) = await read_recorded_reviews(store, prompt), await read_reviewed_records(store, prompt)

    assert str(first.id) in recorded.held
    assert str(first.id) not in repaired.held
    assert first.text not in repaired.summary.text
    assert repaired.outdated == "Out of date: 1 reply was deleted."


async def test_a_summary_whose_confirmed_people_all_went_gives_no_published_points(store: Store) -> None:
    prompt = await published(store, await new_series(store))
    assert [point.ref.ref for point in await list_published_points(store, prompt)] == ["1", "2"]
    assert await list_known_points(store, prompt) == await list_published_points(store, prompt)
    messages = tuple(reply.message_id or 0 for reply in await store.replies.of_prompt(prompt.id))
    await store.replies.apply([Erasure(prompt.id, messages)])

    assert await find_newest_reviewed(store, prompt) is None
    assert await list_published_points(store, prompt) == ()
    assert await list_known_points(store, prompt) == ()


async def test_verifying_counts_again_and_names_the_point_of_a_reference(store: Store) -> None:
    prompt = await published(store, await new_series(store))
    ((shared, verdict),) = await verify_summaries(store)
    ((ref, point, again, same),) = await verify_point(store, f"P{prompt.id}-1")

    assert (shared.prompt_id, verdict.problems) == (prompt.id, ())
    assert (str(ref), again.id, same) == (f"P{prompt.id}-1", shared.id, verdict)
    assert point.people == 3


async def test_an_open_draft_follows_a_reply_that_was_taken_back(store: Store) -> None:
    prompt = await prompt_in(store, 1)
    await store.replies.apply([arrival(prompt, 1000 + number, number, text) for number, text in enumerate(ROTA, 1)])
    draft = await open_draft(store, shared_worker(), prompt, LATER)
    assert (await open_draft(store, shared_worker(), prompt, LATER)).id == draft.id
    assert set((await load_draft_words(store, draft)).links) == set(draft.held)
    assert await private_words(store, draft, Quoting.YES) == {}
    first, *_ = await store.replies.of_prompt(prompt.id)
    await store.replies.apply([Erasure(prompt.id, (first.message_id or 0,))])

    draft = await repair_draft(store, GUILD, draft.id)

    assert str(first.id) not in draft.held
    assert len((await findings_of_draft(store, draft, draft.summary)).replies) == len(ROTA) - 1


async def test_replies_are_linked_where_their_message_can_be_read(store: Store) -> None:
    series = await new_series(store)
    one, other = await published(store, series, 1), await published(store, series, 2)
    replies = [*await store.replies.of_prompt(one.id), *await store.replies.of_prompt(other.id)]
    links = link_series_replies([one, other], replies)

    assert set(links) == {str(reply.id) for reply in replies}
    assert links == link_replies(one, replies[: len(ROTA)]) | link_replies(other, replies[len(ROTA) :])
    assert all(link.startswith(f"https://discord.com/channels/{GUILD}/") for link in links.values())
    assert link_replies(one, replies[: len(ROTA)], channel_id=1) == {}
    gone = await store.prompts.note_gone(one, LATER)
    assert link_replies(gone, replies[: len(ROTA)]) == {}


@asynccontextmanager
async def busy_worker(seconds: float) -> AsyncIterator[Worker]:
    """A worker for whose one process as many jobs of the server wait as may, each of which takes so long."""
    async with Worker(processes=1) as worker:
        jobs = [worker.call_for(Turn(GUILD), time.sleep, seconds) for _ in range(1 + MOST_WAITING)]
        others = [asyncio.create_task(job) for job in jobs]
        await asyncio.sleep(0)
        yield worker
    await asyncio.gather(*others, return_exceptions=True)


async def test_while_too_much_of_a_server_waits_a_person_is_told_to_try_again_and_then_gets_the_summary(
    store: Store,
) -> None:
    prompt = await prompt_in(store, 1)
    await store.replies.apply([arrival(prompt, 1000 + number, number, text) for number, text in enumerate(ROTA, 1)])
    async with busy_worker(60) as worker:
        with pytest.raises(UserError, match=BUSY):
            await summarise_prompt_for_organiser(store, worker, prompt, LATER)
        with pytest.raises(UserError, match=BUSY):
            await summarise_series_for_organiser(store, worker, "All", [prompt], LATER)
        with pytest.raises(UserError, match=BUSY):
            await open_draft(store, worker, prompt, LATER)
        assert await store.drafts.of_prompt(prompt.id) is None
    async with Worker() as worker:
        summary = await summarise_prompt_for_organiser(store, worker, prompt, LATER)

    assert summary.found.summary.coverage.read == len(ROTA)


async def test_what_a_round_makes_is_not_lost_while_too_much_of_its_server_waits(store: Store) -> None:
    prompt = await prompt_in(store, 1)
    replies = [arrival(prompt, 1000 + number, number, text) for number, text in enumerate(ROTA * 3, 1)]
    await store.replies.apply(replies)
    async with busy_worker(0.5) as worker:
        draft = await open_draft(store, worker, prompt, LATER, waits=True)
    async with busy_worker(0.5) as worker:
        offer = await offer_statements(store, worker, prompt, LATER)

    assert len(draft.held) == len(replies)
    assert offer is not None
