"""A posted prompt, and the cogs in which a person leaves something of theirs."""

from __future__ import annotations

import pytest

from tests.cogs.replies.talk import Talk, talk_in
from tests.world import World


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """What people write and what comes of it, their own view of it, and its end: no checks, outcomes or reminders."""
    return (
        "cogs.prompts",
        "cogs.replies",
        "cogs.private_replies",
        "cogs.summaries",
        "cogs.subject_access",
        "cogs.retention",
    )


@pytest.fixture
async def talk(world: World) -> Talk:
    """A prompt in the text channel."""
    return await talk_in(world, world.prompts)
