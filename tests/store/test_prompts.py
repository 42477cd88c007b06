"""A prompt is claimed once, whoever else tries, and every step can be repeated."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import UserError
from bot.models.prompts import NewPrompt, Prompt, PromptState
from bot.models.reports import NewReport, ReportKind
from bot.store import Store
from bot.store.replies.gone_threads import format_gone_key
from tests.store.samples import CHANNEL, GUILD, NOW, WORDING, arrival, new_series, open_prompt


async def test_two_claims_of_a_slot_give_one_prompt(store: Store) -> None:
    series = await new_series(store)
    claims = [NewPrompt(GUILD, CHANNEL, WORDING, NOW, excerpt, series.id, NOW) for excerpt in series.excerpt_ids[:2]]

    made = await asyncio.gather(*(store.prompts.claim(claim, NOW) for claim in claims))

    assert [prompt is not None for prompt in made].count(True) == 1


async def test_two_claims_of_an_excerpt_in_a_channel_give_one_prompt_until_it_is_closed(store: Store) -> None:
    series = await new_series(store)
    new = NewPrompt(GUILD, CHANNEL, WORDING, NOW, series.excerpt_ids[0])

    made = await asyncio.gather(*(store.prompts.claim(new, NOW) for _ in range(5)))
    first = next(prompt for prompt in made if prompt is not None)
    await store.prompts.confirm(first, message_id=1, thread_id=1, now=NOW)
    await store.prompts.close(first, NOW)

    assert sum(prompt is not None for prompt in made) == 1
    assert await store.prompts.claim(new, NOW) is not None


async def test_a_failed_claim_leaves_the_excerpt_free(store: Store) -> None:
    series = await new_series(store)
    new = NewPrompt(GUILD, CHANNEL, WORDING, NOW, series.excerpt_ids[0], series.id, NOW)
    claimed = await store.prompts.claim(new, NOW)
    assert claimed is not None

    await store.prompts.fail(claimed)

    assert (await store.series.get(GUILD, series.id)).waiting_ids == series.excerpt_ids
    assert await store.prompts.open_for(series.excerpt_ids[0], CHANNEL) is None


async def test_a_thread_that_comes_after_the_closing_does_not_open_the_prompt_again(store: Store) -> None:
    prompt = await open_prompt(store)
    closed = await store.prompts.close(prompt, NOW)

    after = await store.prompts.confirm(closed, message_id=700, thread_id=701, now=NOW)

    assert after.state is PromptState.CLOSED
    assert after.thread_id == 701


async def test_confirming_and_closing_twice_keep_the_first_times(store: Store) -> None:
    prompt = await open_prompt(store)
    later = NOW + timedelta(days=1)

    again = await store.prompts.confirm(prompt, message_id=700, thread_id=700, now=later)
    closed = await store.prompts.close(await store.prompts.close(prompt, NOW), later)

    assert again.posted_at == NOW
    assert closed.closed_at == NOW
    assert closed.state is PromptState.CLOSED


async def test_claiming_a_slot_counts_it_as_dealt_with(store: Store) -> None:
    series = await new_series(store)
    slot = NOW + timedelta(days=7)

    await store.prompts.claim(NewPrompt(GUILD, CHANNEL, WORDING, NOW, series.excerpt_ids[0], series.id, slot), NOW)

    after = await store.series.get(GUILD, series.id)
    assert after.slots_after == slot
    assert after.waiting_ids == series.excerpt_ids[1:]


async def test_what_was_cut_short_is_found_again(store: Store) -> None:
    series = await new_series(store)
    new = NewPrompt(GUILD, CHANNEL, WORDING, NOW, series.excerpt_ids[0])
    claimed = await store.prompts.claim(new, NOW)
    assert claimed is not None

    states = [len(await store.prompts.unfinished())]
    prompt = await store.prompts.confirm(claimed, message_id=1, thread_id=None, now=NOW)
    states.append(len(await store.prompts.unfinished()))
    prompt = await store.prompts.confirm(prompt, message_id=1, thread_id=1, now=NOW)
    states.append(len(await store.prompts.unfinished()))
    prompt = await store.prompts.note_notice(prompt, 2)
    states.append(len(await store.prompts.unfinished()))
    prompt = await store.prompts.close(prompt, NOW)
    states.append(len(await store.prompts.unfinished()))
    await store.prompts.note_closing(prompt, 3)
    states.append(len(await store.prompts.unfinished()))

    assert states == [1, 1, 1, 0, 1, 0]


async def test_another_servers_prompt_is_not_found(store: Store) -> None:
    prompt = await open_prompt(store)

    with pytest.raises(UserError, match="doesn’t exist here"):
        await store.prompts.get(GUILD + 1, prompt.id)


async def test_a_prompt_counts_people_and_replies(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, 8), arrival(prompt, 2, 8), arrival(prompt, 3, 9)])

    (counted,) = await store.prompts.of_guild(GUILD)

    assert (counted.people, counted.replies) == (2, 3)


async def gone_and_told(store: Store, told_at: datetime | None) -> Prompt:
    """A prompt whose thread is gone, with the report about it told at a moment, if at all."""
    prompt = await open_prompt(store)
    report = NewReport(prompt.guild_id, format_gone_key(prompt), "Gone.", kind=ReportKind.GONE, prompt_ids=(prompt.id,))
    prompt = await store.prompts.note_gone(prompt, NOW, report)
    if told_at is not None:
        (waiting,) = await store.reports.waiting(prompt.guild_id)
        await store.reports.note_told(waiting, told_at)
    return prompt


async def test_replies_of_a_thread_that_is_gone_are_due_for_erasing_30_days_after_the_telling(store: Store) -> None:
    prompt = await gone_and_told(store, NOW + timedelta(days=10))

    assert await store.prompts.gone(NOW + timedelta(days=10)) == ()
    assert [one.id for one in await store.prompts.gone(NOW + timedelta(days=10, seconds=1))] == [prompt.id]
    assert await store.prompts.gone_untold() == ()


async def test_replies_of_a_thread_that_is_gone_are_never_due_while_nobody_was_told(store: Store) -> None:
    prompt = await gone_and_told(store, None)
    await store.reports.forget(NOW + timedelta(days=2000))

    assert await store.prompts.gone(NOW + timedelta(days=2000)) == ()
    assert [one.id for one in await store.prompts.gone_untold()] == [prompt.id]
    assert len(await store.reports.waiting(prompt.guild_id)) == 1


async def test_kept_replies_of_a_thread_that_is_gone_are_not_due_for_erasing(store: Store) -> None:
    prompt = await gone_and_told(store, NOW)
    later = NOW + timedelta(days=30, seconds=1)

    due = await store.prompts.gone(later)
    await store.prompts.keep(prompt, "Needed for the board in May.")

    assert [one.id for one in due] == [prompt.id]
    assert await store.prompts.gone(later) == ()


async def test_a_thread_that_is_back_is_told_of_again_when_it_goes_again(store: Store) -> None:
    prompt = await gone_and_told(store, NOW)
    await store.prompts.note_back(prompt)
    assert await store.prompts.gone(NOW + timedelta(days=60)) == ()

    report = NewReport(prompt.guild_id, format_gone_key(prompt), "Gone.", kind=ReportKind.GONE, prompt_ids=(prompt.id,))
    await store.prompts.note_gone(prompt, NOW + timedelta(days=5), report)

    assert len(await store.reports.waiting(prompt.guild_id)) == 1
    assert [one.id for one in await store.prompts.gone_untold()] == [prompt.id]


async def test_the_wording_stays_as_it_was_posted_when_the_library_changes(store: Store) -> None:
    series = await new_series(store)
    wording = replace(WORDING, text="As it was posted.")
    await store.prompts.claim(NewPrompt(GUILD, CHANNEL, wording, NOW, series.excerpt_ids[0]), NOW)

    await store.library.remove_excerpt(GUILD, series.excerpt_ids[0])

    (prompt,) = await store.prompts.unfinished()
    assert prompt.wording == wording
    assert prompt.excerpt_id is None
