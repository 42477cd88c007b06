"""Processes that hold shards of one database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from bot.models.database_server import DatabaseServer
from bot.models.shards import Shards
from bot.store.holding import Holding, hold_shards
from bot.store.postgres import lock_queries

ALL = Shards(1, frozenset({0}))


HOLDERS = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE classid = {lock_queries.HELD} AND objid = 0"  # noqa: S608


class Process:
    """What a process that runs the bot holds, and whether it heard that it was lost."""

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self.lost = asyncio.Event()

    def lose(self) -> None:
        """Hear that the shards are lost."""
        self.lost.set()


@pytest.fixture
def place(made_place: DatabaseServer) -> DatabaseServer:
    """A database that has its tables."""
    return made_place


@pytest.fixture
async def start(place: DatabaseServer) -> AsyncIterator[Callable[..., object]]:
    """Starts a process's holding; all of them end with the test."""
    async with AsyncExitStack() as stack:

        async def begin(shards: Shards = ALL, at: DatabaseServer = place) -> Process:
            lost: list[Process] = []
            holding = await stack.enter_async_context(hold_shards(at, shards, lambda: lost[0].lose()))
            lost.append(Process(holding))
            return lost[0]

        yield begin


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    """What is closed at the end, the newest first."""
    async with AsyncExitStack() as made:
        yield made
