"""Raw gateway messages through the real bot to the database, as ratios to an empty handler and to single commits.

It also tells what 10,000 earlier prompts cost, whose threads nobody writes in any more.
"""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import discord
from discord.gateway import DiscordWebSocket
from sqlalchemy import insert, select

from bot.client import EXTENSIONS, Bot
from bot.models.prompts import NewPrompt, PromptState, Wording
from bot.store import open_store
from bot.store.tables import prompts, tombstones
from bot.worker import Worker
from tests.posted_prompts import posted_prompts

RUNS = 15
MESSAGES = 4_000
SINGLE_COMMITS = 300
EARLIER_PROMPTS = 10_000
RUNS_AMONG_PROMPTS = 3
FRAMES_AT_ONCE = 50
"""How many messages come in one read of the socket, before other tasks have their turn."""

GUILD, CHANNEL, THREAD, CARD, ROLE = 10**17, 10**17 + 1, 10**17 + 2, 10**17 + 3, 10**17
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDS = "We raised the rota with the site team again, and nobody has told us yet what the board decided about nights."

Feed = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def running(folder: Path, extensions: tuple[str, ...]) -> AsyncIterator[tuple[Bot, Feed]]:
    """The bot on a new database with one open prompt, and a way to feed it what the gateway sends."""
    store = await open_store(folder / "bench.db", bytes(32))
    async with Worker() as worker, Bot(store, worker, extensions=extensions) as bot:
        bot._connection._add_guild_from_data(cast(Any, guild()))
        await open_prompt(bot)
        for name in extensions:
            await bot.load_extension(name)
        socket = DiscordWebSocket(cast(Any, None), loop=asyncio.get_running_loop())
        socket._discord_parsers = bot._connection.parsers
        socket._dispatch = bot.dispatch
        socket.shard_id = None
        # As "python -m bot run" does before it connects: what was loaded stays, so the collector need not look at it.
        gc.collect()
        gc.freeze()
        yield bot, socket.received_message
        gc.unfreeze()
    await store.close()


async def open_prompt(bot: Bot) -> None:
    """Store the prompt to which everybody replies."""
    await bot.store.settings.join([GUILD])
    wording = Wording("Leaders exist at all levels.", True, "Where do you see leadership?", "No more heroes")
    claimed = await bot.store.prompts.claim(NewPrompt(GUILD, CHANNEL, wording, NOW + timedelta(days=14), None), NOW)
    if claimed is None:
        raise RuntimeError("the database is not new")
    await bot.store.prompts.confirm(claimed, message_id=CARD, thread_id=THREAD, now=NOW)


async def earlier_prompts(bot: Bot, count: int) -> None:
    """Store prompts that were closed long ago, each of which lost a reply, as many servers have them after years."""
    (prompt,) = await posted_prompts(bot.store)
    rows = [
        {
            "guild_id": GUILD,
            "channel_id": CHANNEL + 1_000 + number % 100,
            "claim": f"{number:016x}",
            "state": PromptState.CLOSED,
            "wording": asdict(prompt.wording),
            "claimed_at": NOW,
            "closes_at": NOW,
            "late": False,
            "keep_reason": "",
            "message_id": 10**16 + number,
            "thread_id": 10**16 + number,
            "closing_id": 1,
        }
        for number in range(count)
    ]
    async with bot.store._database.write() as connection:
        await connection.execute(insert(prompts), rows)
        known = select(prompts.c.claim, prompts.c.id).where(prompts.c.id != prompt.id)
        await connection.execute(insert(tombstones).from_select(["mark", "prompt_id"], known))


def guild() -> dict[str, Any]:
    """A server with a channel and a thread, as the gateway describes it."""
    role: dict[str, Any] = {
        "id": str(ROLE),
        "name": "@everyone",
        "permissions": "0",
        "position": 0,
        "colors": {"primary_color": 0},
    }
    role |= {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
    channel = {"id": str(CHANNEL), "name": "prompts", "type": 0, "position": 0, "permission_overwrites": []}
    archive = {"archived": False, "auto_archive_duration": 10080, "archive_timestamp": NOW.isoformat(), "locked": False}
    thread: dict[str, Any] = {
        "id": str(THREAD),
        "parent_id": str(CHANNEL),
        "owner_id": "1",
        "name": "A prompt",
        "type": 11,
    }
    thread |= {"member_count": 9, "message_count": 9, "thread_metadata": archive, "guild_id": str(GUILD)}
    return {"id": str(GUILD), "name": "Riverside", "roles": [role], "channels": [channel], "threads": [thread]}


def frame(number: int) -> str:
    """One MESSAGE_CREATE as it comes over the wire: a person with a role writes in the thread."""
    author: dict[str, Any] = {
        "id": str(5 * 10**17 + number % 400),
        "username": f"nurse{number % 400}",
        "discriminator": "0",
    }
    author |= {"avatar": None, "global_name": "A Nurse", "public_flags": 0, "bot": False}
    member: dict[str, Any] = {
        "roles": [str(ROLE)],
        "nick": "Night nurse",
        "joined_at": NOW.isoformat(),
        "deaf": False,
        "mute": False,
    }
    member |= {"flags": 0, "avatar": None, "premium_since": None, "pending": False}
    data: dict[str, Any] = {
        "id": str(discord.utils.time_snowflake(NOW) + number),
        "channel_id": str(THREAD),
        "guild_id": str(GUILD),
        "author": author,
        "member": member,
        "content": f"{WORDS} ({number})",
        "timestamp": NOW.isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "pinned": False,
        "type": 0,
        "flags": 0,
        "nonce": str(number),
        "channel_type": 11,
    }
    data |= {name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")}
    return json.dumps({"t": "MESSAGE_CREATE", "s": number + 1, "op": 0, "d": data})


async def rate(extensions: tuple[str, ...], messages: int, *, single: bool = False, earlier: int = 0) -> float:
    """Messages a second, until everything is handled and, where the cogs are loaded, committed."""
    frames = [frame(number) for number in range(messages)]
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), extensions) as (bot, feed):
            if earlier:
                await earlier_prompts(bot, earlier)
            began = time.perf_counter()
            for number, raw in enumerate(frames):
                await feed(raw)
                if single:
                    await asyncio.sleep(0)
                    await bot.store.inbox.flush()
                elif number % FRAMES_AT_ONCE == 0:
                    await asyncio.sleep(0)
            await asyncio.sleep(0)
            await bot.store.inbox.flush()
            seconds = time.perf_counter() - began
            prompt = bot.watch.of_thread(THREAD)
            if prompt is not None and await bot.store.replies.count(prompt.id) != (min(messages, 400), messages):
                raise RuntimeError("messages were lost")
    return messages / seconds


def spread(values: list[float]) -> str:
    """Median, least and most."""
    return f"median {statistics.median(values):.2f}, {min(values):.2f} to {max(values):.2f}"


async def main() -> None:
    """Print the ratios; the two sides of each take turns, so that a drift of the machine meets both."""
    to_empty, to_single = [], []
    for _ in range(RUNS):
        empty = await rate((), MESSAGES)
        whole = await rate(EXTENSIONS, MESSAGES)
        to_empty.append(whole / empty)
        to_single.append(whole / await rate(EXTENSIONS, SINGLE_COMMITS, single=True))
    print(f"whole bot against an empty handler: {spread(to_empty)} of its rate (at least 0.50)")
    among = [
        await rate(EXTENSIONS, SINGLE_COMMITS, single=True, earlier=EARLIER_PROMPTS)
        / await rate(EXTENSIONS, SINGLE_COMMITS, single=True)
        for _ in range(RUNS_AMONG_PROMPTS)
    ]
    print(
        f"one commit a message beside {EARLIER_PROMPTS:,} earlier prompts: {spread(among)} of its rate (at least 0.80)"
    )
    print(f"grouped against one commit a message: {spread(to_single)} times its rate (at least 10)")


if __name__ == "__main__":
    asyncio.run(main())
