"""The private names of other packages that keep the tests quick: used, and missed at once if a new version has none."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from tests import driver, settling
from tests.world import World

OF_SIMCORD = [(owner, name) for owner, names in settling.PRIVATE for name in names]


@pytest.mark.parametrize("name", driver.PRIVATE)
def test_a_driver_without_a_name_that_is_needed_stops_the_tests_with_a_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Newer:
        def __init__(self, *_: Any) -> None:
            for kept in driver.PRIVATE:
                if kept != name:
                    setattr(self, kept, None)

    monkeypatch.setattr(aiosqlite, "Connection", Newer)

    with pytest.raises(RuntimeError, match=f"^aiosqlite .* has no {name} in Newer, which the tests use"):
        driver.check_driver()


@pytest.mark.parametrize(("owner", "name"), OF_SIMCORD, ids=[name for _, name in OF_SIMCORD])
def test_a_simulated_discord_without_a_name_that_is_needed_stops_the_tests_with_a_sentence(
    owner: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(owner, name)

    with pytest.raises(RuntimeError, match=f"^simcord .* has no {name} in {owner.__name__}, which the tests use"):
        settling.find_rest_sooner()


async def test_a_connection_without_a_thread_runs_statements_without_one(tmp_path: Path) -> None:
    before = threading.active_count()
    with driver.no_threads():
        async with aiosqlite.connect(tmp_path / "a.db") as connection:
            rows = await connection.execute_fetchall("SELECT 1")
            assert threading.active_count() == before
    assert list(rows) == [(1,)]


async def test_a_writer_that_meets_another_waits_beside_the_loop_and_is_as_patient_as_before(tmp_path: Path) -> None:
    own: dict[str, Any] = {"isolation_level": None, "check_same_thread": False, "timeout": 7.0}
    with driver.no_threads():
        async with (
            aiosqlite.connect(tmp_path / "a.db", **own) as one,
            aiosqlite.connect(tmp_path / "a.db", **own) as two,
        ):
            await one.execute(driver.WRITE)
            waiting = asyncio.create_task(two.execute(driver.WRITE))
            for _ in range(9):
                await asyncio.sleep(0)
            assert not waiting.done()
            await one.commit()
            await waiting
            assert two.in_transaction
            assert list(await two.execute_fetchall("PRAGMA busy_timeout")) == [(7_000,)]


async def test_a_simulated_discord_keeps_in_mind_which_jobs_sleep(world: World) -> None:
    await world.env.settle()

    assert asyncio.all_tasks() & set(settling._asleep)
