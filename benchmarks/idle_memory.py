"""Memory of the idle bot: a fresh process, its store open and every cog loaded, as a ratio to the limit.

A new one, one that was started before, and one that watches 10,000 prompts.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

DATABASE = "idle.db"

RUNS = 5
LIMIT_MB = 100
GROWN_LIMIT_MB = 130
PROMPTS = 10_000


async def idle(folder: Path) -> None:
    """Load what the running bot loads, and print the megabytes that the process holds."""
    # Here, so that the parent stays small and its figures are not inherited.
    from bot.client import EXTENSIONS, Bot
    from bot.store import open_store
    from bot.worker import Worker

    store = await open_store(folder / DATABASE, bytes(32))
    async with Worker() as worker, Bot(store, worker) as bot:
        for name in EXTENSIONS:
            await bot.load_extension(name)
        catch_up: Any = bot.get_cog("ReplyCatchUp")
        await catch_up._queue_all()  # as in a new session
        await asyncio.sleep(0.2)
        print(resident_mb())
    await store.close()


def resident_mb() -> float:
    """What this process holds in memory now, as Linux counts it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def start(folder: str) -> float:
    """One fresh process on a database, and what it holds in megabytes."""
    command = [sys.executable, "-m", "benchmarks.idle_memory", folder]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


async def fill(folder: Path) -> None:
    """Make a database with 10,000 prompts, all but twenty of them closed."""
    from benchmarks.grown_database import fill_prompts
    from bot.store import open_store

    store = await open_store(folder / DATABASE, bytes(32))
    await fill_prompts(store, PROMPTS)
    await store.close()


def main() -> None:
    """Print the ratios: the first start also loads what makes the tables."""
    first, later, grown = [], [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            first.append(start(folder))
            later.append(start(folder))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(fill(Path(folder)))
        grown += [start(folder) for _ in range(RUNS)]
    rows = (("first start", first, LIMIT_MB), ("later starts", later, LIMIT_MB))
    for name, held, limit in (*rows, (f"{PROMPTS:,} prompts", grown, GROWN_LIMIT_MB)):
        middle = statistics.median(held)
        print(f"{name}: {middle:.0f} MB ({min(held):.0f} to {max(held):.0f}), {middle / limit:.2f} of what is allowed")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(idle(Path(sys.argv[1])))
    else:
        main()
