"""One server's jobs do not hold up another's: servers take turns, and summaries go before files."""

from __future__ import annotations

import ast
import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.worker import FILE_SECONDS, Worker, count_processes
from bot.worker_turns import BUSY, MOST_WAITING, SUMMARIES_BEFORE_A_FILE, JobKind, JobQueue, Turn

ROOT = Path(__file__).parents[2]
HERE, THERE, ELSEWHERE = 1, 2, 3
SUMMARY, FILE = JobKind.SUMMARY, JobKind.FILE


class Sitting:
    """Jobs in a line, each of which ends when the test says so."""

    def __init__(self, places: int) -> None:
        self.line = JobQueue(places)
        self.called: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def join(self, name: str, turn: Turn) -> None:
        """Let a job join the line. One that is refused has a task that failed."""
        self._ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._work(name, turn))
        await self._settle()

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
            await self._settle()

    async def end_all(self) -> list[str]:
        """End each job that is called, one after the other; the order in which all were called."""
        while ongoing := [name for name in self.called if not self.tasks[name].done()]:
            await self.end(ongoing[0])
        return self.called

    async def leave(self, name: str) -> None:
        self.tasks[name].cancel()
        await self._settle()

    def is_refused(self, name: str) -> bool:
        task = self.tasks[name]
        return task.done() and isinstance(task.exception(), UserError) and str(task.exception()) == BUSY

    async def _work(self, name: str, turn: Turn) -> None:
        async with self.line.place(turn):
            self.called.append(name)
            await self._ends[name].wait()

    async def _settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


async def sitting(places: int, jobs: Sequence[tuple[str, Turn]]) -> Sitting:
    made = Sitting(places)
    for name, turn in jobs:
        await made.join(name, turn)
    return made


@pytest.mark.parametrize("processes", [1, 2])
async def test_six_hostile_files_of_one_person_hold_up_no_summary_of_another_server(processes: int) -> None:
    limit = 1.5
    ended: list[int] = []

    async def file(number: int) -> None:
        with suppress(UserError):
            await worker.call_for(Turn(HERE, FILE), time.sleep, 60)
        ended.append(number)

    async with Worker(seconds=limit, processes=processes) as worker:
        await asyncio.gather(*(worker.call(abs, -2) for _ in range(processes)))  # their start is no part of this
        files = [asyncio.create_task(file(number)) for number in range(6)]
        await asyncio.sleep(0.1)
        assert ended == [3, 4, 5]  # refused at once
        began = time.monotonic()
        assert await worker.call_for(Turn(THERE), abs, -2) == 2
        waited = time.monotonic() - began
        ended_before = len(ended) - 3
        await asyncio.gather(*files)

    assert ended_before <= (1 if processes == 1 else 0)
    assert waited <= limit * (2 if processes == 1 else 1)
    assert ended == [3, 4, 5, 0, 1, 2]


async def test_a_file_that_somebody_sent_has_less_time_than_a_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.worker.FILE_SECONDS", 1)
    async with Worker(seconds=60) as worker:
        with pytest.raises(UserError, match="longer than 1 seconds"):
            await worker.call_for(Turn(HERE, FILE), time.sleep, 1.5)
        await worker.call_for(Turn(HERE), time.sleep, 1.5)

    assert FILE_SECONDS == 15


async def test_another_server_has_a_process_of_its_own_while_one_works() -> None:
    async with Worker(processes=2) as worker:
        slow = asyncio.create_task(worker.call_for(Turn(HERE), time.sleep, 60))
        await asyncio.sleep(0.1)

        assert await worker.call_for(Turn(THERE), abs, -2) == 2
        assert len(worker.pids) == 2
        assert not slow.done()
    with pytest.raises((UserError, asyncio.CancelledError)):
        await slow


async def test_processes_start_only_when_they_are_needed() -> None:
    async with Worker(processes=8) as worker:
        assert worker.pids == []
        for number in range(3):
            assert await worker.call_for(Turn(HERE), abs, -number) == number

        assert len(worker.pids) == 1


async def test_servers_take_turns() -> None:
    here, there, elsewhere = (Turn(guild_id, waits=True) for guild_id in (HERE, THERE, ELSEWHERE))
    jobs = [("a1", here), ("a2", here), ("a3", here), ("a4", here), ("b1", there), ("b2", there), ("c1", elsewhere)]
    line = await sitting(1, jobs)

    assert await line.end_all() == ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]


async def test_summaries_go_before_files_of_any_server() -> None:
    jobs = [("a1", Turn(HERE, FILE)), ("a2", Turn(HERE, FILE)), ("b1", Turn(THERE, FILE)), ("a3", Turn(HERE))]
    line = await sitting(1, [*jobs, ("c1", Turn(ELSEWHERE))])

    assert await line.end_all() == ["a1", "a3", "c1", "a2", "b1"]


async def test_a_file_is_not_passed_for_ever() -> None:
    line = await sitting(1, [("first", Turn(HERE)), ("file", Turn(THERE, FILE))])
    for number in range(2 * SUMMARIES_BEFORE_A_FILE):
        await line.join(str(number), Turn(HERE, waits=True))

    assert (await line.end_all()).index("file") == 1 + SUMMARIES_BEFORE_A_FILE


async def test_a_third_job_that_would_wait_is_refused_in_a_plain_sentence_and_the_others_are_done() -> None:
    jobs = [(str(number), Turn(HERE)) for number in range(2 + MOST_WAITING)]
    line = await sitting(1, [*jobs, ("other", Turn(THERE))])

    assert [name for name in line.tasks if line.is_refused(name)] == ["3"]
    assert await line.end_all() == ["0", "1", "other", "2"]


async def test_two_jobs_wait_for_a_server_in_all_and_a_summary_takes_the_place_of_a_file() -> None:
    jobs = [(f"file {number}", Turn(HERE, FILE)) for number in range(4)]
    line = await sitting(1, [*jobs, ("other", Turn(THERE, FILE))])
    assert [name for name in line.tasks if line.is_refused(name)] == ["file 3"]

    await line.join("summary", Turn(HERE))
    assert [name for name in line.tasks if line.is_refused(name)] == ["file 2", "file 3"]
    await line.join("second summary", Turn(HERE))
    await line.join("third summary", Turn(HERE))
    await line.join("file 4", Turn(HERE, FILE))

    refused = ["file 1", "file 2", "file 3", "third summary", "file 4"]
    assert [name for name in line.tasks if line.is_refused(name)] == refused
    assert await line.end_all() == ["file 0", "summary", "second summary", "other"]


async def test_a_file_that_made_room_gives_nobodys_place_away_and_one_at_work_is_left_alone() -> None:
    line = await sitting(1, [("at work", Turn(HERE, FILE)), ("a", Turn(HERE, FILE)), ("b", Turn(HERE, FILE))])
    await line.join("round", Turn(HERE, FILE, waits=True))

    await line.join("summary", Turn(HERE))
    await line.join("second summary", Turn(HERE))

    assert [name for name in line.tasks if line.is_refused(name)] == ["a", "b"]
    assert await line.end_all() == ["at work", "summary", "second summary", "round"]


async def test_what_a_round_makes_waits_however_many_wait_and_takes_nobodys_place() -> None:
    line = await sitting(1, [("first", Turn(HERE))])
    for number in range(5):
        await line.join(f"round {number}", Turn(HERE, waits=True))
    await line.join("person", Turn(HERE))

    assert not any(line.is_refused(name) for name in line.tasks)
    assert sorted(await line.end_all()) == sorted(line.tasks)


@pytest.mark.parametrize("kind", list(JobKind))
async def test_one_server_or_files_alone_never_take_the_last_process(kind: JobKind) -> None:
    jobs = [(f"here {number}", Turn(HERE, kind)) for number in range(3)]
    line = await sitting(3, [*jobs, ("there", Turn(THERE, FILE))] if kind is FILE else jobs)
    assert line.called == ["here 0", "here 1"]

    await line.join("summary", Turn(ELSEWHERE))

    assert line.called[-1] == "summary"
    assert len(await line.end_all()) == len(line.tasks)


async def test_who_stops_waiting_leaves_the_line_and_gives_the_place_back() -> None:
    line = await sitting(1, [("a", Turn(HERE)), ("b", Turn(HERE)), ("c", Turn(HERE))])

    await line.leave("b")
    await line.join("d", Turn(HERE))
    await line.leave("a")

    assert await line.end_all() == ["a", "c", "d"]


async def test_closing_sends_those_away_who_wait() -> None:
    line = await sitting(1, [("a", Turn(HERE)), ("b", Turn(HERE)), ("c", Turn(THERE, FILE))])

    line.line.close()
    await asyncio.gather(line.tasks["b"], line.tasks["c"], return_exceptions=True)

    assert line.tasks["b"].cancelled()
    assert line.tasks["c"].cancelled()
    assert await line.end_all() == ["a"]


def test_there_are_as_many_processes_as_cores_less_one_and_two_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, processes in ((1, 2), (2, 2), (3, 2), (4, 3), (9, 8)):
        monkeypatch.setattr("os.sched_getaffinity", lambda _, cores=cores: set(range(cores)), raising=False)
        assert count_processes() == processes


def test_nobody_in_a_server_is_served_out_of_turn() -> None:
    """Every job of a cog or a use case says for which server it is."""
    paths = [path for folder in ("cogs", "bot/services") for path in (ROOT / folder).rglob("*.py")]
    calls = [
        f"{path.name}:{node.lineno}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and node.attr == "call" and "worker" in ast.unparse(node.value)
    ]

    assert calls == []
