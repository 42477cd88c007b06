"""A release that is killed at any moment is finished after the restart: the key gone, and each reply in one batch."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.store.tables import private_replies
from tests.engines import Why
from tests.kills.dying import key_bytes, killed_in
from tests.store.samples import GUILD, NOW
from tests.store.senders import prompt_in, send
from tests.world import DATA_KEY

CHECKPOINT = "PRAGMA wal_checkpoint"
# Each is a statement, and which one of its kind; the process dies before it runs.
WITH_KEY = [
    ("BEGIN", 5),  # those before read
    ("INSERT OR REPLACE INTO prompt_ends", 1),
    ("DELETE FROM prompt_keys", 1),
    ("COMMIT", 5),
    (CHECKPOINT, 1),
]
WITHOUT_KEY = [
    ("BEGIN", 6),
    ("UPDATE prompts", 1),
    ("DELETE FROM private_replies", 1),
    ("INSERT INTO private_batches", 1),
    ("UPDATE private_replies", 1),
    ("COMMIT", 6),
    ("the end", 1),
]
POINTS = WITH_KEY + WITHOUT_KEY


async def release_one(store: Store, now: datetime) -> None:
    """Release what is to be released."""
    (prompt,) = await store.private.to_release()
    await store.private.release(prompt, now)


async def restarted(path: Path) -> Store:
    """The store again, after what the bot does at its start."""
    store = await open_store(path, DATA_KEY)
    for prompt in await store.private.to_release():
        await store.private.release(prompt, NOW)
    assert await store.private.tidy()
    return store


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("statement", "number"), [*POINTS, pytest.param(CHECKPOINT, 2, marks=pytest.mark.sqlite_file(Why.LOG))]
)
async def test_a_release_cut_short_happens_once(tmp_path: Path, store: Store, statement: str, number: int) -> None:
    path = tmp_path / "test.db"
    prompt = await prompt_in(store)
    for person in range(6):
        await send(store, prompt, person)
    key = (await store.private._keys.find((prompt.id,)))[prompt.id]
    await store.prompts.close(prompt, NOW)
    await store.close()

    await killed_in(release_one, NOW, path, statement, number)

    assert (key in key_bytes(path)) == ((statement, number) in WITH_KEY)
    again = await restarted(path)
    assert key not in key_bytes(path)
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
