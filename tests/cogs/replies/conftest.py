"""A posted prompt in a world with the replies' cogs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.replies.talk import Talk, talk_in
from tests.world import new_world

ONLY_REPLIES = ("cogs.core.reports", "cogs.replies", "cogs.retention")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A prompt in the text channel."""
    async with new_world(tmp_path, extensions=ONLY_REPLIES) as world:
        yield await talk_in(world, world.prompts)


@pytest.fixture
async def forum_talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A prompt in the forum."""
    async with new_world(tmp_path, extensions=ONLY_REPLIES) as world:
        yield await talk_in(world, world.forum)


@pytest.fixture
async def blind_talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A prompt where the bot runs without the Message Content intent."""
    async with new_world(tmp_path, extensions=ONLY_REPLIES, message_content=False) as world:
        yield await talk_in(world, world.prompts)
