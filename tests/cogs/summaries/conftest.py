"""A server in which summaries are the only step that is loaded, and a discussion in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.summaries.discussion import Discussion, discuss
from tests.world import World, new_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real bot with this step alone."""
    async with new_world(tmp_path, extensions=("cogs.summaries",)) as made:
        yield made


@pytest.fixture
async def discussion(world: World) -> Discussion:
    """A prompt with thirteen replies of four people."""
    return await discuss(world)
