"""A release that is killed at any moment is finished after the restart: the key gone, and each reply in one batch."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.store import Store, open_store
from bot.store.tables import private_replies
from tests.processes import Forked
from tests.store.samples import GUILD, NOW
from tests.store.senders import prompt_in, send
from tests.world import DATA_KEY

CHECKPOINT = "PRAGMA wal_checkpoint"
# Each is a statement, and which one of its kind; the process dies before it runs.
WITH_KEY = [
    ("BEGIN", 4),  # those before read
    ("INSERT OR REPLACE INTO prompt_ends", 1),
    ("DELETE FROM prompt_keys", 1),
    ("COMMIT", 4),
    (CHECKPOINT, 1),
]
WITHOUT_KEY = [
    ("BEGIN", 5),
    ("UPDATE prompts", 1),
    ("DELETE FROM private_replies", 1),
    ("INSERT INTO private_batches", 1),
    ("UPDATE private_replies", 1),
    ("COMMIT", 5),
    (CHECKPOINT, 2),
    ("the end", 1),
]
POINTS = WITH_KEY + WITHOUT_KEY


def play(path: str, statement: str, number: int) -> None:
    """Release what is to be released, and die before a statement."""
    asyncio.run(_play(Path(path), statement, number))


async def _play(path: Path, statement: str, number: int) -> None:
    seen: Counter[str] = Counter()
    armed = False

    def look(text: str) -> None:
        if armed and text.startswith(statement):
            seen[statement] += 1
            if seen[statement] == number:
                os.kill(os.getpid(), signal.SIGKILL)

    connect = sqlite3.connect

    def watched(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(look)
        return connection

    sqlite3.connect = watched  # type: ignore[assignment]
    store = await open_store(path, DATA_KEY)
    (prompt,) = await store.private.to_release()
    armed = True
    await store.private.release(prompt, NOW)
    look("the end")


def held(path: Path) -> bytes:
    """Every byte of the file of prompt keys and of its log."""
    return b"".join(file.read_bytes() for file in (path.parent / "prompt-keys").iterdir())


async def restarted(path: Path) -> Store:
    """The store again, after what the bot does at its start."""
    store = await open_store(path, DATA_KEY)
    for prompt in await store.private.to_release():
        await store.private.release(prompt, NOW)
    assert await store.private.tidy()
    return store


async def killed(path: Path, statement: str, number: int) -> None:
    process = Forked(play, str(path), statement, number)
    try:
        code, said = await process.ended()
    finally:
        process.kill()
    assert code == -signal.SIGKILL, f"the point was never reached: {said}"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("statement", "number"), POINTS)
async def test_a_release_cut_short_happens_once(tmp_path: Path, store: Store, statement: str, number: int) -> None:
    path = tmp_path / "test.db"
    prompt = await prompt_in(store)
    for person in range(6):
        await send(store, prompt, person)
    key = (await store.private._keys.find((prompt.id,)))[prompt.id]
    await store.prompts.close(prompt, NOW)
    await store.close()

    await killed(path, statement, number)

    assert (key in held(path)) == ((statement, number) in WITH_KEY)
    again = await restarted(path)
    assert key not in held(path)
    async with again._database.read() as connection:
        rows = (await connection.execute(private_replies.select())).mappings().all()
    (batch,) = await again.private.waiting(GUILD)
    assert {(row["person"], row["batch_id"]) for row in rows} == {(None, batch.id)}
    assert {reply.text for reply in await again.private.of_batch(GUILD, batch.id)} == {
        f"Privately, from {person}." for person in range(6)
    }
    assert (await again.prompts.get(GUILD, prompt.id)).released_at == NOW
    assert await again.private._keys.owner_ids() == frozenset()
    await again.close()
