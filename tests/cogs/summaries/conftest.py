"""A server in which summaries are the only step that is loaded, and a discussion in it."""

from __future__ import annotations

import pytest

from tests.cogs.summaries.discussion import Discussion, discuss
from tests.world import World


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """This step alone."""
    return ("cogs.summaries",)


@pytest.fixture
async def discussion(world: World) -> Discussion:
    """A prompt with thirteen replies of four people."""
    return await discuss(world)
