"""What a database costs that has grown: 50,000 and 500,000 replies in one server, as ratios to limits.

``benchmarks.grown_database`` fills it. Sizes can be named: ``python -m benchmarks.growth 50000 5000000``.
"""

from __future__ import annotations

import asyncio
import gc
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import update

from benchmarks.catch_up import steps_timed
from benchmarks.grown_database import A_PROMPT, GUILD, NOW, fill_prompts, fill_replies, fill_summaries
from benchmarks.idle_memory import resident_mb
from bot.client import EXTENSIONS, Bot
from bot.models.prompts import Prompt
from bot.services.erasure import erase_everything
from bot.services.subject_access import gather_person_data
from bot.store import Store, open_store, rotate
from bot.store.tables import prompts
from bot.worker import Worker

SIZES = (50_000, 500_000)
KEY, NEW_KEY = bytes(32), bytes(range(32))
RUNS = 5
PROCESSOR = ", processor"
STORE = "store 2,000 replies (ms)"
LIMITS = {
    STORE: 1_000,
    "open (ms)": 100,
    "tick: what is due (ms)": 250,
    "session start: which threads to read (ms)": 5_000,
    "session start: the loop is held (ms)": 50,
    "retention round: the loop is held (ms)": 50,
    "refresh after a reply (ms)": 250,
    "/my data of one person (ms)": 1_000,
    "erase one person (ms)": 5_000,
    "erase one prompt by date (ms)": 1_000,
    "rotate (ms a 1,000 rows)": 1_000,
    "memory, idle (MB)": 130,
}


class Figures(dict[str, list[float]]):
    """What was measured, by its name, and beside it how long the processor was needed, which a busy machine leaves."""

    async def time(self, name: str, step: Awaitable[object]) -> None:
        """Note how many milliseconds a step takes."""
        began, used = time.perf_counter(), time.process_time()
        await step
        self.setdefault(name, []).append((time.perf_counter() - began) * 1_000)
        self.setdefault(f"{name}{PROCESSOR}", []).append((time.process_time() - used) * 1_000)


async def measure(path: Path, figures: Figures, ids: list[int]) -> None:
    """Measure everything that reads or changes the database, and the bot's memory."""
    for _ in range(RUNS):
        await figures.time("open (ms)", _open_and_close(path))
    store = await open_store(path, KEY)
    async with Worker() as worker, Bot(store, worker) as bot:
        for name in EXTENSIONS:
            await bot.load_extension(name)
        gc.collect()
        gc.freeze()
        catch_up, repairs = cast(Any, bot.get_cog("ReplyCatchUp")), cast(Any, bot.get_cog("SummaryRepairs"))
        figures["memory, idle (MB)"] = [resident_mb()]
        for number in range(RUNS):
            await figures.time("tick: what is due (ms)", _tick(store))
            with steps_timed() as longest:
                await figures.time("session start: which threads to read (ms)", catch_up._queue_all())
                await store.summaries.prompt_ids()
            figures.setdefault("session start: the loop is held (ms)", []).append(longest[0])
            with steps_timed() as longest:
                await store.retention.keeping()
            figures.setdefault("retention round: the loop is held (ms)", []).append(longest[0])
            await figures.time("refresh after a reply (ms)", repairs._look_at(ids[number]))
            person = 3 * 10**17 + number
            await figures.time("/my data of one person (ms)", gather_person_data(store, GUILD, person))
            await figures.time("erase one person (ms)", erase_everything(store, GUILD, person))
            prompt = await _let_time_pass(store, ids[100 + number])
            later = NOW + timedelta(days=800)
            await figures.time("erase one prompt by date (ms)", store.retention.erase(prompt.id, "today", later))
        gc.unfreeze()
    await store.close()


async def _let_time_pass(store: Store, prompt_id: int) -> Prompt:
    async with store._database.write() as connection:
        told = update(prompts).where(prompts.c.id == prompt_id).values(retention_told_at=NOW + timedelta(days=700))
        await connection.execute(told)
    return await store.prompts.get(GUILD, prompt_id)


async def _open_and_close(path: Path) -> None:
    await (await open_store(path, KEY)).close()


async def _tick(store: Store) -> None:
    """Ask what the scheduler asks in each round."""
    await store.private.follow_keys(NOW)
    await store.prompts.to_close(NOW)
    await store.series.active()
    await store.prompts.unfinished()
    await store.series.untold()
    await store.prompts.next_closing()


async def grow(folder: Path, replies: int) -> None:
    """Fill a database, measure, and print a line for each figure."""
    figures = Figures()
    path = folder / "growth.db"
    store = await open_store(path, KEY)
    ids = await fill_prompts(store, replies // A_PROMPT)
    await fill_replies(ids, lambda group: figures.time(STORE, store.replies.apply(group)))
    for name in (STORE, f"{STORE}{PROCESSOR}"):
        figures[name] = figures[name][-RUNS:]
    async with Worker() as worker:
        await fill_summaries(store, worker, ids)
    await store.close()
    # In a process of its own, whose memory holds nothing of the filling.
    command = [sys.executable, "-m", "benchmarks.growth", "--measure", str(path), str(len(ids))]
    measured = await asyncio.to_thread(subprocess.run, command, check=True, stdout=subprocess.PIPE, text=True)
    for line in measured.stdout.splitlines():
        name, _, written = line.partition("\t")
        figures[name] = [float(value) for value in written.split()]
    began, used = time.perf_counter(), time.process_time()
    thousands = rotate(path, NEW_KEY, KEY).rows / 1_000
    figures["rotate (ms a 1,000 rows)"] = [(time.perf_counter() - began) * 1_000 / thousands]
    figures[f"rotate (ms a 1,000 rows){PROCESSOR}"] = [(time.process_time() - used) * 1_000 / thousands]
    size = path.stat().st_size / 2**20
    print(f"{replies:,} replies to {len(ids):,} prompts, a file of {size:,.0f} MB:")
    for name, limit in LIMITS.items():
        values = figures[name]
        middle = statistics.median(values)
        needed = figures.get(f"{name}{PROCESSOR}", [])
        processor = f"; the processor was needed for {statistics.median(needed):.0f}" if needed else ""
        spread = f"{min(values):.0f} to {max(values):.0f}"
        print(f"  {name}: {middle:.0f} ({spread}), {middle / limit:.2f} of what is allowed{processor}")


def main(sizes: list[int]) -> None:
    """Measure each size in a folder of its own."""
    for replies in sizes:
        folder = Path(tempfile.mkdtemp())
        try:
            asyncio.run(grow(folder, replies))
        finally:
            shutil.rmtree(folder)


def measure_alone(path: Path, count: int) -> None:
    """Measure a database that is there, and print the figures for the process that filled it."""
    figures = Figures()
    asyncio.run(measure(path, figures, list(range(2, count + 2))))
    for name, values in figures.items():
        print(name, " ".join(map(str, values)), sep="\t")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure_alone(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
