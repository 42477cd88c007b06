"""The worker process knows nothing, reaches nothing, and can make the bot run nothing."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.worker import Worker, WorkerFailedError
from tests.worker import worker_jobs

SECRET = "kestrel-of-the-token"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    asyncio.run(worker.close())


async def test_its_environment_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    async with Worker() as worker:
        pid = await worker.call(worker_jobs.own_pid)

        assert Path(f"/proc/{pid}/environ").read_bytes() == b""
        assert SECRET not in Path(f"/proc/{pid}/cmdline").read_text()


def test_a_job_reads_no_secret_of_the_running_bot() -> None:
    script = (
        "import asyncio\nfrom bot.cli.process import hide_memory\nfrom bot.worker import Worker\n"
        "from tests.worker.worker_jobs import read_secrets\n"
        "async def main():\n    hide_memory()\n"
        "    async with Worker() as worker:\n        print(await worker.call(read_secrets))\n"
        "asyncio.run(main())\n"
    )
    environ = {"PYTHONPATH": ".", "DISCORD_TOKEN": SECRET}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environ, check=True)

    assert "DISCORD_TOKEN" not in ran.stdout
    assert SECRET not in ran.stdout


async def test_it_cannot_gain_rights(worker: Worker) -> None:
    assert (await worker.call(worker_jobs.gain_rights)).split() == ["NoNewPrivs:", "1"]


async def test_it_reaches_no_network_where_the_system_allows_one_of_its_own(worker: Worker) -> None:
    if await worker.call(worker_jobs.own_network) == str(Path("/proc/self/ns/net").readlink()):
        refused = await asyncio.create_subprocess_exec("unshare", "--user", "--net", "true")
        assert await refused.wait() != 0
        return  # this system gives none to anybody
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert await worker.call(worker_jobs.connect_to, server.getsockname()[1]) != "connected"


@pytest.mark.parametrize(
    "attack", [worker_jobs.send_pickle, worker_jobs.send_pickled_result, worker_jobs.return_payload]
)
async def test_nothing_that_it_sends_is_run(tmp_path: Path, worker: Worker, attack: Callable[[str], object]) -> None:
    path = tmp_path / "made by the bot"

    with pytest.raises(WorkerFailedError):
        await worker.call(attack, str(path))

    assert not path.exists()
    assert await worker.call(abs, -2) == 2


async def test_what_is_not_of_the_type_that_the_job_names_is_refused_without_its_words(worker: Worker) -> None:
    with pytest.raises(WorkerFailedError) as caught:
        await worker.call(worker_jobs.return_words)

    assert "words that" not in str(caught.value)


async def test_an_answer_that_never_ends_is_stopped() -> None:
    async with Worker(seconds=1) as worker:
        with pytest.raises(UserError):
            await worker.call(worker_jobs.send_beginning_only)
        assert await worker.call(abs, -2) == 2
