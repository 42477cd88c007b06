"""A posted prompt in a world with all cogs."""

from __future__ import annotations

import pytest

from tests.cogs.replies.talk import Talk, talk_in
from tests.world import World


@pytest.fixture
async def talk(world: World) -> Talk:
    """A prompt in the text channel."""
    return await talk_in(world, world.prompts)
