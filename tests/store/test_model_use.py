"""The words that went to a language model on a day: counted to a bound, which holds after a restart."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

from bot.store import Store, open_store
from tests.databases import prepare
from tests.store.samples import count_asked
from tests.world import DATA_KEY

DAY = date(2026, 11, 29)


async def test_words_are_counted_until_the_day_is_full(store: Store) -> None:
    assert await store.model_use.take(DAY, 600, 1_000)
    assert not await store.model_use.take(DAY, 401, 1_000)
    assert await store.model_use.take(DAY, 400, 1_000)
    assert not await store.model_use.take(DAY, 1, 1_000)

    assert await count_asked(store, DAY) == (2, 1_000)
    assert await store.model_use.take(DAY + timedelta(days=1), 600, 1_000)


async def test_one_call_above_the_bound_is_never_taken(store: Store) -> None:
    assert not await store.model_use.take(DAY, 1_001, 1_000)
    assert await count_asked(store, DAY) == (0, 0)


async def test_calls_at_the_same_moment_do_not_exceed_the_bound(store: Store) -> None:
    taken = await asyncio.gather(*(store.model_use.take(DAY, 300, 1_000) for _ in range(8)))

    assert sum(taken) == 3
    assert await count_asked(store, DAY) == (3, 900)


async def test_the_bound_holds_after_a_restart(tmp_path: Path) -> None:
    prepare(tmp_path / "test.db")
    first = await open_store(tmp_path / "test.db", DATA_KEY)
    assert await first.model_use.take(DAY, 900, 1_000)
    await first.close()

    second = await open_store(tmp_path / "test.db", DATA_KEY)
    try:
        assert not await second.model_use.take(DAY, 200, 1_000)
    finally:
        await second.close()


async def test_a_bot_that_restarts_fifty_times_a_day_sends_no_more_than_one_that_does_not(tmp_path: Path) -> None:
    prepare(tmp_path / "test.db")
    sent = 0
    for _ in range(50):
        store = await open_store(tmp_path / "test.db", DATA_KEY)
        while await store.model_use.take(DAY, 90, 1_000):  # each counted before it goes, whether or not it comes back
            sent += 90
            if sent % 4:
                break  # it dies in the middle of a call
        await store.close()

    assert sent == 990


async def test_around_midnight_each_day_has_its_own_bound_also_if_the_clock_is_set_back(store: Store) -> None:
    next_day = DAY + timedelta(days=1)
    taken = [await store.model_use.take(day, 400, 1_000) for day in (DAY, next_day) * 4]

    assert taken == [True] * 4 + [False] * 4


async def test_several_processes_share_one_bound(tmp_path: Path) -> None:
    prepare(tmp_path / "test.db")
    stores = [await open_store(tmp_path / "test.db", DATA_KEY) for _ in range(3)]
    try:
        taken = await asyncio.gather(*(store.model_use.take(DAY, 90, 1_000) for store in stores for _ in range(10)))
    finally:
        for store in stores:
            await store.close()

    assert sum(taken) == 11


async def test_counts_of_long_ago_are_erased(store: Store) -> None:
    await store.model_use.take(DAY, 10, 1_000)
    await store.model_use.take(DAY + timedelta(days=40), 10, 1_000)

    assert await count_asked(store, DAY) == (0, 0)
