"""A check whose release is killed at any moment is finished after the restart: counted once, its key and rows gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from bot.services.checks import release_checks
from bot.store import Store, open_store
from bot.store.tables import check_words, press_totals, pressers, presses, private_replies
from tests.engines import Why
from tests.kills.dying import key_bytes, killed_in
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import DIFFERENT, SAME, started, tap, write
from tests.world import DATA_KEY

CHECKPOINT = "PRAGMA wal_checkpoint"
# Each is a statement, and which one of its kind; the process dies before it runs.
UNCOUNTED = [("SELECT count(*)", 1), ("INSERT INTO press_totals", 1), ("COMMIT", 4)]
WITH_KEY = [
    *UNCOUNTED,
    ("INSERT OR REPLACE INTO check_ends", 1),
    ("DELETE FROM check_keys", 1),
    ("COMMIT", 8),
    (CHECKPOINT, 1),
]
WITHOUT_KEY = [
    ("UPDATE checks", 1),
    ("DELETE FROM check_words", 1),
    ("DELETE FROM presses", 1),
    ("DELETE FROM pressers", 1),
    ("INSERT INTO private_batches", 1),
    ("INSERT INTO private_replies", 1),
    ("COMMIT", 9),
    ("the end", 1),
]
POINTS = WITH_KEY + WITHOUT_KEY
PEOPLE = 36


async def restarted(path: Path) -> Store:
    """The store again, after what the bot does at its start."""
    store = await open_store(path, DATA_KEY)
    assert (await release_checks(store, NOW)).is_complete
    return store


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("statement", "number"), [*POINTS, pytest.param(CHECKPOINT, 2, marks=pytest.mark.sqlite_file(Why.LOG))]
)
async def test_a_release_cut_short_happens_once(tmp_path: Path, store: Store, statement: str, number: int) -> None:
    path = tmp_path / "test.db"
    check = await started(store)
    for person in range(PEOPLE):
        await tap(store, check, person, DIFFERENT if person % 3 else SAME)
        if person < 6:
            await write(store, check, person, f"Lift {person}.")
    key = (await store.checks._keys.find((check.id,)))[check.id]
    await store.checks.end(GUILD, check.id, NOW)
    await store.close()

    await killed_in(release_checks, NOW, path, statement, number)

    assert (key in key_bytes(path)) == ((statement, number) in WITH_KEY)
    again = await restarted(path)
    assert key not in key_bytes(path)
    assert [await count(again, table) for table in (check_words, presses, pressers, press_totals)] == [0, 0, 0, 1]
    async with again._database.read() as connection:
        replies = (await connection.execute(private_replies.select())).mappings().all()
    (batch,) = await again.private.waiting(GUILD)
    assert {(row["person"], row["batch_id"]) for row in replies} == {(None, batch.id)}
    assert {reply.text for reply in await again.private.of_batch(GUILD, batch.id)} == {f"Lift {n}." for n in range(6)}
    check = await again.checks.get(GUILD, check.id)
    result = await again.checks.result(check)
    assert result is not None
    assert (result.people, result.points[0].same, result.points[0].differs) == (PEOPLE, 12, True)
    assert (check.released_at, await again.checks._keys.owner_ids()) == (NOW, frozenset())
    await again.close()


async def count(store: Store, table: Table) -> int:
    """How many rows a table has."""
    async with store._database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0
