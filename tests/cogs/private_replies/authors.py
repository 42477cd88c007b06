"""A prompt on whose card people reply privately, and short ways to say what they do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cogs.prompts.card import REPLY_PRIVATELY
from tests.cogs.prompts.scenes import DAY
from tests.cogs.replies.talk import Talk, talk_in
from tests.world import new_world, shown

COGS = ("cogs.core.reports", "cogs.prompts", "cogs.replies", "cogs.private_replies")
SIX = tuple(f"Nights are hard, says number {n}." for n in range(6))


@asynccontextmanager
async def private_talk(folder: Path) -> AsyncIterator[Talk]:
    """A prompt in a server with six members of staff."""
    async with new_world(folder, extensions=COGS) as world:
        more = [world.guild.add_member(world.env.create_user(name)) for name in ("Eve", "Flo")]
        world.staff.extend(more)
        yield await talk_in(world, world.prompts)


async def open_form(talk: Talk, who: int = 0) -> Any:
    """Press the button on the card."""
    return await talk.world.staff[who].click(talk.card, label=REPLY_PRIVATELY)


async def send(talk: Talk, text: str, who: int = 0, *, quoting: str = "yes", **more: Any) -> Any:
    """Fill in the form and send it. Returns what its author alone sees."""
    opened = await open_form(talk, who)
    return await talk.world.staff[who].submit_modal(opened, {"words": text, "quoting": quoting, **more})


def code_in(result: Any) -> str:
    """The withdrawal code that an author was shown."""
    found = re.findall(r"`([0-9A-Z-]{19})`", shown(result))
    assert len(found) == 1
    return str(found[0])


async def six_replies(talk: Talk) -> None:
    """Six people send one each; the first may be quoted, the second only counted, the third retold, and so on."""
    for who, text in enumerate(SIX):
        await send(talk, text, who, quoting=("yes", "count", "retold")[who % 3])


async def close(talk: Talk) -> None:
    """Let the prompt close in its time."""
    await talk.world.leap(15 * DAY)
    await talk.settle()


def everything_shown(talk: Talk) -> str:
    """All that stands in any channel or thread of the server."""
    world = talk.world
    places = [world.prompts, world.office, talk.thread]
    return "\n".join(text for place in places for text in world.texts(place))
