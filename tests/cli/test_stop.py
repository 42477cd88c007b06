"""A bot that is stopped, at whatever moment, ends without an error and gives its connections back."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli.process import end_tasks
from bot.store.database import Database
from tests.bot_process import ready, settings
from tests.databases import prepare
from tests.servers.fake_gateway import fake_discord

TRIES = 20
SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT max(i) FROM n"


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
        held: int = database._engine.readers.pool.checkedout()  # type: ignore[attr-defined]
        await database.close()
        return held

    assert asyncio.run(stop_while_a_reader_ends()) == 0


def is_being_closed() -> bool:
    """Whether a connection whose user was cancelled is closed just now."""
    return any("_terminate_graceful_close" in repr(task) for task in asyncio.all_tasks())


def test_a_connection_whose_user_is_cancelled_twice_does_not_hold_up_the_stop(tmp_path: Path) -> None:
    prepare(tmp_path / "test.db")

    async def stop_while_a_connection_is_closed() -> bool:
        database = Database(tmp_path / "test.db")
        reading = asyncio.Event()

        async def read() -> None:
            async with database.read() as connection:
                reading.set()
                await connection.execute(text(SLOW))

        for _ in range(TRIES):
            reader = asyncio.create_task(read())
            await reading.wait()
            await asyncio.sleep(0.05)
            reader.cancel()  # by the cog that is unloaded
            while not reader.done() and not is_being_closed():
                await asyncio.sleep(0)
            if not reader.done():  # on a busy machine the statement can end before its reader is cancelled
                break
            reading.clear()
        reader.cancel()  # by the end of the bot
        async with asyncio.timeout(20):
            await end_tasks()
        await database.close()
        return reader.cancelled()

    assert asyncio.run(stop_while_a_connection_is_closed())
