"""A closing that is killed at any moment is finished after the restart: presses counted once, and nobody's any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.models.views import Choice
from bot.services.replies.private_replies import release_private_replies
from bot.store import Store, open_store
from tests.engines import Why
from tests.kills.dying import key_bytes, killed_in
from tests.store.keyed.taps import say, show, tap
from tests.store.samples import GUILD, NOW, open_prompt
from tests.store.senders import send
from tests.world import DATA_KEY

SAID = ("Ward A waits for its rota until Friday.", "Ward B waits for its rota until Friday.")
# Each is a statement, and which one of its kind; the process dies before it runs.
BEFORE_COUNTED = [("INSERT INTO press_totals", 1), ("UPDATE statements", 1), ("UPDATE statements", 2), ("COMMIT", 1)]
WITH_KEY = [("DELETE FROM prompt_keys", 1), ("PRAGMA wal_checkpoint", 1)]
WITHOUT_KEY = [
    ("UPDATE prompts", 1),
    ("DELETE FROM private_replies", 1),
    ("DELETE FROM presses", 1),
    ("DELETE FROM pressers", 1),
    ("the end", 1),
]
POINTS = BEFORE_COUNTED + WITH_KEY + WITHOUT_KEY


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("statement", "number"), [*POINTS, pytest.param("PRAGMA wal_checkpoint", 2, marks=pytest.mark.sqlite_file(Why.LOG))]
)
async def test_a_closing_cut_short_counts_once(tmp_path: Path, store: Store, statement: str, number: int) -> None:
    path = tmp_path / "test.db"
    prompt = await open_prompt(store)
    await say(store, prompt, SAID)
    first, second = await show(store, prompt, SAID)
    for person in range(7):
        await tap(store, prompt, person, first.mark, Choice.SAME)
        await tap(store, prompt, person, second.mark, Choice.DIFFERENT if person % 2 else Choice.SKIP)
        await send(store, prompt, person)
    key = (await store.private._keys.find((prompt.id,)))[prompt.id]
    await store.prompts.close(prompt, NOW)
    await store.close()

    await killed_in(release_private_replies, NOW, path, statement, number)

    assert (key in key_bytes(path)) == ((statement, number) in BEFORE_COUNTED + WITH_KEY)
    again = await open_store(path, DATA_KEY)
    assert await release_private_replies(again, NOW)
    assert key not in key_bytes(path)
    totals = await again.presses.totals(prompt.id)
    assert totals.people == 7
    assert [(total.same, total.different, total.others) for total in totals.statements] == [(7, 0, 7), (0, 3, 0)]
    assert not await again.presses.has_uncounted(prompt)
    async with again._database.read() as connection:
        for table in ("presses", "pressers"):
            assert (await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608
    (batch,) = await again.private.waiting(GUILD)
    assert batch.replies == 7
    await again.close()
