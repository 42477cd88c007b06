"""Whatever happens to the process that works, nothing is lost, nothing comes twice, and the other one takes over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.chaos.chaos import chaos
from tests.chaos.strikes import KEY_KINDS, KINDS
from tests.chaos.week import Week
from tests.conftest import is_sampled
from tests.examples import spread
from tests.servers.key_server import shared_key_server
from tests.servers.postgres import PostgresServer, shared_server, skip_without_programs

# By hand: CHAOS_KILLS=100 .venv/bin/python -m pytest -rP tests/chaos. Another seed has other points.
KILLS = int(os.environ.get("CHAOS_KILLS", "25"))
IN_ONE_TEST = 5
AT_A_DESK = 2
"""Of these, a run at a desk plays so many, each with all of its week."""
SEED = int(os.environ.get("CHAOS_SEED", "1"))
NUMBERS = range(KILLS // IN_ONE_TEST)


@pytest.fixture
def servers(request: pytest.FixtureRequest) -> Iterator[tuple[PostgresServer, PostgresServer | None]]:
    """A server of PostgreSQL, and one for keys or none. They run again when the test has ended."""
    skip_without_programs()
    key_server = shared_key_server() if request.param else None
    yield shared_server(), key_server
    for server in filter(None, (shared_server(), key_server)):
        if not server.is_running():
            server.start()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("number", "servers"),
    [
        pytest.param(number, number % 2, id=f"{number}-keys {('in a file', 'on a server')[number % 2]}")
        for number in NUMBERS
    ],
    indirect=["servers"],
)
async def test_nothing_is_lost_or_doubled_whatever_the_leader_dies_of(
    request: pytest.FixtureRequest, tmp_path: Path, servers: tuple[PostgresServer, PostgresServer | None], number: int
) -> None:
    random = Random(f"{SEED} {number}")  # noqa: S311 - to be repeated
    # Every second test has keys on a server; there the first strikes are at that server.
    first = [] if servers[1] is None else list(KEY_KINDS)
    before = sum(IN_ONE_TEST - len(KEY_KINDS) * (each % 2) for each in range(number))
    kinds = first + [KINDS[(before + place) % len(KINDS)] for place in range(IN_ONE_TEST - len(first))]
    if is_sampled(request.config):
        kinds = spread(kinds, AT_A_DESK)

    async with chaos(random, *servers, tmp_path, len(kinds)) as world:
        destroyed = []
        for kind in kinds:
            week = Week(world, kind)
            try:
                destroyed.append(await week.play())
            finally:
                print(f"seed {SEED}, test {number}: {week.strike.how}")  # noqa: T201 - shown where it fails
        assert not any(map(world.keys.holds, destroyed))
        for what, seconds in world.measured.items():
            print(f"{what} after", *(f"{each:.2f}" for each in seconds), "s")  # noqa: T201
