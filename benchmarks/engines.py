"""SQLite's file and a PostgreSQL server side by side: what each takes for the same work, and their ratio.

``python -m benchmarks.engines URL`` needs an empty database on a server of this machine, which it leaves full.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.models.database_server import DatabaseServer, Place
from bot.models.prompts import NewPrompt, Prompt, Wording
from bot.models.replies import Arrival
from bot.store import Store, open_store, rotate

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
GUILD, CHANNEL = 1, 50
REPLIES, GROUP, PEOPLE = 20_000, 500, 400
SINGLE = 200
Figures = dict[str, float]


async def measure(place: Place) -> Figures:
    """Do the same work on a database, and return the seconds that each part took."""
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    figures: Figures = {}
    store = await open_store(place, old)
    prompt = await _open_prompt(store)
    groups = [[_arrival(prompt, n) for n in range(first, first + GROUP)] for first in range(1, REPLIES, GROUP)]
    await _time(figures, f"store {REPLIES:,} replies in groups of {GROUP}", lambda: _in_turn(store, groups))
    alone = [[_arrival(prompt, REPLIES + n)] for n in range(1, SINGLE + 1)]
    await _time(figures, f"store {SINGLE} replies one by one", lambda: _in_turn(store, alone))
    await _time(figures, "read and open all of them, as a summary does", lambda: store.replies.of_prompt(prompt.id))
    await _time(figures, "count people and replies 200 times", lambda: _count(store, prompt))
    await _time(figures, "erase all of 50 people", lambda: _erase(store))
    await store.close()
    began = time.perf_counter()
    await asyncio.to_thread(rotate, place, new, old)
    figures["change the data key"] = time.perf_counter() - began
    return figures


async def _open_prompt(store: Store) -> Prompt:
    await store.settings.join([GUILD])
    wording = Wording("Leaders exist at all levels.", True, "Where do you see this?", "No more heroes")
    claimed = await store.prompts.claim(NewPrompt(GUILD, CHANNEL, wording, NOW + timedelta(days=14), None), NOW)
    if claimed is None:
        raise SystemExit("The database isn’t empty.")
    return await store.prompts.confirm(claimed, message_id=700, thread_id=700, now=NOW)


def _arrival(prompt: Prompt, number: int) -> Arrival:
    words = f"The rota comes out too late for people with children, week {number}."
    moment = NOW + timedelta(seconds=number)
    return Arrival(number, GUILD, prompt.id, number % PEOPLE, words, moment, message_id=number)


async def _in_turn(store: Store, groups: list[list[Arrival]]) -> None:
    for group in groups:
        await store.replies.apply(group)


async def _count(store: Store, prompt: Prompt) -> None:
    for _ in range(200):
        await store.replies.count(prompt.id)


async def _erase(store: Store) -> None:
    for person in range(50):
        await store.personal.erase_all(GUILD, person)


async def _time(figures: Figures, name: str, work: Callable[[], Awaitable[object]]) -> None:
    began = time.perf_counter()
    await work()
    figures[name] = time.perf_counter() - began


def main(url: str) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        on_file = asyncio.run(measure(Path(folder) / "file" / "ward.db"))
        on_server = asyncio.run(measure(DatabaseServer(url, Path(folder) / "server" / "ward.db")))
    print("| work | SQLite (s) | PostgreSQL (s) | PostgreSQL takes |")
    print("|---|---|---|---|")
    for name, seconds in on_file.items():
        print(f"| {name} | {seconds:.2f} | {on_server[name]:.2f} | {on_server[name] / seconds:.2f} times as long |")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name an empty database: python -m benchmarks.engines postgresql://user@host/name")
    main(sys.argv[1])
