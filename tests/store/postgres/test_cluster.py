"""Four shards by two processes: each runs its own, and all of them when the other is gone."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.models.database_server import DatabaseServer
from bot.models.shards import SHIFT
from bot.store import open_store
from bot.store.postgres import shard_locks
from bot.store.postgres.shard_locks import OTHER_COUNT
from tests.bot_process import read_until, run_at, settings, started
from tests.processes import Forked
from tests.servers.fake_gateway import GUILD, FakeDiscord, fake_discord
from tests.store import samples
from tests.store.samples import NOW, open_prompt
from tests.wording import says
from tests.world import DATA_KEY

GUILDS: list[dict[str, Any]] = [
    {**GUILD, "id": str(samples.GUILD if shard == 0 else (4_000 + shard << SHIFT) + 5)} for shard in range(4)
]
"""A server of each shard."""


def run_impatiently(address: str) -> None:
    """Start the bot, which does not wait long for a process with another number of shards to be gone."""
    shard_locks.COUNT_PATIENCE_S = 0.1
    run_at(address)


def start(stack: AsyncExitStack, folder: Path, place: DatabaseServer, fake: FakeDiscord, **changed: str) -> Forked:
    """Start a process of the bot, ended with the stack."""
    folder.mkdir()
    keys = folder.parent / "keys" / "ward.db"
    settings(folder, WARD_DATABASE=place.url, WARD_PROMPT_KEYS=str(keys), **{"WARD_SHARDS": "4", **changed})
    process = Forked(run_impatiently, fake.url, folder=folder)
    stack.callback(process.kill)
    return process


async def until_identified(fake: FakeDiscord, shards: set[int], since: int = 0) -> None:
    """Wait until each of these shards has identified."""
    async with asyncio.timeout(40):
        while not shards <= {shard for _, shard, _ in fake.identified[since:]}:
            await asyncio.sleep(0.02)


async def test_each_of_two_processes_runs_its_shards_and_one_runs_all_when_the_other_is_killed(
    tmp_path: Path, made_place: DatabaseServer
) -> None:
    async with fake_discord(message_content=True) as fake, AsyncExitStack() as stack:
        fake.guilds, fake.max_concurrency = GUILDS, 2
        left = start(stack, tmp_path / "left", made_place, fake, WARD_SHARDS_HELD="0,1")
        right = start(stack, tmp_path / "right", made_place, fake, WARD_SHARDS_HELD="2-3")
        await until_identified(fake, {0, 1, 2, 3})
        at_first = list(fake.identified)
        store = await open_store(made_place, DATA_KEY)
        stack.push_async_callback(store.close)
        async with asyncio.timeout(40):
            while len(await store.settings.guild_ids()) < 4:
                await asyncio.sleep(0.05)
        prompt = await open_prompt(store, closes_at=NOW)

        left.send_signal(signal.SIGKILL)
        began = time.monotonic()
        await until_identified(fake, {0, 1}, since=4)
        seconds = time.monotonic() - began
        async with asyncio.timeout(20):
            while (await store.prompts.get(samples.GUILD, prompt.id)).closed_at is None:
                await asyncio.sleep(0.05)
        right.send_signal(signal.SIGTERM)
        code, said = await right.ended()

    assert seconds < 10
    assert {count for _, _, count in fake.identified} == {4}
    assert sorted(shard for _, shard, _ in fake.identified) == [0, 0, 1, 1, 2, 3]
    for bucket in (0, 1):  # both processes take turns
        first, second = sorted(moment for moment, shard, _ in at_first if shard % 2 == bucket)
        assert second - first > 4.9
    assert code == 0
    assert "ERROR" not in said


async def test_a_process_with_another_number_of_shards_is_refused_in_one_sentence(
    tmp_path: Path, made_place: DatabaseServer
) -> None:
    async with fake_discord(message_content=True) as fake, AsyncExitStack() as stack:
        first = start(stack, tmp_path / "first", made_place, fake)
        await read_until(first, "has connected to Gateway")
        other = start(stack, tmp_path / "other", made_place, fake, WARD_SHARDS="2")
        code, said = await other.ended()

    assert code == 2
    assert says(said.strip(), OTHER_COUNT, other=4, own=2)


async def test_a_file_is_run_in_several_shards_by_one_process(tmp_path: Path) -> None:
    settings(tmp_path, WARD_SHARDS="2")

    async with fake_discord(message_content=True) as fake, AsyncExitStack() as stack:
        fake.guilds, fake.max_concurrency = GUILDS[:2], 2
        process = Forked(run_at, fake.url, folder=tmp_path)
        stack.callback(process.kill)
        await until_identified(fake, {0, 1})
        process.send_signal(signal.SIGTERM)
        code, said = await process.ended()

    assert code == 0
    assert "ERROR" not in said
    assert [(shard, count) for _, shard, count in fake.identified] == [(0, 2), (1, 2)]


async def test_a_file_cannot_be_run_in_part(tmp_path: Path) -> None:
    settings(tmp_path, WARD_SHARDS="2", WARD_SHARDS_HELD="1")

    async with started(tmp_path) as process:
        code, said = await process.ended()

    assert code == 2
    assert "only one process can use" in said
