"""The real bot with a published summary."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.outcomes.given import published
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, new_world


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """Summaries and outcomes, and what the organisers' people can see of themselves."""
    return ("cogs.prompts", "cogs.summaries", "cogs.subject_access", "cogs.outcomes")


@pytest.fixture
async def talk(world: World) -> Discussion:
    """A prompt of a series, whose checked summary is published."""
    return await published(world)


@pytest.fixture
async def collecting(tmp_path: Path) -> AsyncIterator[Discussion]:
    """A bot that collects what people write, with a published summary."""
    needed = ("prompts", "replies", "private_replies", "summaries", "outcomes", "subject_access")
    async with new_world(tmp_path, extensions=tuple(f"cogs.{step}" for step in needed)) as world:
        yield await published(world)
