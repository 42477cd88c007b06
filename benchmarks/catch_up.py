"""How long the loop is held up while a thread is caught up that lost, had deleted or had edited 12,000 messages."""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import discord

from benchmarks.collection import CARD, GUILD, NOW, THREAD, guild, open_prompt
from benchmarks.loop_lag import LIMIT_MS, Steps, ticking
from bot.client import Bot
from bot.models.replies import Arrival
from bot.store import open_store
from bot.worker import Worker
from tests.posted_prompts import posted_prompts

MESSAGES = 12_000
PEOPLE = 400
AT_ONCE = 1_000
PAGE_S = 0.001
"""How long a page takes to come; Discord takes a hundred times longer, in which the loop is free."""
FIRST = CARD + 1_000
WORDS = "We raised the rota with the site team again, and nobody has told us yet what the board decided about nights."
CALL = " Ring me on 07700 900123 if you want to hear more about it."
MAY_READ = discord.Permissions(view_channel=True, read_message_history=True)


def message(number: int, *, edited: bool) -> dict[str, Any]:
    """One message as a page of the history holds it; each twentieth has something to take out."""
    author = {"id": str(5 * 10**17 + number % PEOPLE), "username": "nurse", "discriminator": "0", "avatar": None}
    made: dict[str, Any] = {
        "id": str(FIRST + number),
        "channel_id": str(THREAD),
        "author": author | {"global_name": "A Nurse", "public_flags": 0, "bot": False},
        "content": f"{WORDS} ({number}){CALL if number % 20 == 0 else ''}",
        "timestamp": NOW.isoformat(),
        "edited_timestamp": (NOW + timedelta(minutes=5)).isoformat() if edited else None,
        "tts": False,
        "mention_everyone": False,
        "pinned": False,
        "type": 0,
        "flags": 0,
    }
    return made | {name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")}


class Pages:
    """Discord's answers about one thread, from memory."""

    def __init__(self, messages: Sequence[dict[str, Any]]) -> None:
        self._newest_first = list(reversed(messages))

    async def logs_from(self, _channel: int, limit: int, before: int | None = None, **_: Any) -> list[dict[str, Any]]:
        """A page of the history."""
        await asyncio.sleep(PAGE_S)
        # The ids are those of made-up numbers without a gap.
        start = 0 if before is None else len(self._newest_first) - (int(before) - FIRST)
        return self._newest_first[start : start + limit]

    async def get_message(self, _channel: int, _message: int) -> dict[str, Any]:
        """No message is there that no page holds."""
        await asyncio.sleep(0)
        answer = cast(Any, SimpleNamespace(status=404, reason="Not Found"))
        raise discord.NotFound(answer, {"code": 10008, "message": "Unknown Message"})


@asynccontextmanager
async def running(path: Path, *, held: int) -> AsyncIterator[Bot]:
    """The bot with a prompt whose thread it may read, and so many replies held of it."""
    store = await open_store(path, bytes(32))
    async with Worker() as worker, Bot(store, worker, extensions=("cogs.replies",)) as bot:
        me = {"id": "1", "username": "Ward to Board", "discriminator": "0", "avatar": None, "bot": True}
        bot._connection.user = discord.ClientUser(state=bot._connection, data=cast(Any, me))
        member = {"user": me, "roles": [], "joined_at": NOW.isoformat(), "deaf": False, "mute": False, "flags": 0}
        server = guild() | {"members": [member]}
        server["roles"][0]["permissions"] = str(MAY_READ.value)
        bot._connection._add_guild_from_data(cast(Any, server))
        await open_prompt(bot)
        (prompt,) = await posted_prompts(store)
        for start in range(0, held, AT_ONCE):
            await store.replies.apply(
                [
                    Arrival(FIRST + n, GUILD, prompt.id, 5 * 10**17 + n % PEOPLE, WORDS, NOW, message_id=FIRST + n)
                    for n in range(start, min(start + AT_ONCE, held))
                ]
            )
        await bot.load_extension("cogs.replies")
        gc.collect()
        gc.freeze()  # as "python -m bot run" does before it connects
        yield bot
        gc.unfreeze()
    await store.close()


@contextmanager
def steps_timed() -> Iterator[list[float]]:
    """Note the longest step of the loop, in milliseconds of processor time, which a busy machine leaves alone."""
    longest, run = [0.0], asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        longest[0] = max(longest[0], (time.thread_time() - began) * 1000)

    asyncio.Handle._run = timed  # type: ignore[method-assign, assignment]
    yield longest
    asyncio.Handle._run = run  # type: ignore[method-assign]


async def catch_up(bot: Bot, pages: Pages) -> float:
    """Catch up as after a lost session. Returns the seconds that it took."""
    http = cast(Any, bot.http)
    http.logs_from, http.get_message = pages.logs_from, pages.get_message
    began = time.perf_counter()
    bot._ready.set()
    bot.dispatch("replies_missed")
    await asyncio.sleep(0.05)
    while reading := [task for task in asyncio.all_tasks() if task.get_name() == "catching up"]:
        await asyncio.wait(reading)
    return time.perf_counter() - began


async def measure(folder: Path, messages: int) -> None:
    """Print the worst delay and the whole time of each scene."""
    steps: Steps = {}
    scenes = {
        "nothing at all, which shows how busy the machine is": (0, 0, False, 0),
        "lost": (0, messages, False, messages),
        "deleted": (messages, 1, False, 1),
        "edited": (messages, messages, True, messages),
        "unchanged": (messages, messages, False, messages),
    }
    for number, (scene, (held, shown, edited, expected)) in enumerate(scenes.items()):
        pages = Pages([message(n, edited=edited) for n in range(shown)])
        async with running(folder / f"{number}.db", held=held) as bot:
            async with ticking(scene, steps):
                with steps_timed() as longest:
                    seconds = await catch_up(bot, pages)
            (prompt,) = await posted_prompts(bot.store)
            replies = await bot.store.replies.held(prompt.id)
        if len(replies) != expected or (edited and any(reply.edited_at is None for reply in replies)):
            raise RuntimeError(f"not caught up: {scene}")
        print(
            f"  {scene}: {seconds:.1f} s, held up by {steps[scene][0]:.0f} ms; the longest step took "
            f"{longest[0]:.0f} ms, {longest[0] / LIMIT_MS:.2f} of what is allowed"
        )


def main(sizes: list[int]) -> None:
    """Print how it went for each number of messages."""
    for messages in sizes:
        print(f"{messages:,} messages:")
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(Path(folder), messages))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [MESSAGES])
