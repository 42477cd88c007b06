"""The worker process keeps its limits, tells what went wrong, and leaves nothing running."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.worker import Worker, WorkerFailedError
from tests.worker.worker_jobs import own_pid


def double(number: int) -> int:
    return number * 2


def refuse() -> None:
    raise UserError("This file is empty.")


def fail_with(words: str) -> None:
    raise ValueError(words)


def fill_memory() -> int:
    return len(bytearray(4 << 30))


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def end_at_once() -> None:
    os._exit(3)


def leave() -> None:
    sys.exit("words that a person wrote")


def run_out_of_file() -> None:
    raise EOFError("words that a person wrote")


def no_answer() -> object:
    return lambda: "words that a person wrote"


def end_on_arrival(*_: object) -> object:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


class Deadly:
    """Ends the process that unpickles it, before its job begins."""

    def __reduce__(self) -> tuple[object, ...]:
        return end_on_arrival, ()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One worker for all tests that need none of their own, since its process takes a while to start."""
    worker = Worker()
    yield worker
    asyncio.run(worker.close())


async def test_a_function_runs_in_another_process_that_serves_again(worker: Worker) -> None:
    pids = {await worker.call(own_pid), await worker.call(own_pid)}

    assert await worker.call(double, 21) == 42
    assert len(pids) == 1
    assert os.getpid() not in pids


async def test_many_calls_at_once_wait_their_turn(worker: Worker) -> None:
    assert await asyncio.gather(*(worker.call(double, n) for n in range(20))) == [2 * n for n in range(20)]


async def test_a_sentence_for_people_travels_back_as_it_is(worker: Worker) -> None:
    with pytest.raises(UserError, match=r"^This file is empty\.$"):
        await worker.call(refuse)


async def test_any_other_error_travels_back_without_its_words(worker: Worker) -> None:
    with pytest.raises(WorkerFailedError) as caught:
        await worker.call(fail_with, "words that a person wrote")

    assert "ValueError" in str(caught.value)
    assert "words that" not in str(caught.value).replace("raise ValueError(words)", "")


async def test_a_job_past_its_time_is_stopped_and_the_next_one_runs() -> None:
    async with Worker(seconds=1) as worker:
        with pytest.raises(UserError, match="longer than 1 seconds"):
            await worker.call(time.sleep, 60)

        assert await worker.call(abs, -2) == 2  # which needs no module, so that the new process is there in a second


@pytest.mark.parametrize("greedy", [fill_memory, killed])
async def test_a_job_past_its_memory_is_stopped_and_the_next_one_runs(greedy: object) -> None:
    async with Worker(memory_mb=1024) as worker:
        with pytest.raises(UserError, match="more memory than allowed"):
            await worker.call(greedy)  # type: ignore[arg-type]  # both take nothing

        assert await worker.call(double, 1) == 2


@pytest.mark.parametrize("broken", [end_at_once, leave, run_out_of_file, no_answer])
async def test_a_job_that_ends_or_answers_in_no_known_way_is_a_fault_without_words(
    broken: object, worker: Worker
) -> None:
    with pytest.raises(WorkerFailedError) as caught:
        await worker.call(broken)  # type: ignore[arg-type]  # all take nothing

    assert "words that" not in str(caught.value).replace('"words that a person wrote"', "")
    assert await worker.call(double, 1) == 2


async def test_a_process_that_was_killed_just_as_a_job_came_is_started_again() -> None:
    async with Worker() as worker:
        first = await worker.call(own_pid)
        os.kill(first, signal.SIGSTOP)  # it looks alive, and takes no job
        job = asyncio.create_task(worker.call(own_pid))
        await asyncio.sleep(0.2)
        os.kill(first, signal.SIGKILL)

        assert await job != first


async def test_a_process_that_dies_of_every_start_is_started_again_once_only(worker: Worker) -> None:
    with pytest.raises(UserError, match="more memory than allowed"):
        await worker.call(print, Deadly())

    assert await worker.call(double, 1) == 2


async def test_it_ends_when_idle_and_starts_again_for_the_next_job() -> None:
    async with Worker(idle_seconds=0.2) as worker:
        first = await worker.call(own_pid)
        deadline = time.monotonic() + 20
        while worker.pids and time.monotonic() < deadline:
            await asyncio.sleep(0.05)

        assert worker.pids == []
        assert await worker.call(own_pid) != first


async def test_the_event_loop_runs_on_while_a_job_runs(worker: Worker) -> None:
    job = asyncio.create_task(worker.call(time.sleep, 0.5))
    turns = 0
    while not job.done():
        await asyncio.sleep(0.01)
        turns += 1

    assert turns > 10


async def test_it_loads_neither_discord_nor_the_database() -> None:
    script = (
        "import asyncio\nfrom bot.worker import Worker\nfrom tests.worker.worker_jobs import loaded_modules\n"
        "async def main():\n"
        "    async with Worker() as worker:\n        print(await worker.call(loaded_modules))\n"
        "if __name__ == '__main__':\n    asyncio.run(main())\n"
    )

    assert _run(script) == "[]"


def test_it_ends_with_its_parent_when_that_is_killed() -> None:
    script = (
        "import asyncio, os, signal\nfrom bot.worker import Worker\nfrom tests.worker.worker_jobs import own_pid\n"
        "async def main():\n    worker = Worker()\n    print(await worker.call(own_pid), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "if __name__ == '__main__':\n    asyncio.run(main())\n"
    )

    pid = int(_run(script))

    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(pid)


async def test_closing_ends_a_job_that_is_still_running() -> None:
    worker = Worker()
    job = asyncio.create_task(worker.call(time.sleep, 60))
    while not worker.pids:
        await asyncio.sleep(0.01)
    (pid,) = worker.pids

    await worker.close()

    with pytest.raises((UserError, asyncio.CancelledError)):
        await job
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIG_DFL)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False


def _run(script: str) -> str:
    # A spawned process imports the main module again, so the script needs a file of its own.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.py"
        path.write_text(script)
        found = subprocess.run(
            [sys.executable, str(path)],
            capture_output=True,
            text=True,
            cwd=Path.cwd(),
            env={"PYTHONPATH": "."},
            check=False,
        )
    return found.stdout.strip()


async def test_a_worker_whose_process_could_not_start_can_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(FileNotFoundError):
        await worker.call(len, "abc")
    await worker.close()

    assert worker.pids == []
