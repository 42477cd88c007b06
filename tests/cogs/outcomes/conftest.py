"""The real bot with a published summary."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.outcomes.giving import published
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, new_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real bot with summaries and outcomes, and what the organisers' people can see of themselves."""
    async with new_world(tmp_path, extensions=("cogs.prompts", "cogs.summaries", "cogs.my", "cogs.outcomes")) as made:
        yield made


@pytest.fixture
async def talk(world: World) -> Discussion:
    """A prompt of a series, whose checked summary is published."""
    return await published(world)
