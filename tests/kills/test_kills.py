"""However the bot dies, nothing is lost and nothing happens twice.

A process plays a scene in a simulated Discord and logs what Discord delivered and what the bot asked for. It is killed
at a named point. Then a new bot starts on the same database, in a Discord as the log left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from simcord.env import Env

from bot.client import Bot
from bot.demo.simcord_inside.backend import settle_in_time
from bot.models.prompts import Prompt, PromptState
from bot.models.threads import Message, Thread
from bot.store import Store, open_store
from bot.summaries import summarise
from tests.databases import prepare
from tests.engines import at
from tests.kills.child import QUESTION, play
from tests.kills.journal import read, restore
from tests.posted_prompts import posted_prompts
from tests.processes import Forked
from tests.world import DATA_KEY, shared_worker

POSTING = [
    *(f"before commit {n}" for n in (1, 3, 4, 2)),  # a desk plays the last one: the card is sent, and not yet known
    *(f"after commit {n}" for n in (1, 4)),
    *(f"before request {n}" for n in (2, 3)),
    *(f"after request {n}" for n in (1, 2, 3)),
]
BURST = [
    *(f"before event {n}" for n in (1, 40, 139)),
    "before commit 1",
    *(f"after commit {n}" for n in (1, 2)),
]
CLOSING = ["before commit 1", "after commit 1", "after request 1", "after request 2"]
FORM = {
    "after request 1": 0,  # the answer that the form arrived, before anything is stored
    "before commit 1": 0,
    "after commit 1": 1,
    "before request 2": 1,
    "after request 2": 1,
    "before commit 2": 1,
}


@dataclass
class After:
    """The world after the restart."""

    env: Any
    store: Store
    prompts: tuple[Prompt, ...]

    def messages(self, channel_id: int) -> list[Any]:
        """What Discord holds in a channel or thread, oldest first, system messages left out."""
        kept = self.env.backend.messages.get(channel_id, {}).values()
        return [message for message in kept if message.type in (0, 19)]


async def killed(scene: str, point: str, folder: Path) -> None:
    """Play a scene in a process of its own and kill it at the point."""
    prepare(folder / "test.db")  # here it's a copy: that process would have to run all migrations
    process = Forked(play, scene, point, folder, at(folder / "test.db"))
    said = line = await process.line()
    while "AT THE POINT" not in line:
        assert line, f"the point was never reached: {said}"
        line = await process.line()
        said += line
    process.kill()


@asynccontextmanager
async def restarted(folder: Path) -> AsyncIterator[After]:
    """A new bot on the same database, in Discord as the log left it; a few minutes pass."""
    _, elapsed, state = read(folder / "journal")[-1]
    store = await open_store(folder / "test.db", DATA_KEY)
    worker = shared_worker()
    # The start of the worker's process is no part of what is tested.
    await worker.call(summarise, Thread("t", "", (Message("1", "a", "The rota comes too late for us to plan."),)))
    env = Env(Bot(store, worker), settle_timeout=60)
    settle_in_time(env)
    restore(env.backend, elapsed, state)
    await env.start()
    try:
        with env.time_context():
            await env.settle()
            await env.advance_time(300)
            await store.inbox.flush()
            yield After(env, store, await posted_prompts(store))
    finally:
        await store.close()
        await env.shutdown()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("point", POSTING)
async def test_a_prompt_is_posted_once(tmp_path: Path, point: str) -> None:
    await killed("posting", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        channel = after.messages(prompt.channel_id)
        cards = [message for message in channel if prompt.claim in str(message.components)]
        notices = [message for message in channel if QUESTION in message.content]

        assert prompt.state is PromptState.OPEN
        assert [card.id for card in cards] == [prompt.message_id]
        assert [notice.id for notice in notices] == [prompt.notice_id]
        assert sum("custom_id" in str(message.components) for message in channel) == 1
        assert [c.id for c in after.env.backend.channels.values() if c.parent_id == prompt.channel_id] == [
            prompt.thread_id
        ]
        assert await after.store.prompts.unfinished() == ()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("point", BURST)
async def test_every_reply_that_discord_holds_is_stored_once(tmp_path: Path, point: str) -> None:
    await killed("burst", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        assert prompt.thread_id is not None
        bot_id = after.env.backend.bot_user.id
        in_discord = {m.id: m.content for m in after.messages(prompt.thread_id) if m.author_id != bot_id}
        stored = {reply.id: reply.text for reply in await after.store.replies.of_prompt(prompt.id)}

        assert stored == in_discord


@pytest.mark.sampled(1)
@pytest.mark.parametrize("point", CLOSING)
async def test_people_are_thanked_once(tmp_path: Path, point: str) -> None:
    await killed("closing", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        assert prompt.thread_id is not None
        bot_id = after.env.backend.bot_user.id
        lines = [m for m in after.messages(prompt.thread_id) if m.author_id == bot_id]

        assert prompt.state is PromptState.CLOSED
        assert [line.id for line in lines] == [prompt.closing_id]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("point", "stored"), FORM.items())
async def test_a_forms_reply_is_posted_once_if_it_was_stored(tmp_path: Path, point: str, stored: int) -> None:
    await killed("form", point, tmp_path)

    async with restarted(tmp_path) as after:
        (prompt,) = after.prompts
        assert prompt.thread_id is not None
        replies = await after.store.replies.of_prompt(prompt.id)
        posted = Counter(m.id for m in after.messages(prompt.thread_id) if "reply-edit" in str(m.components))

        assert len(replies) == stored
        assert [reply.message_id for reply in replies] == list(posted)
        assert await after.store.replies.unposted_forms() == ()
