"""Two processes with one database on a server: the second stands by, and works as soon as the first is gone."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli.program import START_AGAIN
from bot.cli.run import STANDBY
from bot.models.database_server import DatabaseServer
from bot.operations.health import Connection
from bot.operations.service_manager import STATUS
from bot.store import open_store
from bot.store.fence import CUT_OFF, NEWER, FencedError
from bot.store.postgres import lock_queries
from bot.store.postgres.connecting import connect_once
from tests.bot_process import read_until, run_at, settings
from tests.operations.test_running import run_as_service
from tests.processes import PATIENCE_S, Forked
from tests.servers.fake_gateway import FakeDiscord, fake_discord
from tests.servers.postgres import PostgresServer
from tests.store.next_migration import with_next
from tests.store.samples import arrival, open_prompt
from tests.world import DATA_KEY

ROOT = Path(__file__).parents[3]
HOLDERS = f"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE classid = {lock_queries.HELD}"  # noqa: S608
CONNECTED = "has connected to Gateway"


@pytest.fixture
def folder(made_place: DatabaseServer, tmp_path: Path) -> Path:
    """A folder with the settings of one machine, which name the database's address by a file."""
    secret = tmp_path / "address"
    secret.touch(mode=0o600)
    secret.write_text(made_place.url)
    keys = str(tmp_path / "keys" / "ward.db")
    settings(tmp_path, WARD_DATABASE="", WARD_DATABASE_FILE=str(secret), WARD_PROMPT_KEYS=keys)
    return tmp_path


@asynccontextmanager
async def started(folder: Path, fake: FakeDiscord, notify_socket: str = "") -> AsyncIterator[Forked]:
    """A process that runs the bot, ended at the end."""
    process = (
        Forked(run_as_service, fake.url, notify_socket, folder=folder)
        if notify_socket
        else Forked(run_at, fake.url, folder=folder)
    )
    try:
        yield process
    finally:
        process.kill()


def look_live(folder: Path) -> tuple[int, list[str]]:
    """What doctor --live says: its exit code and its sentences."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor", "--live", "--json", "--env-file", str(folder / "settings")],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, [finding["sentence"] for finding in json.loads(done.stdout)["findings"]]


async def test_a_second_process_stands_by_says_so_and_takes_over_when_the_first_is_killed(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0ward-standby-{os.getpid()}")
        systemd.setblocking(False)
        async with fake_discord(message_content=True) as fake, started(folder, fake) as first:
            await read_until(first, CONNECTED)
            async with started(folder, fake, f"@ward-standby-{os.getpid()}") as second:
                said = await read_until(second, STANDBY)
                told = ""
                async with asyncio.timeout(PATIENCE_S):
                    while STATUS[Connection.STANDBY] not in told:
                        told = (await asyncio.get_running_loop().sock_recv(systemd, 4_096)).decode()
                    code, live = await asyncio.to_thread(look_live, folder)
                    while Connection.STARTING.label in live:
                        code, live = await asyncio.to_thread(look_live, folder)
                identified = len(fake.intents)

                first.send_signal(signal.SIGKILL)
                began = time.monotonic()
                said += await read_until(second, CONNECTED)
                seconds = time.monotonic() - began

    assert "READY=1" in told
    assert (code, sorted(live)) == (0, sorted([Connection.CONNECTED.label, Connection.STANDBY.label]))
    assert identified == 1
    assert len(fake.intents) == 2
    assert seconds < 10
    assert "ERROR" not in said


async def test_a_process_that_loses_its_lock_closes_the_gateway_and_ends_to_be_started_again(
    folder: Path, server: PostgresServer, made_place: DatabaseServer
) -> None:
    async with fake_discord(message_content=True) as fake, started(folder, fake) as process:
        await read_until(process, CONNECTED)
        server.execute(HOLDERS, made_place.name)
        code, said = await process.ended()
        async with asyncio.timeout(5):
            while fake.sockets:
                await asyncio.sleep(0.05)

    assert code == START_AGAIN
    assert CUT_OFF in said
    assert "Traceback" not in said


async def test_a_process_ends_to_be_started_again_when_the_server_stops_and_while_it_is_away(
    folder: Path, running: PostgresServer
) -> None:
    async with fake_discord(message_content=True) as fake:
        async with started(folder, fake) as process:
            await read_until(process, CONNECTED)
            await asyncio.to_thread(running.stop)
            code, _ = await process.ended()
        async with started(folder, fake) as again:
            code_without, said = await again.ended()

    assert (code, code_without) == (START_AGAIN, START_AGAIN)
    assert "can’t be reached" in said
    assert said.count("\n") == 1


async def test_a_newer_program_changes_the_tables_beside_the_older_one_and_takes_its_place(
    folder: Path, made_place: DatabaseServer, tmp_path: Path
) -> None:
    store = await open_store(made_place, DATA_KEY)  # as a program that opened the database before has it
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])
    async with fake_discord(message_content=True) as fake, started(folder, fake) as older:
        await read_until(older, CONNECTED)
        async with newer_program(folder, fake, tmp_path / "newer") as newer:
            code, said = await older.ended()
            told = await read_to(newer, CONNECTED)
            with pytest.raises(FencedError, match="A newer version of the program"):
                await store.replies.apply([arrival(prompt, 2)])
            async with started(folder, fake) as again:
                code_again, said_again = await again.ended()
            identified = len(fake.intents)
            connected = fake.sockets

    assert code == START_AGAIN
    assert NEWER in said
    assert (code_again, "newer version" in said_again) == (2, True)  # a new start of the old program does not mend that
    assert "ERROR" not in told
    assert (identified, connected) == (2, 1)
    with connect_once(made_place) as connection:
        found = connection.execute(text("SELECT version_num, extra, replies.id FROM alembic_version, prompts, replies"))
        assert found.all() == [("9000", "", 1)]
    await store.close()


@asynccontextmanager
async def newer_program(folder: Path, fake: FakeDiscord, tree: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of the next version: the whole program with one more migration, from another folder."""
    for package in ("bot", "cogs"):
        shutil.copytree(ROOT / package, tree / package)
    shutil.copytree(with_next(tree), tree / "bot" / "store" / "migrations", dirs_exist_ok=True)
    start = (
        f"import bot; assert {str(tree)!r} in bot.__file__; from tests.bot_process import run_at; run_at({fake.url!r})"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", start),
        env={**os.environ, "PYTHONPATH": f"{tree}:{ROOT}"},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def read_to(process: asyncio.subprocess.Process, words: str) -> str:
    """Everything that a process prints up to the line that holds some words."""
    said = ""
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while words not in said:
            line = (await process.stdout.readline()).decode()
            assert line, said
            said += line
    return said
