"""A prompt in a server with every cog."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.replies.talk import Talk, talk_in
from tests.world import new_world


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A prompt in the text channel."""
    async with new_world(tmp_path) as world:
        yield await talk_in(world, world.prompts)
