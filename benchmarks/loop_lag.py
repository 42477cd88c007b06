"""How long the event loop is held up at worst while summaries are made, as ratios to the limit of 50 ms."""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.summary_speed import made_up
from bot.client import Bot
from bot.models.prompts import NewPrompt, Prompt, Wording
from bot.models.replies import Arrival
from bot.services.replies.readable_replies import ReadableReplies
from bot.services.summaries.generation import Findings, count_days, summarise_prompt
from bot.services.summaries.organiser_summaries import describe_findings
from bot.services.summaries.published_summaries import (
    keep_record,
    make_record,
    read_record,
    repair_record,
    write_record,
)
from bot.store import Store, open_store
from bot.summaries.output.export import Export, export_files
from bot.worker import Worker
from cogs.summaries.organiser_card import organiser_card
from cogs.summaries.pictures import draw_picture

LIMIT_MS = 50
TICK = 0.001
RUNS = {2_000: 7, 20_000: 3}
AT_ONCE = 1_000
GUILD, CHANNEL, THREAD, CARD, SUMMARY = (10**17 + number for number in range(5))
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDING = Wording("Leaders exist at all levels.", True, "Where do you see leadership?", "No more heroes")

Steps = dict[str, list[float]]


@asynccontextmanager
async def ticking(step: str, steps: Steps) -> AsyncIterator[None]:
    """Note by how many milliseconds a task that wishes to run every millisecond runs late at worst."""
    worst = 0.0

    async def tick() -> None:
        nonlocal worst
        while True:
            due = time.perf_counter() + TICK
            await asyncio.sleep(TICK)
            worst = max(worst, (time.perf_counter() - due) * 1000)

    task = asyncio.create_task(tick())
    await asyncio.sleep(5 * TICK)
    yield
    await asyncio.sleep(5 * TICK)  # so that what held up the loop at the end is seen too
    task.cancel()
    steps.setdefault(step, []).append(worst)


async def discussion(store: Store, replies: int) -> Prompt:
    """A prompt with so many stored replies."""
    await store.settings.join([GUILD])
    new = NewPrompt(GUILD, CHANNEL, WORDING, NOW + timedelta(days=14), None)
    claimed = await store.prompts.claim(new, NOW)
    if claimed is None:
        raise RuntimeError("the database is not new")
    prompt = await store.prompts.confirm(claimed, message_id=CARD, thread_id=THREAD, now=NOW)
    arrivals = [
        Arrival(
            id=CARD + 1 + number,
            guild_id=GUILD,
            prompt_id=prompt.id,
            author_id=int(message.author[1:]) + 1,
            text=message.text,
            created_at=NOW + timedelta(seconds=30 * number),
            message_id=CARD + 1 + number,
        )
        for number, message in enumerate(made_up(replies).messages)
    ]
    for start in range(0, len(arrivals), AT_ONCE):
        await store.replies.apply(arrivals[start : start + AT_ONCE])
    return prompt


async def round_of(bot: Bot, prompt: Prompt, steps: Steps) -> None:
    """Everything that is done for one summary, step by step."""
    async with ticking("nothing at all, which shows how busy the machine is", steps):
        await asyncio.sleep(1)
    async with ticking("reading, summarising, checking", steps):
        found = await summarise_prompt(bot.store, bot.worker, prompt)
    async with ticking("the picture", steps):
        await draw_picture(bot, prompt.guild_id, found.summary, count_days(found.replies, "Europe/London"))
    async with ticking("the card for the asker", steps):
        summary = await describe_findings(bot.store, found, GUILD, NOW)
        organiser_card(str(prompt.id), summary, 0, alt="A picture.")
    async with ticking("the files", steps):
        export = Export(WORDING, found.replies, found.summary, NOW)
        await bot.worker.call(export_files, export, random.Random(1))
    await share(bot, found, steps)


async def share(bot: Bot, found: Findings, steps: Steps) -> None:
    """What is done in the database for a summary that others see, and after a reply of it was taken back."""
    prompt = found.prompt
    async with ticking("the record of a shared summary", steps):
        record = await make_record(bot.store, found, "5 January 2026", 0)
        body = await write_record(record)
        await bot.store.summaries.share(
            guild_id=GUILD, prompt_id=prompt.id, channel_id=THREAD, message_id=SUMMARY, body=body, now=NOW
        )
    async with ticking("its repair after a deletion", steps):
        (shared,) = await bot.store.summaries.shared(prompt.id)
        replies = await bot.store.replies.of_prompt(prompt.id)
        held = ReadableReplies(replies[1:], frozenset(), ())
        record = await repair_record(await read_record(shared), held, "5 January 2026")
        await keep_record(bot.store, shared, record, NOW)
    await bot.store.summaries.forget(SUMMARY)


async def measure(folder: Path, replies: int) -> Steps:
    """The worst delays of each step, in milliseconds, one a run."""
    steps: Steps = {}
    store = await open_store(folder / f"{replies}.db", bytes(32))
    async with Worker(seconds=600) as worker, Bot(store, worker) as bot:
        prompt = await discussion(store, replies)
        gc.collect()
        gc.freeze()  # as "python -m bot run" does before it connects
        for _ in range(RUNS[replies]):
            await round_of(bot, prompt, steps)
        gc.unfreeze()
    await store.close()
    return steps


def main(sizes: list[int]) -> None:
    """Print for each step the median of the worst delays as a ratio to the limit."""
    with tempfile.TemporaryDirectory() as folder:
        for replies in sizes:
            print(f"{replies:,} replies, median of {RUNS[replies]} runs:")
            for step, delays in asyncio.run(measure(Path(folder), replies)).items():
                median = statistics.median(delays)
                print(
                    f"  {step}: held up by {median:.0f} ms ({min(delays):.0f} to {max(delays):.0f}), "
                    f"{median / LIMIT_MS:.2f} of what is allowed"
                )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(RUNS))
