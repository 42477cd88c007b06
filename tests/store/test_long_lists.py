"""Lists of ids longer than what SQLite takes in one statement are cut."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.models.reports import NewReport, ReportKind
from bot.models.views import NewStatement
from bot.store import Store, repository
from tests.store.samples import GUILD, NOW, arrival, new_series, open_prompt

MANY = tuple(range(1, 40_001))
"""SQLite takes 32,766 values."""


async def test_reports_and_notes_about_many_prompts(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.retention.note_told(MANY, NOW)
    assert (await store.prompts.get(GUILD, prompt.id)).retention_told_at == NOW
    await store.retention.note_told(MANY, None)
    await store.reports.add(NewReport(GUILD, "a key", "Words.", kind=ReportKind.RETENTION, prompt_ids=MANY), NOW)
    (report,) = await store.reports.waiting(GUILD)
    later = NOW + timedelta(days=1)
    await store.reports.note_told(report, later)

    assert (await store.prompts.get(GUILD, prompt.id)).retention_told_at == later


async def test_questions_about_many_prompts_and_excerpts(store: Store) -> None:
    series = await new_series(store)
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])
    (reply,) = await store.replies.of_prompt(prompt.id)
    await store.replies.withdraw(reply)

    assert await store.replies.taken_back(MANY) == 1
    assert [each.id for each in await store.library.excerpts_of(GUILD, MANY)] == list(series.waiting_ids)
    assert await store.checks.released(GUILD, MANY) == ()
    assert await store.settings.erase_left(NOW + timedelta(days=9), present=MANY) == 0


async def test_prompts_that_are_read_in_several_pages_are_all_there_and_in_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "PAGE", 3)
    for count in range(1, 8):
        await open_prompt(store, message_id=700 + count, thread_id=700 + count)

        assert [prompt.id async for prompt, _ in store.prompts.iterate_watched()] == list(range(1, count + 1))


@pytest.mark.parametrize("others", [MANY])
async def test_a_statement_that_many_replies_say(store: Store, others: tuple[int, ...]) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])

    offer = await store.statements.offer(prompt, [NewStatement("We need more time.", 1, others)], NOW)

    assert offer is not None
