"""A server in which a checked summary is published, for checks of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.outcomes.given import published
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, new_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real bot with summaries, checks, private replies, and what people can see of themselves."""
    needed = ("cogs.replies", "cogs.summaries", "cogs.private_replies", "cogs.subject_access", "cogs.outcomes")
    async with new_world(tmp_path, extensions=(*needed, "cogs.checks", "cogs.views")) as made:
        yield made


@pytest.fixture
async def talk(world: World) -> Discussion:
    """A prompt of a series, whose checked summary is published."""
    return await published(world)
