"""The connections to Discord's gateway: turns to identify, and shards that are ready each by itself."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import discord
import pytest
import yarl

from bot import gateway
from bot.gateway import IdentifyTurns, ShardedBot
from bot.models.shards import SHIFT, Shards

OF_SHARD_1 = 1 << SHIFT


def new_bot(*held: int) -> ShardedBot:
    """A bot of two shards, as it is just before it connects."""
    bot = ShardedBot(shards=Shards(2, frozenset(held)), intents=discord.Intents.none())
    bot._ready = asyncio.Event()
    return bot


async def test_shards_of_one_bucket_identify_one_after_the_other_and_others_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "IDENTIFY_EVERY_S", 0.2)
    turns, taken = IdentifyTurns(), []

    async def identify(bucket: int) -> None:
        await turns.wait(bucket)
        taken.append((bucket, time.monotonic()))

    await asyncio.gather(*(identify(bucket) for bucket in (0, 0, 1)))

    first, second = (moment for bucket, moment in taken if bucket == 0)
    (other,) = (moment for bucket, moment in taken if bucket == 1)
    assert second - first >= 0.19
    assert other - first < 0.19


async def test_a_turn_is_given_back_to_other_processes_and_one_who_waits_may_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "IDENTIFY_EVERY_S", 0.05)
    held: Counter[int] = Counter()

    async def take(bucket: int) -> None:
        held[bucket] += 1

    async def give_back(bucket: int) -> None:
        held[bucket] -= 1

    turns = IdentifyTurns(take, give_back)
    await turns.wait(3)
    waiting = asyncio.create_task(turns.wait(3))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert held[3] == 1

    await turns.wait(3)
    assert held[3] == 1
    async with asyncio.timeout(20):
        while held[3]:
            await asyncio.sleep(0.01)


async def test_every_new_session_of_a_shard_is_caught_up_with_and_regular_work_begins_in_servers_that_come_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot, heard = new_bot(0, 1), []
    monkeypatch.setattr(bot, "dispatch", lambda event, *_: heard.append(event))
    assert not bot.shows(OF_SHARD_1)

    await bot.on_shard_ready(0)
    assert bot.is_ready()
    assert (heard, bot.shows_all) == (["ready"], False)
    await bot.on_shard_ready(1)
    assert (heard, bot.shows_all) == (["ready", "ready", "servers_taken"], True)
    await bot.on_shard_connect(1)  # Discord began another session
    assert not bot.shows(OF_SHARD_1)
    await bot.on_shard_ready(1)

    assert heard == ["ready", "ready", "servers_taken", "ready"]
    assert bot.shows(OF_SHARD_1)


async def test_a_shard_that_cannot_connect_is_tried_again_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    bot, tried = new_bot(0), []

    async def launch(_gateway: yarl.URL, shard_id: int, **_: Any) -> None:
        tried.append(shard_id)
        if tried.count(shard_id) == 1:
            raise ConnectionResetError

    async def at_once(_seconds: float) -> None:
        return None

    monkeypatch.setattr(bot, "launch_shard", launch)
    monkeypatch.setattr(asyncio, "sleep", at_once)

    bot.take_shard(1)
    bot.take_shard(1)
    bot.take_shard(0)
    await asyncio.gather(*bot._launching)

    assert tried == [1, 1]
    assert bot.runs({0, 1})
