"""What the tests of shared summaries do and look at: share one, and read it as the thread shows it."""

from __future__ import annotations

from typing import Any

import discord

from bot.summaries.lifecycle.record import CHANGED as CHANGED_ON
from bot.summaries.lifecycle.record import TAKEN_BACK, Record
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, words

CHANGED = CHANGED_ON.format(date="1 January 2026", why=TAKEN_BACK)
START = 40
"""So many characters of a reply are looked for: a heading may leave out its full stop."""


async def share(discussion: Discussion, where: Any = None) -> discord.Message:
    """An organiser shares the summary; the message that shows it."""
    organiser = discussion.world.organiser
    answer = await organiser.slash(
        where or discussion.thread, "summary thread", prompt=str(discussion.prompt.id), share=True
    )
    assert answer.ephemeral
    shared = latest(discussion)
    assert f"{discussion.thread.id}/{shared.id}" in answer.response.content
    return shared


def latest(discussion: Discussion) -> discord.Message:
    """The last message of the thread, as it is now."""
    message: discord.Message = discussion.thread.history()[-1]
    return message


def standing(discussion: Discussion) -> discord.Message:
    """A reply whose words stand on the first screen of the last summary."""
    text = words(latest(discussion))
    return next(message for message in discussion.messages if message.content[:START] in text)


def is_shown(reply: discord.Message, discussion: Discussion) -> bool:
    """Whether a reply's words stand on the last summary as it is shown now."""
    return reply.content[:START] in words(latest(discussion))


async def recorded(discussion: Discussion) -> list[Record]:
    shared = await discussion.world.store.summaries.shared(discussion.prompt.id)
    return [Record.from_json(one.body) for one in shared]


def edits_of(world: World) -> int:
    """How often the bot has changed a message or a thread."""
    return sum(entry.method == "PATCH" for entry in world.env.http_requests)
