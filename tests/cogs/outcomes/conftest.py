"""The real bot with a published summary."""

from __future__ import annotations

import pytest

from tests.cogs.outcomes.given import published
from tests.cogs.summaries.discussion import Discussion
from tests.world import World


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """Summaries and outcomes, and what the organisers' people can see of themselves."""
    return ("cogs.prompts", "cogs.summaries", "cogs.subject_access", "cogs.outcomes")


@pytest.fixture
async def talk(world: World) -> Discussion:
    """A prompt of a series, whose checked summary is published."""
    return await published(world)
