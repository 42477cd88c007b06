"""A bot that reports to its facilitators, and a Discord that refuses some of what it sends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from cogs.core.reports import report
from tests.cogs.replies.talk import Talk, talk_in
from tests.world import World, new_world

MINUTE = 60
DAY = 24 * 60 * MINUTE


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    steps = ("cogs.core.reports", "cogs.setup", "cogs.library", "cogs.prompts", "cogs.replies", "cogs.retention")
    async with new_world(tmp_path, extensions=steps) as made:
        yield made


@pytest.fixture
async def talk(world: World) -> Talk:
    return await talk_in(world, world.prompts)


def refuse(world: World, *, status: int = 503, times: int | None = 1) -> None:
    """Let Discord refuse the next messages to the facilitators' channel."""
    more: dict[str, Any] = {} if times is None else {"times": times}
    world.env.inject_error("POST", f"/channels/{world.office.id}/messages", status=status, **more)


async def lose_thread(talk: Talk) -> None:
    """Somebody deletes the thread with one reply in it."""
    await talk.say("Hold me back")
    await talk.replies()
    talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()


async def tell(world: World, text: str, key: str) -> bool:
    with world.env._bot_scope():
        told = await report(world.bot, world.guild.id, text, key=key)
    await world.env.settle()
    return told


async def waiting(world: World) -> int:
    return len(await world.store.reports.waiting(world.guild.id))
