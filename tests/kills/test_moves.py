"""A move that is killed at any moment, or meets a full disk, leaves the source as it was, and the next one finishes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from bot.models.database_server import DatabaseServer, Place
from bot.store import Store, StoreError, open_store
from bot.store.migration import UNFINISHED, read_revision
from bot.store.transfer import move as moving
from bot.store.transfer.move import move_database
from tests.cli.settings_files import keys_beside, store, write_only_settings
from tests.engines import Why
from tests.kills.dying import refused_on_full_disk
from tests.processes import Forked
from tests.servers.postgres import NO_SERVER, find_programs, new_server_database, shared_server
from tests.store.postgres.moves import fill_all, go, open_at, rows_of
from tests.store.samples import GUILD, arrival
from tests.world import DATA_KEY

__all__ = ["store"]

pytestmark = [
    pytest.mark.sqlite_file(Why.MOVE),
    pytest.mark.skipif(find_programs() is None, reason=NO_SERVER),
]

LAST = 0
MOMENTS = [(moment, number) for moment in ("begin", "commit") for number in (1, 2, 3, 20, 60, LAST)]
NEVER = 9_999
SMALL = 7
"""Rows in a batch, so that there are many moments between two."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[DatabaseServer]:
    """An empty database on the server."""
    with new_server_database(shared_server(), keys_beside(tmp_path)) as made:
        yield made


def move_until(source: Place, target: Place, moment: str, number: int) -> None:
    """Move; the process kills itself when it begins or commits its ``number``th transaction."""
    seen = []

    def look(_connection: Connection) -> None:
        seen.append(moment)
        if len(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    moving.BATCH = SMALL
    event.listen(Engine, moment, look)
    move_database(source, target, DATA_KEY)
    sys.stdout.write(f"{len(seen)}\n")


async def play(source: Place, target: Place, moment: str, number: int) -> tuple[int | None, str]:
    child = Forked(move_until, source, target, moment, number)
    try:
        return await child.ended()
    finally:
        child.kill()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("is_back", [False, True], ids=["to a server", "back to a file"])
@pytest.mark.parametrize(("moment", "number"), MOMENTS)
async def test_a_move_that_is_killed_anywhere_is_finished_by_the_next_one(
    tmp_path: Path, store: Store, place: DatabaseServer, is_back: bool, moment: str, number: int
) -> None:
    await fill_all(store)
    await store.close()
    source: Place = tmp_path / "test.db"
    target: Place = place
    if is_back:
        await go(source, place)
        source, target = place, tmp_path / "back.db"
    before = rows_of(source)
    if number == LAST:
        with new_server_database(shared_server(), tmp_path / "other" / "keys.db") as other:
            code, said = await play(source, tmp_path / "other.db" if is_back else other, moment, NEVER)
        assert code == 0, said
        number = int(said)

    code, said = await play(source, target, moment, number)

    assert code == -signal.SIGKILL, said
    assert rows_of(source) == before
    await _refuse_or_be_whole(target, before, tmp_path)
    await go(source, target)
    assert rows_of(source) == rows_of(target) == before
    await (await open_at(target, tmp_path)).close()


async def _refuse_or_be_whole(target: Place, expected: object, folder: Path) -> None:
    """A database that the program opens has every row. One without tables is not opened here: that would make them."""
    revision = read_revision(target) if not isinstance(target, Path) or target.exists() else None
    if revision == UNFINISHED:
        with pytest.raises(StoreError, match="isn’t whole yet"):
            await open_store(target, DATA_KEY, prompt_keys=keys_beside(folder))
    elif revision is not None:
        assert rows_of(target) == expected


@pytest.mark.parametrize("room", [0, 300_000, 700_000])
async def test_a_full_disk_on_the_way_back_ends_a_move_in_one_sentence_and_the_next_one_finishes(
    tmp_path: Path, store: Store, place: DatabaseServer, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt_id = await fill_all(store)
    prompt = await store.prompts.get(GUILD, prompt_id)
    await store.replies.apply([arrival(prompt, 10_000 + n, text="Nights are short. " * 20) for n in range(1_500)])
    await store.close()
    await go(tmp_path / "test.db", place)
    settings = write_only_settings(tmp_path, monkeypatch)
    text = settings.read_text().replace(f"WARD_DATABASE={tmp_path / 'test.db'}", f"WARD_DATABASE={place.url}")
    settings.write_text(text)
    back = tmp_path / "back.db"

    await refused_on_full_disk(("move", "--to", str(back), "--env-file", str(settings)), room)
    if back.exists() and back.stat().st_size:
        with pytest.raises(StoreError, match="isn’t whole yet"):
            await open_store(back, DATA_KEY, prompt_keys=keys_beside(tmp_path))
    await go(place, back)
    assert rows_of(back) == rows_of(place)
