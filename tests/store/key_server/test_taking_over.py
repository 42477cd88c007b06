"""Two processes with the database on one server and the keys on another: whatever is away, one of them goes on."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.cli.program import START_AGAIN
from bot.cli.run import STANDBY
from bot.models.database_server import DatabaseServer
from bot.store import Store, open_store
from bot.store.keyed.key_store import NotDestroyedError
from bot.store.postgres import key_traces
from tests.bot_process import read_until, settings
from tests.servers.fake_gateway import fake_discord
from tests.servers.postgres import PostgresServer
from tests.store.postgres.test_standby import CONNECTED, started
from tests.store.samples import NOW
from tests.store.senders import prompt_in, send
from tests.world import DATA_KEY


@pytest.fixture
def running(server: PostgresServer) -> Iterator[PostgresServer]:
    """The server of the keys, which runs again when the test has ended."""
    yield server
    if not server.is_running():
        server.start()


@pytest.fixture
def folder(main: DatabaseServer, place: DatabaseServer, tmp_path: Path) -> Path:
    """A folder with the settings of one machine."""
    settings(tmp_path, WARD_DATABASE=main.url, WARD_KEYS=place.url, WARD_PROMPT_KEYS=str(main.files))
    return tmp_path


async def test_a_process_ends_to_be_started_again_while_the_server_of_the_keys_is_away(
    folder: Path, running: PostgresServer
) -> None:
    async with fake_discord(message_content=True) as fake, started(folder, fake) as first:
        await read_until(first, CONNECTED)
        async with started(folder, fake) as second:
            await read_until(second, STANDBY)
            await asyncio.to_thread(running.stop)

            first.send_signal(signal.SIGKILL)
            code, said = await second.ended()

        await asyncio.to_thread(running.start)
        async with started(folder, fake) as again:
            await read_until(again, CONNECTED)

    assert code == START_AGAIN
    assert "The server of the keys at" in said
    assert "Traceback" not in said


async def test_a_process_starts_while_another_session_keeps_an_old_key_from_being_destroyed(
    main: DatabaseServer, place: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_traces, "PATIENCE_S", 0.2)
    store = await open_store(main, DATA_KEY, prompt_keys=place)
    prompt = await prompt_in(store)
    await send(store, prompt, 1)
    await store.prompts.close(prompt, NOW)
    with psycopg.connect(place.url) as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT txid_current()")
        with pytest.raises(NotDestroyedError):
            await store.private.release(prompt, NOW)
        await store.close()

        after = await open_store(main, DATA_KEY, prompt_keys=place)
        assert await _released(after) is False

    await after.private.release(prompt, NOW)
    assert await _released(after) is True
    await after.close()


async def _released(store: Store) -> bool:
    return not await store.private.to_release()
