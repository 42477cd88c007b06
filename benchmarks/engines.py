"""SQLite's file and a PostgreSQL server side by side: what each takes for the same work, and their ratio.

``python -m benchmarks.engines URL`` needs an empty database on a server of this machine, which it empties again. Both
do each part in turn, several times. The table has the middle of each in milliseconds; the middle ratio, with its lowest
and highest; and the same of the time that the processors needed, the server's too, which a busy machine changes little.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.summary_speed import made_up
from bot.models.database_server import DatabaseServer, Place
from bot.models.prompts import NewPrompt, Prompt, Wording
from bot.models.replies import Arrival
from bot.services.subject_access import gather_person_data
from bot.services.summaries.generation import summarise_prompt
from bot.store import Store, open_store, rotate
from bot.store.postgres.connecting import connect_once
from bot.store.tables import metadata
from bot.worker import Worker

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
GUILD, CHANNEL = 1, 50
REPLIES, GROUP, PEOPLE = 10_000, 500, 400
SINGLE, LOOKS, ERASED, TALK = 100, 100, 20, 200
RUNS = 5
TEXTS = [message.text for message in made_up(TALK).messages]
CLOCK = os.sysconf("SC_CLK_TCK")


class Took(NamedTuple):
    """How many seconds some work took, and how many of them processors needed for it."""

    passed: float
    used: float


Figures = dict[str, Took]


async def measure(place: Place, worker: Worker) -> Figures:
    """Do the same work on an empty database, and return the seconds that each part took."""
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    figures: Figures = {}
    store = await open_store(place, old)
    await store.settings.join([GUILD])
    prompt, talk = await _open_prompt(store, 700), await _open_prompt(store, 701)
    await store.replies.apply([_arrival(talk, 900_000 + n, TEXTS[n]) for n in range(TALK)])
    groups = [[_arrival(prompt, n) for n in range(first, first + GROUP)] for first in range(1, REPLIES, GROUP)]
    alone = [[_arrival(prompt, REPLIES + n)] for n in range(1, SINGLE + 1)]
    parts: tuple[tuple[str, Callable[[], Awaitable[object]]], ...] = (
        (f"insert {REPLIES:,} replies in groups of {GROUP}", lambda: _in_turn(store, groups)),
        (f"insert {SINGLE} replies one by one", lambda: _in_turn(store, alone)),
        ("read and open all of them", lambda: store.replies.of_prompt(prompt.id)),
        (f"count people and replies {LOOKS} times", lambda: _count(store, prompt)),
        ("gather what is kept of one person", lambda: gather_person_data(store, GUILD, 1)),
        (f"summarise a thread of {TALK} replies", lambda: summarise_prompt(store, worker, talk)),
        (f"erase all of {ERASED} people", lambda: _erase(store)),
    )
    for name, work in parts:
        figures[name] = await _time(place, work)
    await store.close()
    rotating = partial(asyncio.to_thread, rotate, place, new, old)
    figures[f"change the data key of {REPLIES:,} replies"] = await _time(place, rotating)
    return figures


async def _time(place: Place, work: Callable[[], Awaitable[object]]) -> Took:
    used, began = _count_used(place), time.perf_counter()
    await work()
    return Took(time.perf_counter() - began, _count_used(place) - used)


def _count_used(place: Place) -> float:
    """Return the seconds of processors that this process has used, and the processes of a server of this machine."""
    own = time.process_time()
    if isinstance(place, Path):
        return own
    postmaster = _find_postmaster(place)
    used = 0.0
    for child in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split():
        with suppress(OSError):  # it has ended since
            used += _read_times(int(child))[0]
    # Of those that have ended, their parent knows.
    return own + used + _read_times(postmaster)[1]


def _read_times(process: int) -> tuple[float, float]:
    """Return what a process has used, and what its children have that ended."""
    values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    user, system, of_children, system_of_children = map(int, values[11:15])
    return (user + system) / CLOCK, (of_children + system_of_children) / CLOCK


@cache
def _find_postmaster(server: DatabaseServer) -> int:
    with connect_once(server) as connection:
        process = int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


async def _open_prompt(store: Store, message_id: int) -> Prompt:
    wording = Wording("Leaders exist at all levels.", True, "Where do you see this?", "No more heroes")
    claimed = await store.prompts.claim(NewPrompt(GUILD, CHANNEL, wording, NOW + timedelta(days=14), None), NOW)
    if claimed is None or claimed.id > 2:
        raise SystemExit("The database isn’t empty.")
    return await store.prompts.confirm(claimed, message_id=message_id, thread_id=message_id, now=NOW)


def _arrival(prompt: Prompt, number: int, text: str = "") -> Arrival:
    words = text or f"The rota comes out too late for people with children, week {number}."
    moment = NOW + timedelta(seconds=number)
    return Arrival(number, GUILD, prompt.id, number % PEOPLE, words, moment, message_id=number)


async def _in_turn(store: Store, groups: list[list[Arrival]]) -> None:
    for group in groups:
        await store.replies.apply(group)


async def _count(store: Store, prompt: Prompt) -> None:
    for _ in range(LOOKS):
        await store.replies.count(prompt.id)


async def _erase(store: Store) -> None:
    for person in range(ERASED):
        await store.personal.erase_all(GUILD, person)


def empty(server: DatabaseServer) -> None:
    """Drop what a run has made."""
    with connect_once(server) as connection, connection.begin():
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")


async def compare(url: str) -> list[tuple[Figures, Figures]]:
    """Measure both in turn, several times."""
    rounds = []
    async with Worker() as worker:
        for number in range(RUNS + 1):
            with tempfile.TemporaryDirectory() as folder:
                server = DatabaseServer(url, Path(folder) / "server" / "ward.db")
                on_file = await measure(Path(folder) / "file" / "ward.db", worker)
                on_server = await measure(server, worker)
                await asyncio.to_thread(empty, server)
            if number:  # the first round also loads and compiles
                rounds.append((on_file, on_server))
    return rounds


def main(url: str) -> None:
    """Print the table."""
    rounds = asyncio.run(compare(url))
    print("| work | SQLite (ms) | PostgreSQL (ms) | takes | from, to | of processors | from, to |")
    print("|---|---|---|---|---|---|---|")
    for name in rounds[0][0]:
        middles = (statistics.median(figures[name].passed for figures in side) for side in zip(*rounds, strict=True))
        cells = [name, *(f"{seconds * 1000:,.0f}" for seconds in middles)]
        for part in range(len(Took._fields)):
            ratios = [on_server[name][part] / max(on_file[name][part], 1 / CLOCK) for on_file, on_server in rounds]
            cells += [f"{statistics.median(ratios):.1f} times", f"{min(ratios):.1f}, {max(ratios):.1f}"]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name an empty database: python -m benchmarks.engines postgresql://user@host/name")
    main(sys.argv[1])
