"""A prompt in a server with every cog, and one worker for all tests here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.worker import Worker
from tests.cogs.replies.talk import Talk, talk_in
from tests.world import new_world


@pytest.fixture(scope="package")
def worker() -> Iterator[Worker]:
    """Each start of the process takes most of a second."""
    lent = Worker()
    yield lent
    asyncio.run(lent.close())


@pytest.fixture
async def talk(tmp_path: Path, worker: Worker) -> AsyncIterator[Talk]:
    """A prompt in the text channel."""
    async with new_world(tmp_path, worker=worker) as world:
        yield await talk_in(world, world.prompts)
