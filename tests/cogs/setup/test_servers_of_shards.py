"""Two bots of different shards on one database: neither takes the other's servers for some that it left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.client import Bot
from bot.demo.simcord_inside.backend import settle_in_time
from bot.models.shards import SHIFT, Shards
from bot.store import Store, open_store
from cogs.retention.daily_round import erase_left
from tests.databases import prepare
from tests.world import DATA_KEY, shared_worker

ONLY_SETUP = ("cogs.setup", "cogs.retention")
DAY = 24 * 60 * 60
GUILDS = {shard: (3_000 + shard << SHIFT) + 7 for shard in (0, 1)}
"""A server of each shard."""


@asynccontextmanager
async def bot_of(
    folder: Path, shard: int, *, joined: bool = True, held: Shards | None = None
) -> AsyncIterator[tuple[Any, Store]]:
    """The bot that holds one of two shards, in its server there unless it was removed from it."""
    prepare(folder / "shared.db")
    store = await open_store(folder / "shared.db", DATA_KEY, held=held or Shards(2, frozenset({shard})))
    env = simcord.Env(Bot(store, shared_worker(), extensions=ONLY_SETUP), check_errors=False, settle_timeout=60)
    if joined:
        env.create_guild(f"Riverside {shard}", id=GUILDS[shard])
    try:
        settle_in_time(env)
        await env.start()
        await env.settle()
        yield env, store
    finally:
        await store.close()
        await env.shutdown()


async def left(store: Store) -> list[bool]:
    """Which of both servers count as left."""
    with_each = [Shards(2, frozenset({shard})) for shard in GUILDS]
    present: list[int] = []
    for held in with_each:
        opened = await open_store(store._database.place, DATA_KEY, held=held)
        present += await opened.settings.guild_ids()
        await opened.close()
    return [guild_id not in present for guild_id in GUILDS.values()]


async def test_a_start_does_not_take_the_servers_of_another_shard_for_left(tmp_path: Path) -> None:
    async with bot_of(tmp_path, 0):
        pass
    async with bot_of(tmp_path, 1) as (_, store):
        assert await left(store) == [False, False]
    async with bot_of(tmp_path, 0) as (_, store):
        assert await left(store) == [False, False]


async def test_the_servers_of_another_shard_keep_all_they_have_however_long_this_one_runs(tmp_path: Path) -> None:
    async with bot_of(tmp_path, 0) as (_, store):
        before = await store.library.sources(GUILDS[0])
    async with bot_of(tmp_path, 1) as (env, store):
        await env.advance_time(40 * DAY)

        assert before
        assert await store.library.sources(GUILDS[0]) == before


async def test_a_server_of_its_own_that_removed_it_meanwhile_is_noted_at_the_start(tmp_path: Path) -> None:
    for shard in GUILDS:
        async with bot_of(tmp_path, shard):
            pass
    async with bot_of(tmp_path, 1, joined=False) as (_, store):
        assert await left(store) == [False, True]


async def test_a_server_that_is_only_out_of_reach_does_not_count_as_left(tmp_path: Path) -> None:
    async with bot_of(tmp_path, 0) as (env, store):
        env.backend.emit("GUILD_DELETE", {"id": str(GUILDS[0]), "unavailable": True})
        await env.settle()
        assert (await left(store))[0] is False

        env.backend.emit("GUILD_DELETE", {"id": str(GUILDS[0])})
        await env.settle()
        assert (await left(store))[0] is True


async def test_a_server_whose_shard_is_not_shown_yet_does_not_count_as_left(tmp_path: Path) -> None:
    both = Shards(2, frozenset({0, 1}))
    async with bot_of(tmp_path, 0, held=both) as (env, store):
        await store.settings.change(GUILDS[1], open_days=9)  # the bot was removed from it, or Discord is yet to show it
        await env.bot.on_shard_connect(1)
        await store.settings.leave(GUILDS[1], env.now() - timedelta(days=40))
        await erase_left(env.bot, env.now())
        assert (await store.settings.of(GUILDS[1])).open_days == 9
        await store.settings.join([GUILDS[1]])

        env.bot.dispatch("ready")
        await env.settle()
        before = await left(store)
        await env.bot.on_shard_ready(1)
        env.bot.dispatch("ready")
        await env.settle()

        assert before == [False, False]
        assert await left(store) == [False, True]
        assert await store.library.sources(GUILDS[0])


async def test_servers_of_a_shard_that_is_taken_later_are_known_at_once_and_connected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bot_of(tmp_path, 0) as (env, store):
        other = await open_store(store._database.place, DATA_KEY)
        await other.settings.change(GUILDS[1], removed_words=("Zebrafinch",))
        await other.close()
        launched: list[int] = []
        monkeypatch.setattr(env.bot, "_launch_later", launched.append)

        for _ in range(2):  # as after a fault in between
            await env.bot.take_on(Shards(2, frozenset({0, 1})))

        assert store.held.are_all
        assert env.bot.own_words[GUILDS[1]] == ("Zebrafinch",)
        assert launched == [1]
