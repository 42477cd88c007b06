"""What a running bot tells systemd, Prometheus, the log and whoever asks: how it is, and nothing about anybody."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.models.shards import EVERY_SHARD
from bot.operations import vitals
from bot.operations.health import NOT_RUNNING, Connection, NotLiveError, ask
from bot.operations.service_manager import notify, report
from bot.operations.vitals import Monitor, hide_small
from bot.store.holding import Holding
from tests.bot_process import read_until, run_at, settings
from tests.processes import PATIENCE_S, Forked
from tests.servers.fake_gateway import GUILD, FakeDiscord, fake_discord
from tests.servers.ports import free_port
from tests.world import World


def run_as_service(address: str, notify_socket: str) -> None:
    """Start the bot as systemd does."""
    os.environ["NOTIFY_SOCKET"], os.environ["WATCHDOG_USEC"] = notify_socket, "600000"
    run_at(address)


@asynccontextmanager
async def running(folder: Path, fake: FakeDiscord, notify_socket: str = "") -> AsyncIterator[tuple[Forked, str]]:
    """A bot that is connected, with what it said on the way."""
    process = Forked(run_as_service, fake.url, notify_socket, folder=folder)
    try:
        yield process, await read_until(process, "has connected to Gateway")
    finally:
        process.kill()


async def test_systemd_hears_that_the_bot_is_ready_that_it_lives_and_that_it_stops(tmp_path: Path) -> None:
    settings(tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0ward-test-" + str(os.getpid()))
        systemd.setblocking(False)
        heard: list[str] = []

        async def listen(until: str) -> None:
            while until not in (heard[-1] if heard else ""):
                heard.append((await asyncio.get_running_loop().sock_recv(systemd, 4_096)).decode())

        async with (
            fake_discord(message_content=True) as fake,
            running(tmp_path, fake, f"@ward-test-{os.getpid()}") as (process, _),
            asyncio.timeout(PATIENCE_S),
        ):
            await listen("Connected to Discord.")
            await listen("WATCHDOG=1")
            before = len(heard)
            await listen("STATUS")
            await listen("STATUS")
            os.kill(process.pid, signal.SIGTERM)
            await listen("STOPPING=1")

    assert heard[0].startswith("STATUS=Starting.")
    assert "READY=1" not in heard[0]
    ready = next(lines for lines in heard if "READY=1" in lines)
    assert "STATUS=Connected to Discord." in ready
    assert len(heard) > before


async def test_a_start_without_discord_is_ready_for_systemd_and_says_what_is_missing(tmp_path: Path) -> None:
    settings(tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0ward-wait-" + str(os.getpid()))
        systemd.setblocking(False)
        process = Forked(run_as_service, "http://127.0.0.1:9", f"@ward-wait-{os.getpid()}", folder=tmp_path)
        try:
            said = ""
            async with asyncio.timeout(PATIENCE_S):
                while "READY=1" not in said:
                    said = (await asyncio.get_running_loop().sock_recv(systemd, 4_096)).decode()
        finally:
            process.kill()

    assert "STATUS=Discord can’t be reached. Trying again." in said
    assert "WATCHDOG=1" in said


async def test_who_asks_on_the_socket_hears_how_the_bot_is_and_only_its_user_can(tmp_path: Path) -> None:
    settings(tmp_path)
    database = tmp_path / "data" / "ward.db"

    async with fake_discord(message_content=True, in_guild=True) as fake, running(tmp_path, fake) as (process, _):
        told = await asyncio.to_thread(ask, database)
        while told["connection"] != "connected":
            told = await asyncio.to_thread(ask, database)
        mode = stat.S_IMODE((tmp_path / "data" / "ward.db.live").stat().st_mode)
        process.send_signal(signal.SIGTERM)
        await process.ended()

    assert mode == 0o600
    assert told["is_writable"] is True
    assert told["database_bytes"] > 10_000
    assert GUILD["name"] not in json.dumps(told)
    assert not (tmp_path / "data" / "ward.db.live").exists()
    with pytest.raises(NotLiveError, match="No bot is running"):
        ask(database)


def test_a_socket_that_a_killed_bot_left_is_no_running_bot(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(os.path.relpath(tmp_path / "ward.db.live"))

    with pytest.raises(NotLiveError) as caught:
        ask(tmp_path / "ward.db")
    assert str(caught.value) == NOT_RUNNING


async def test_prometheus_reads_numbers_on_loopback_and_nothing_about_anybody(tmp_path: Path) -> None:
    port = free_port()
    settings(tmp_path, WARD_METRICS_PORT=str(port))

    async with fake_discord(message_content=True, in_guild=True) as fake, running(tmp_path, fake):
        page = await asyncio.to_thread(read_page, port)
        while "ward_gateway_connected 1.0" not in page:
            page = await asyncio.to_thread(read_page, port)
        with socket.socket() as probe:
            from_outside = probe.connect_ex((socket.gethostbyname(socket.gethostname()), port))

    names = {line.split("{")[0].split()[0] for line in page.splitlines() if not line.startswith("#")}
    assert {"ward_build_info", "ward_loop_lag_seconds", "ward_inbox_waiting", "ward_worker_jobs_waiting"} <= names
    assert {"ward_database_bytes", "ward_database_read_seconds", "process_cpu_seconds_total"} <= names
    labels = {line.partition("{")[2].partition("=")[0] for line in page.splitlines() if "{" in line}
    assert labels <= {"version", "clock"}
    assert GUILD["name"] not in page
    assert from_outside != 0 or socket.gethostbyname(socket.gethostname()).startswith("127.")


def read_page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


async def test_a_port_that_is_taken_ends_the_start_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings(tmp_path, WARD_METRICS_PORT=str(taken.getsockname()[1]))
        process = Forked(run_at, "nowhere", folder=tmp_path)
        try:
            code, said = await process.ended()
        finally:
            process.kill()

    assert code == 2
    assert "Set WARD_METRICS_PORT to another one." in said
    assert said.count("\n") == 1


async def test_the_log_is_one_json_object_a_line_also_where_the_start_speaks_to_a_person(tmp_path: Path) -> None:
    settings(tmp_path, WARD_LOG_FORMAT="json")

    async with fake_discord(message_content=False) as fake, running(tmp_path, fake) as (process, said):
        process.send_signal(signal.SIGTERM)
        _, last = await process.ended()

    records = [json.loads(line) for line in (said + last).splitlines()]
    assert all({"time", "level", "logger", "message"} <= set(record) for record in records)
    told = [record["message"] for record in records]
    assert any(text.startswith("To invite the bot") for text in told)
    assert any("Message Content intent is switched off" in text for text in told)
    assert told[-1] == "Stopped. Everything that was collected is stored."


async def test_a_clock_notes_its_last_round_and_small_numbers_are_not_shown(world: World, tmp_path: Path) -> None:
    monitor = Monitor(Holding(tmp_path / "test.db", EVERY_SHARD))
    monitor.attach(world.store, world.worker)
    monitor.watch(world.bot)
    await world.env.advance_time(timedelta(hours=25).total_seconds())

    told = await monitor.look()

    assert "PromptScheduler.tick" in told.rounds or len(told.rounds) > 3
    assert all(not any(digit.isdigit() for digit in name) for name in told.rounds)
    assert [hide_small(number) for number in (0, 1, 4, 5, 60)] == [0, 0, 0, 5, 60]


async def test_the_watchdog_is_fed_until_the_connection_has_been_lost_for_long(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(vitals, "_now", lambda: now)
    monitor = Monitor(Holding(tmp_path / "test.db", EVERY_SHARD))
    monitor.attach(world.store, world.worker)
    alive = []
    for connection in Connection:
        now += timedelta(hours=1)
        monitor.note(connection)
        alive.append(monitor.is_alive)
        now += timedelta(minutes=16)
        monitor.note(connection)
        alive.append(monitor.is_alive)
    assert alive == [True] * 9 + [False]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0ward-lost-" + str(os.getpid()))
        reporting = asyncio.create_task(report(monitor, f"@ward-lost-{os.getpid()}", 60))
        await asyncio.sleep(0)
        said = systemd.recv(4_096).decode()
        reporting.cancel()
    assert "WATCHDOG=1" not in said
    assert "STATUS=The connection to Discord was lost" in said


def test_without_systemd_nothing_is_told_and_nothing_fails(tmp_path: Path) -> None:
    notify("", "READY=1")
    notify(str(tmp_path / "nobody"), "READY=1")
