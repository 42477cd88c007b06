"""A check whose release is killed at any moment is finished after the restart: the key gone, each view counted once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.store.tables import private_replies, views
from tests.kills.dying import Dying, killed
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import NOT, TRUE, give, started
from tests.world import DATA_KEY

CHECKPOINT = "PRAGMA wal_checkpoint"
# Each is a statement, and which one of its kind; the process dies before it runs.
WITH_KEY = [("BEGIN", 2), ("DELETE FROM check_keys", 1), ("COMMIT", 2), (CHECKPOINT, 1)]  # the first one reads
WITHOUT_KEY = [
    ("BEGIN", 3),
    ("UPDATE checks", 1),
    ("DELETE FROM views", 1),
    ("INSERT INTO views", 1),
    ("INSERT INTO views", 4),
    ("INSERT INTO private_batches", 1),
    ("INSERT INTO private_replies", 1),
    ("INSERT INTO group_tables", 1),
    ("COMMIT", 3),
    (CHECKPOINT, 2),
    ("the end", 1),
]
POINTS = WITH_KEY + WITHOUT_KEY
GROUPS = ["Nursing and midwifery"] * 12 + ["Students"] * 13 + [""] * 11


def play(path: str, statement: str, number: int) -> None:
    """Release what is to be released, and die before a statement."""
    asyncio.run(_play(Path(path), Dying(statement, number)))


async def _play(path: Path, dying: Dying) -> None:
    store = await open_store(path, DATA_KEY)
    (check,) = await store.checks.to_release()
    dying.arm()
    await store.checks.release(check, NOW)
    dying.look("the end")


def held(path: Path) -> bytes:
    """Every byte of the file of keys and of its log."""
    return b"".join(file.read_bytes() for file in (path.parent / "prompt-keys").iterdir())


async def restarted(path: Path) -> Store:
    """The store again, after what the bot does at its start."""
    store = await open_store(path, DATA_KEY)
    for check in await store.checks.to_release():
        await store.checks.release(check, NOW)
    assert await store.checks.tidy()
    return store


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("statement", "number"), POINTS)
async def test_a_release_cut_short_happens_once(tmp_path: Path, store: Store, statement: str, number: int) -> None:
    path = tmp_path / "test.db"
    check = await started(store)
    for person, group in enumerate(GROUPS):
        missing = f"Lift {person}." if person < 6 else None
        await give(store, check, person, answers={"1": NOT if person % 3 else TRUE}, missing=missing, group=group)
    key = (await store.checks._keys.find((check.id,)))[check.id]
    await store.checks.end(GUILD, check.id, NOW)
    await store.close()

    await killed(play, str(path), statement, number)

    assert (key in held(path)) == ((statement, number) in WITH_KEY)
    again = await restarted(path)
    assert key not in held(path)
    async with again._database.read() as connection:
        rows = (await connection.execute(views.select())).mappings().all()
        replies = (await connection.execute(private_replies.select())).mappings().all()
    assert [(row["person"], row["code_hash"]) for row in rows] == [(None, None)] * len(GROUPS)
    (batch,) = await again.private.waiting(GUILD)
    assert {(row["person"], row["batch_id"]) for row in replies} == {(None, batch.id)}
    assert {reply.text for reply in await again.private.of_batch(GUILD, batch.id)} == {f"Lift {n}." for n in range(6)}
    check = await again.checks.get(GUILD, check.id)
    result = await again.checks.result(check)
    assert result is not None
    assert (result.people, result.points[0].true, result.points[0].not_here) == (36, 12, 24)
    assert [(group.group, group.people) for group in result.groups] == [("Nursing and midwifery", 12), ("Students", 13)]
    assert (check.released_at, await again.checks._keys.owner_ids()) == (NOW, frozenset())
    await again.close()
