"""What a database costs that has grown: 50,000 and 500,000 replies in one server, as ratios to limits.

The replies are stored by the program's own writer, 50 to a prompt; all prompts but twenty are closed, and each has a
shared summary. Sizes can be named: ``python -m benchmarks.growth 50000 5000000``.
"""

from __future__ import annotations

import asyncio
import gc
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

from sqlalchemy import insert, update

from benchmarks.catch_up import steps_timed
from benchmarks.idle_memory import resident_mb
from benchmarks.summary_speed import made_up
from bot.client import EXTENSIONS, Bot
from bot.models.prompts import NewPrompt, Prompt, PromptState, Wording
from bot.models.replies import Arrival
from bot.replies.rereading import mark_thread
from bot.services.erasure import erase_everything
from bot.services.published_summaries import make_record, write_record
from bot.services.subject_access import gather_person_data
from bot.services.summaries import summarise_prompt
from bot.store import Store, open_store, rotate
from bot.store.tables import prompts, thread_reads
from bot.worker import Worker

SIZES = (50_000, 500_000)
A_PROMPT = 50
A_SERVER = 500_000
PEOPLE = 2_000
"""In each server."""
OPEN = 20
GROUP = 2_000
RUNS = 5
PROCESSOR = ", processor"
KEY, NEW_KEY = bytes(32), bytes(range(32))
GUILD, CHANNEL, FIRST = 10**17, 10**17 + 1, 2 * 10**17
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDING = Wording("Leaders exist at all levels.", True, "Where do you see leadership?", "No more heroes")
TEXTS = [message.text for message in made_up(A_PROMPT).messages]

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


def message_id(prompt: int, number: int) -> int:
    """The id of a prompt's reply; ids of one prompt lie beside each other."""
    return FIRST + (prompt * 1_000 + number) * 10


def guild_of(place: int) -> int:
    """The server of the prompt with this place among all."""
    return GUILD + place * A_PROMPT // A_SERVER


async def fill_prompts(store: Store, count: int) -> list[int]:
    """Store prompts, all but the last twenty of them closed and read. Returns their ids."""
    await store.settings.join(list(range(GUILD, guild_of(count - 1) + 1)))
    await store.prompts.claim(NewPrompt(GUILD, CHANNEL, WORDING, NOW + timedelta(days=14), None), NOW)
    rows = [make_prompt_row(number, is_open=number >= count - OPEN) for number in range(count)]
    async with store._database.write() as connection:
        for start in range(0, count, 1_000):
            await connection.execute(insert(prompts), rows[start : start + 1_000])
    ids = sorted(prompt.id for prompt in await store.prompts.watched())
    reads = [{"prompt_id": number, "mark": mark_thread(number, 1, 1, 1), "read_at": NOW} for number in ids[:-OPEN]]
    async with store._database.write() as connection:
        await connection.execute(insert(thread_reads), reads)
    return ids


def make_prompt_row(number: int, *, is_open: bool) -> dict[str, Any]:
    return {
        "guild_id": guild_of(number),
        "channel_id": CHANNEL + number % 20,
        "claim": f"{number:016x}",
        "state": PromptState.OPEN if is_open else PromptState.CLOSED,
        "wording": asdict(WORDING),
        "claimed_at": NOW,
        "closes_at": NOW + timedelta(days=14),
        "late": False,
        "keep_reason": "",
        "message_id": message_id(number, 0),
        "thread_id": message_id(number, 0),
        "notice_id": 1,
        "closing_id": 1,
        "closed_at": None if is_open else NOW,
        "released_at": NOW,
    }


def arrival(prompt_id: int, place: int, number: int) -> Arrival:
    """One reply; ``place`` is its prompt's place among all."""
    own = message_id(place, number + 1)
    author = 3 * 10**17 + (place * A_PROMPT + number) % PEOPLE
    return Arrival(own, guild_of(place), prompt_id, author, TEXTS[number % len(TEXTS)], NOW, message_id=own)


async def fill_replies(store: Store, ids: list[int], figures: Figures) -> None:
    """Store fifty replies to each prompt, and note how long the last groups took."""
    every = ((prompt_id, place, number) for place, prompt_id in enumerate(ids) for number in range(A_PROMPT))
    group: list[Arrival] = []
    for named in every:
        group.append(arrival(*named))
        if len(group) == GROUP:
            await figures.time(STORE, store.replies.apply(group))
            group = []
    await store.replies.apply(group)
    for name in (STORE, f"{STORE}{PROCESSOR}"):
        figures[name] = figures[name][-RUNS:]


async def fill_summaries(store: Store, worker: Worker, ids: list[int]) -> None:
    """Share a summary of each closed prompt: that of the first, with the ids of its own replies."""
    first = await store.prompts.get(GUILD, ids[0])
    findings = await summarise_prompt(store, worker, first)
    body = await write_record(replace(await make_record(store, findings, "5 January 2026", 0), pending=False))
    for place, prompt_id in enumerate(ids[:-OPEN]):
        own = re.sub(r'"(\d{18})"', partial(_move, message_id(place, 0) - message_id(0, 0)), body)
        await store.summaries.share(
            guild_id=guild_of(place),
            prompt_id=prompt_id,
            channel_id=CHANNEL,
            message_id=FIRST + prompt_id,
            body=own,
            now=NOW,
        )


def _move(step: int, named: re.Match[str]) -> str:
    return f'"{int(named[1]) + step}"'


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
    await fill_replies(store, ids, figures)
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
