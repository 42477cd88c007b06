"""A series of 20 prompts with 1,000 replies each, summarised while another server asks for its thread of 200."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.summary_speed import made_up
from bot.models.prompts import NewPrompt, Prompt, Wording
from bot.models.replies import Arrival
from bot.services.summaries.generation import summarise_prompt, summarise_series
from bot.store import Store, open_store
from bot.worker import Worker, count_processes

PROMPTS, REPLIES, OTHERS = 20, 1_000, 200
SERIES_S, THREAD_S = 12.0, 1.0
RUNS = 3
PAUSE_S = 2.0
"""How long the series has been under way when the other server asks."""
AT_ONCE = 1_000
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


async def discussion(store: Store, guild_id: int, number: int, replies: int) -> Prompt:
    """A prompt with so many replies, by people of whom many write to several prompts."""
    await store.settings.join([guild_id])
    wording = Wording("Leaders exist at all levels.", True, f"Where do you see leadership? ({number})", "A report")
    new = NewPrompt(guild_id, guild_id + 1, wording, NOW + timedelta(days=14), None)
    claimed = await store.prompts.claim(new, NOW)
    if claimed is None:
        raise RuntimeError("the database is not new")
    card = 10**17 + number * 10**6
    prompt = await store.prompts.confirm(claimed, message_id=card, thread_id=card, now=NOW)
    messages = made_up(replies + number).messages[:replies]
    arrivals = [
        Arrival(card + 1 + n, guild_id, prompt.id, int(said.author[1:]) + 1, said.text, NOW, message_id=card + 1 + n)
        for n, said in enumerate(messages)
    ]
    for start in range(0, replies, AT_ONCE):
        await store.replies.apply(arrivals[start : start + AT_ONCE])
    return prompt


def processor_s(worker: Worker) -> float:
    """Return the processor's seconds that this process and the worker's have used: a busy machine leaves them alone."""
    ticks = 0
    for pid in worker.pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


async def measure(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """Seconds of the series, of the other server's thread meanwhile, and of the processor for both."""
    series_s, thread_s, used_s = [], [], []
    store = await open_store(folder / "series.db", bytes(32))
    prompts = [await discussion(store, 1, number, REPLIES) for number in range(PROMPTS)]
    other = await discussion(store, 2, PROMPTS, OTHERS)
    async with Worker(seconds=600) as worker:
        await summarise_prompt(store, worker, other)  # a process is warm, as it is where anybody asked before
        for _ in range(RUNS):
            began, used = time.perf_counter(), processor_s(worker)
            series = asyncio.create_task(summarise_series(store, worker, "Weekly", prompts))
            await asyncio.sleep(PAUSE_S)
            asked = time.perf_counter()
            await summarise_prompt(store, worker, other)
            thread_s.append(time.perf_counter() - asked)
            found = await series
            series_s.append(time.perf_counter() - began)
            used_s.append(processor_s(worker) - used)
            if len(found.replies) != PROMPTS * REPLIES:
                raise RuntimeError("replies are missing")
    await store.close()
    return series_s, thread_s, used_s


def main() -> None:
    """Print both as ratios to what is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        series_s, thread_s, used_s = asyncio.run(measure(Path(folder)))
    print(f"{count_processes()} worker processes at most")
    for name, taken, allowed in (
        (f"a series of {PROMPTS} x {REPLIES:,} replies", series_s, SERIES_S),
        (f"meanwhile another server's thread of {OTHERS}", thread_s, THREAD_S),
        ("the processor's time for both", used_s, SERIES_S),
    ):
        middle = statistics.median(taken)
        print(
            f"{name}: {middle:.2f} s ({min(taken):.2f} to {max(taken):.2f}), {middle / allowed:.2f} of what is allowed"
        )


if __name__ == "__main__":
    main()
