"""A prompt in a server in which facilitators leave replies out."""

from __future__ import annotations

import pytest

from tests.cogs.replies.talk import Talk, talk_in
from tests.world import World


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """Moderation, and everything that shows words which it takes out."""
    return (
        "cogs.setup",
        "cogs.prompts",
        "cogs.replies",
        "cogs.summaries",
        "cogs.outcomes",
        "cogs.moderation",
        "cogs.subject_access",
    )


@pytest.fixture
async def talk(world: World) -> Talk:
    """A prompt in the text channel."""
    return await talk_in(world, world.prompts)
