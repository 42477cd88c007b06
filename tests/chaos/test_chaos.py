"""Whatever happens to the process that works, nothing is lost, nothing comes twice, and the other one takes over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.chaos.chaos import KINDS, chaos
from tests.chaos.week import Week
from tests.postgres_server import NO_SERVER, PostgresServer, find_programs, shared_server

# By hand: CHAOS_KILLS=100 .venv/bin/python -m pytest -rP tests/chaos. Another seed has other points.
KILLS = int(os.environ.get("CHAOS_KILLS", "25"))
IN_ONE_TEST = 5
SEED = int(os.environ.get("CHAOS_SEED", "1"))


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of PostgreSQL, which runs again when the test has ended."""
    if find_programs() is None:
        pytest.skip(NO_SERVER)
    running = shared_server()
    yield running
    if not running.is_running():
        running.start()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", range(KILLS // IN_ONE_TEST))
async def test_nothing_is_lost_or_doubled_whatever_the_leader_dies_of(
    tmp_path: Path, server: PostgresServer, number: int
) -> None:
    random = Random(f"{SEED} {number}")  # noqa: S311 - to be repeated
    first = number * IN_ONE_TEST
    kinds = [KINDS[place % len(KINDS)] for place in range(first, first + IN_ONE_TEST)]

    async with chaos(random, server, tmp_path, IN_ONE_TEST) as world:
        for kind in kinds:
            week = Week(world, kind)
            try:
                await week.play()
            finally:
                print(f"seed {SEED}, test {number}: {week.how}")  # noqa: T201 - shown where it fails
        print(f"taken over after {_seconds(world.takeovers)}")  # noqa: T201
        print(f"the next prompt posted after {_seconds(world.posted_after)}")  # noqa: T201
        print(f"keys outlasted their dates by {_seconds(world.key_outlasted)}")  # noqa: T201


def _seconds(measured: list[float]) -> str:
    return ", ".join(f"{each:.2f}" for each in measured) + " s"
