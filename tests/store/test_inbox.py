"""The grouped writer commits everything in order, and waits where the database cannot be written."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models.replies import Edit, Erasure
from bot.store import Store
from bot.store.replies import inbox
from bot.store.replies.events import AppliedEvents
from bot.store.replies.inbox import Uncleared
from tests.by_hand import look
from tests.engines import Why
from tests.store.samples import NOW, arrival, open_prompt


async def test_what_is_queued_is_committed_in_order(store: Store) -> None:
    prompt = await open_prompt(store)
    store.inbox.start()

    for message_id in range(1, 501):
        store.inbox.put(arrival(prompt, message_id))
    store.inbox.put(Erasure(prompt.id, (7,)))
    await store.inbox.flush()

    assert await store.replies.count(prompt.id) == (1, 499)


async def test_closing_commits_what_is_queued(store: Store) -> None:
    prompt = await open_prompt(store)
    store.inbox.start()
    store.inbox.put(arrival(prompt, 1))

    await store.inbox.close()

    assert await store.replies.count(prompt.id) == (1, 1)


async def test_those_who_depend_on_it_hear_of_erased_replies(store: Store) -> None:
    prompt = await open_prompt(store)
    heard: list[AppliedEvents] = []

    async def listen(applied: AppliedEvents) -> None:
        heard.append(applied)

    store.inbox.on_applied = listen
    store.inbox.start()
    store.inbox.put(arrival(prompt, 1))
    store.inbox.put(Erasure(prompt.id, (1,)))
    await store.inbox.flush()
    await store.inbox.close()

    assert frozenset().union(*(applied.erased for applied in heard)) == {prompt.id}


async def test_a_listener_that_fails_does_not_end_the_collecting(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    prompt = await open_prompt(store)
    failed = asyncio.Event()

    async def fail(_: AppliedEvents) -> None:
        store.inbox.put(arrival(prompt, 2))
        store.inbox.on_applied = None
        failed.set()
        raise ValueError("words of a person")

    store.inbox.on_applied = fail
    store.inbox.start()
    store.inbox.put(arrival(prompt, 1))
    await asyncio.wait_for(failed.wait(), 5)
    await asyncio.wait_for(store.inbox.flush(), 5)
    assert await store.replies.count(prompt.id) == (1, 2)
    await store.inbox.close()

    assert await store.replies.count(prompt.id) == (1, 2)
    assert "could not be told: ValueError" in caplog.text
    assert "words of" not in caplog.text


async def test_words_that_are_cleared_in_a_thread_keep_their_turn(store: Store) -> None:
    prompt = await open_prompt(store)
    heard: list[str] = []
    store.inbox.start()

    store.inbox.put(arrival(prompt, 1, text="Before."))
    store.inbox.put(Uncleared(arrival(prompt, 2, text=""), lambda: "Slow.", heard.append))
    store.inbox.put(Edit(2, "Edited.", NOW + timedelta(seconds=1)))
    store.inbox.put(Uncleared(arrival(prompt, 3, text=""), lambda: "Deleted.", heard.append))
    store.inbox.put(Erasure(prompt.id, (3,)))
    store.inbox.put(Uncleared(Edit(1, "", NOW + timedelta(seconds=1)), lambda: "Before, reworded."))
    await asyncio.wait_for(store.inbox.flush(), 5)

    assert [reply.text for reply in await store.replies.of_prompt(prompt.id)] == ["Before, reworded.", "Edited."]
    assert heard == ["Slow.", "Deleted."]


async def test_words_that_cannot_be_cleared_are_not_stored_and_all_others_are(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: str) -> str:
        raise ValueError("words of a person")

    prompt = await open_prompt(store)
    store.inbox.start()
    store.inbox.put(Uncleared(arrival(prompt, 1, text=""), fail, fail))
    store.inbox.put(arrival(prompt, 2, text="Well."))
    await asyncio.wait_for(store.inbox.flush(), 5)

    assert [reply.text for reply in await store.replies.of_prompt(prompt.id)] == ["", "Well."]
    assert "words of a reply were left out: ValueError" in caplog.text
    assert "words of a reply could not be checked: ValueError" in caplog.text
    assert "words of a person" not in caplog.text


@pytest.mark.sqlite_file(Why.FULL_DISK)
async def test_replies_wait_while_the_disk_is_full_and_none_is_lost(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "FIRST_PAUSE_S", 0.01)
    prompt = await open_prompt(store)
    full = await fill_up(store)
    store.inbox.start()
    for message_id in range(1, 201):
        store.inbox.put(arrival(prompt, message_id, text="words " * 300))
    while store.inbox.fault is None:
        await asyncio.sleep(0.01)
    sentence = str(store.inbox.fault)

    await make_room(store, full)
    await store.inbox.flush()

    assert "is full" in sentence
    assert await store.replies.count(prompt.id) == (1, 200)
    assert look(tmp_path / "test.db", "PRAGMA integrity_check") == [("ok",)]


async def test_past_the_limit_of_what_may_wait_a_gap_is_noted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_WAITING", 3)
    prompt = await open_prompt(store)

    for message_id in range(1, 6):
        store.inbox.put(arrival(prompt, message_id))

    assert store.inbox.gap


async def fill_up(store: Store) -> int:
    """Let the database grow no further, as on a full disk. Returns the limit that it had."""
    async with store._database.write() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        limit = (await connection.exec_driver_sql("PRAGMA max_page_count")).scalar_one()
        (await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")).scalar_one()
    return int(limit)


async def make_room(store: Store, limit: int) -> None:
    """Give the database its room back."""
    async with store._database.write() as connection:
        (await connection.exec_driver_sql(f"PRAGMA max_page_count = {limit}")).scalar_one()
