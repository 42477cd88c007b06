"""The data key is changed while the bot runs, with both keys; a bot that lacks the new one stops it."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, AsyncExitStack

import pytest

from bot.models.database_server import DatabaseServer
from bot.models.shards import EVERY_SHARD
from bot.store import StoreError, open_store, rotate
from bot.store.encryption.sealer import Sealer, WrongKeyError
from bot.store.holding import Holding, hold_shards
from tests.store.samples import arrival, open_prompt
from tests.world import DATA_KEY, new_key


async def test_everything_is_sealed_again_while_the_bot_writes(place: DatabaseServer) -> None:
    new = new_key()
    first = await open_store(place, DATA_KEY)
    prompt = await open_prompt(first)
    await first.replies.apply([arrival(prompt, number, author=number) for number in range(1, 301)])
    await first.close()
    bot = await open_store(place, new, DATA_KEY)

    rotating = asyncio.create_task(asyncio.to_thread(rotate, place, new, DATA_KEY))
    for number in range(301, 341):
        await bot.replies.apply([arrival(prompt, number, author=number)])
    done = await rotating
    await bot.close()

    assert done.rows >= 300
    after = await open_store(place, new)
    replies = await after.replies.of_prompt(prompt.id)
    assert [reply.text for reply in replies] == ["We need more time."] * 340
    assert (await after.seals.check()).changed == {}
    await after.close()
    with pytest.raises(WrongKeyError):
        await open_store(place, DATA_KEY)
    assert (await asyncio.to_thread(rotate, place, new)).rows == 0


async def test_a_bot_that_runs_with_the_old_key_alone_is_noticed_and_nothing_is_changed(place: DatabaseServer) -> None:
    new = new_key()
    bot = await open_store(place, DATA_KEY)
    prompt = await open_prompt(bot)
    await bot.replies.apply([arrival(prompt, 1)])

    with pytest.raises(StoreError, match="start it again with both keys"):
        await asyncio.to_thread(rotate, place, new, DATA_KEY)

    assert [reply.text for reply in await bot.replies.of_prompt(prompt.id)] == ["We need more time."]
    await bot.close()
    assert (await asyncio.to_thread(rotate, place, new, DATA_KEY)).rows >= 1


async def test_a_process_on_standby_with_the_old_key_alone_is_noticed_beside_one_with_both(
    place: DatabaseServer,
) -> None:
    new = new_key()
    first = await open_store(place, DATA_KEY)
    prompt = await open_prompt(first)
    await first.replies.apply([arrival(prompt, 1)])
    await first.close()

    async with AsyncExitStack() as running:
        old = await running.enter_async_context(_holding(place, DATA_KEY))
        async with _holding(place, new, DATA_KEY):
            bot = await open_store(place, new, DATA_KEY)  # the new key is noted by that
            with pytest.raises(StoreError, match="start it again with both keys"):
                await asyncio.to_thread(rotate, place, new, DATA_KEY)
            await running.aclose()
            assert (await asyncio.to_thread(rotate, place, new, DATA_KEY)).rows >= 1
            await bot.close()
    assert not old.fault


def _holding(place: DatabaseServer, *keys: bytes) -> AbstractAsyncContextManager[Holding]:
    return hold_shards(place, EVERY_SHARD, lambda: None, key_id=Sealer(*keys).key_id)
